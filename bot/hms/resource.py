"""From a method's arguments to an object or an error: what all families of operations share."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

import structlog
from pydantic import BaseModel

from bot.hms.call import Call
from bot.hms.connection import NO_SENSE, Connection
from bot.hms.errors import Unknown
from bot.hms.objects import LeftOut, Object, Page

Answer = TypeVar("Answer", bound=BaseModel)
Several = TypeVar("Several", bound=Page[Any])

log = structlog.get_logger(__name__)

_MISSED: ContextVar[dict[str, int] | None] = ContextVar("missed", default=None)


@contextmanager
def missed() -> Iterator[dict[str, int]]:
    """How many items of each kind of answer could not be read in here: whoever shows them can say so."""
    counted: dict[str, int] = {}
    token = _MISSED.set(counted)
    try:
        yield counted
    finally:
        _MISSED.reset(token)


class Resource:
    """A family of operations: a subclass has one method for each, named as the operations file names it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def _get(self, operation: str, path: str, answer: type[Answer], /, **query: object) -> Answer:
        return await self._ask(Call(operation, "GET", path, query=given(query)), answer)

    async def _post(self, operation: str, path: str, answer: type[Answer], /, **body: object) -> Answer:
        """Post the members that are given."""
        return await self._ask(Call(operation, "POST", path, body=given(body)), answer)

    async def _post_whole(
        self, operation: str, path: str, answer: type[Answer], whole: object, /, *, once: bool = False
    ) -> Answer:
        """Post an object as it is; ``once`` keeps it from being repeated although the operation may be."""
        return await self._ask(Call(operation, "POST", path, body=whole, once=once), answer)

    async def _post_for_all(
        self, operation: str, path: str, answer: type[Several], /, **body: object
    ) -> Several:
        """Post what is answered with a list of all that it was done to, which is never left out."""
        found = await self._post(operation, path, answer, **body)
        if not found.model_fields_set & {"data", "error"}:
            raise Unknown(operation, NO_SENSE)
        return found

    async def _delete(self, operation: str, path: str, /) -> None:
        """Delete something, to which 100ms has nothing to say."""
        await self._connection.perform(Call(operation, "DELETE", path), bytes)

    async def _ask(self, call: Call, answer: type[Answer]) -> Answer:
        return await self._connection.perform(call, partial(_read, call.operation, answer))


def _read(operation: str, answer: type[Answer], content: bytes) -> Answer:
    """Read as much of an answer as fits; what had to be left out is counted in the log, by its place."""
    left_out = LeftOut()
    found = answer.model_validate_json(content, context=left_out)
    if left_out.places:
        places = dict(Counter(left_out.places))
        log.warning("100ms sent what does not fit; it is left out", operation=operation, places=places)
        _count(found)
    return found


def _count(found: BaseModel) -> None:
    """Note what an answer is without; the same list asked for again is still missing as much."""
    counted, kind = _MISSED.get(), type(found).__name__
    if counted is not None and isinstance(found, Object) and found.missed:
        counted[kind] = max(counted.get(kind, 0), found.missed)


def given(arguments: Mapping[str, object]) -> dict[str, object]:
    """Leave out what was not given, so that 100ms keeps what it has."""
    return {name: value for name, value in arguments.items() if value is not None}
