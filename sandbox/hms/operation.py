"""What an operation is: a function from the world and a call to an answer."""

import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import ModuleType
from typing import TypeVar, cast
from urllib.parse import unquote

from pydantic import BaseModel, ValidationError

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.query import Query
from sandbox.hms.wire import Answer, Json
from sandbox.hms.world import World

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call, read: the filled places of its path, its query and its body."""

    path: Mapping[str, str]
    query: Query
    body: Mapping[str, Json]

    def read(self, model: type[Model]) -> Model:
        """Check the body; a member that is null counts as not sent, unknown ones are ignored."""
        sent = {name: value for name, value in self.body.items() if value is not None}
        try:
            return model.model_validate(sent)
        except ValidationError as error:
            raise ApiError(400, choices.BAD_BODY, *_complaints(error)) from error


def _complaints(error: ValidationError) -> list[str]:
    return [
        f"{choices.BAD_BODY}: {'.'.join(str(step) for step in each['loc'])}: {each['msg']}"
        for each in error.errors(include_input=False, include_url=False)
    ]


class Body(Enum):
    """What a route makes of the body it gets."""

    REQUIRED = auto()
    OPTIONAL = auto()
    IGNORED = auto()


Endpoint = Callable[[World, Call], Answer]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One call of the API: its name, where it lives and what it does."""

    id: str
    method: str
    path: str
    does: Endpoint
    body: Body
    # Some operations share a route with another one; these are the members that make the call this one.
    members: frozenset[str] | None

    def places(self, segments: list[str]) -> dict[str, str] | None:
        """Fill the places of the path, or tell that it is another path; values are unescaped here."""
        mine = self.path.split("/")
        if len(mine) != len(segments):
            return None
        places: dict[str, str] = {}
        for pattern, segment in zip(mine, segments, strict=True):
            if pattern.startswith("{"):
                places[pattern.strip("{}")] = unquote(segment)
            elif pattern != segment:
                return None
        return places if all(places.values()) else None


def operation(
    name: str, method: str, path: str, *, body: Body | None = None, members: set[str] | None = None
) -> Callable[[Endpoint], Operation]:
    """Declare an operation; without a word about its body a GET ignores it and a POST may have one."""
    reads = body or (Body.IGNORED if method == "GET" else Body.OPTIONAL)
    only = frozenset(members) if members else None

    def declare(does: Endpoint) -> Operation:
        return Operation(id=name, method=method, path=path, does=does, body=reads, members=only)

    return declare


def declared_in(*modules: ModuleType) -> tuple[Operation, ...]:
    """Collect the operations of these modules."""
    return tuple(
        each
        for module in modules
        for _, each in inspect.getmembers(module, lambda value: isinstance(value, Operation))
    )


def read_body(content: bytes, body: Body) -> Mapping[str, Json]:
    """Parse a body as the platform does, with its words for what is wrong."""
    if body is Body.IGNORED or (not content and body is Body.OPTIONAL):
        return {}
    if not content:
        raise ApiError(400, "request body must not be empty")
    read = _parsed(content)
    if not isinstance(read, dict):
        raise ApiError(400, "invalid input")
    return read


def _parsed(content: bytes) -> Json:
    try:
        return cast("Json", json.loads(content))
    except json.JSONDecodeError as error:
        position = len(error.doc[: error.pos].encode()) + 1
        text = f"request body contains badly-formed JSON (at position {position})"
        raise ApiError(400, text) from error
    except UnicodeDecodeError as error:
        text = f"request body contains badly-formed JSON (at position {error.start + 1})"
        raise ApiError(400, text) from error
