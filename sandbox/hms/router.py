"""Which operation a call is meant for."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.operation import Call, Operation, Token, read_body
from sandbox.hms.query import Query


@dataclass(frozen=True, kw_only=True)
class Match:
    """The operations that share a route, and the filled places of its path."""

    operations: tuple[Operation, ...]
    places: Mapping[str, str]

    @property
    def token(self) -> Token:
        """What a call of this route must be signed with."""
        return self.operations[0].token

    def read(self, query: str, content: bytes) -> tuple[Operation, Call]:
        """Read the call and choose by the members of its body which operation it is."""
        whole = next((each for each in self.operations if not each.members), self.operations[0])
        read = read_body(content, whole.body)
        body = read if isinstance(read, dict) else {}
        items = tuple(read) if isinstance(read, list) else ()
        meant = next((each for each in self.operations if each.members == frozenset(body)), whole)
        return meant, Call(path=self.places, query=Query(query), body=body, items=items)

    def name(self, content: bytes) -> str:
        """Name the operation, also when its body cannot be read."""
        try:
            return self.read("", content)[0].id
        except ApiError:  # the call is refused for this later; its record needs a name all the same
            return self.operations[0].id


@dataclass(frozen=True)
class Router:
    """Finds operations by method and path."""

    operations: tuple[Operation, ...]

    def find(self, method: str, path: str) -> Match:
        """Find what a call is meant for; 404 for an unknown path, 405 for a known one with another method."""
        segments = path.split("/")
        here = [
            (operation, places)
            for operation in self.operations
            if (places := operation.places(segments)) is not None
        ]
        meant = [(operation, places) for operation, places in here if operation.method == method]
        if not meant:
            raise ApiError(405, choices.WRONG_METHOD) if here else ApiError(404, choices.NO_SUCH_ROUTE)
        return Match(operations=tuple(operation for operation, _ in meant), places=meant[0][1])


def target(request: httpx.Request) -> tuple[str, str]:
    """Split what stands in the request line into path and query, both as they were sent."""
    line: bytes = request.extensions.get("target", request.url.raw_path)
    path, _, query = line.decode("latin-1").partition("?")
    return path, query
