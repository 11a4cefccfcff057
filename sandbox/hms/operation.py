"""What an operation is: a function from the world and a call to an answer."""

import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from types import ModuleType
from typing import TypeVar, cast
from urllib.parse import unquote

from pydantic import BaseModel, ValidationError

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.query import Query
from sandbox.hms.state.world import World
from sandbox.hms.tokens import Account, Claims
from sandbox.hms.wire import Answer, Json

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call, read: the filled places of its path, its query and its body, and whose it is."""

    path: Mapping[str, str]
    query: Query
    body: Mapping[str, Json]
    items: tuple[Json, ...] = ()  # of a body that is a list
    account: Account = field(default=Account(access_key="", secret=""), repr=False)
    claims: Claims = field(default_factory=dict, repr=False)

    def read(self, model: type[Model]) -> Model:
        """Check the body; a member that is null counts as not sent, unknown ones are ignored."""
        return checked(model, self.body)


def checked(model: type[Model], sent: Mapping[str, Json]) -> Model:
    """Check what was sent: 400 names each member that is wrong."""
    try:
        return model.model_validate({name: value for name, value in sent.items() if value is not None})
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
    LIST = auto()


class Host(StrEnum):
    """Which of the three addresses of 100ms serves a route."""

    API = "api"
    AUTH = "auth"
    LEGACY = "legacy"


class Token(StrEnum):
    """What a call must be signed with."""

    MANAGEMENT = "management"
    APP = "app"
    NONE = ""


Endpoint = Callable[[World, Call], "Answer | list[dict[str, Json]]"]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One call of the API: its name, where it lives and what it does."""

    id: str
    method: str
    path: str
    does: Endpoint
    body: Body
    host: Host
    token: Token
    status: int
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


def operation(  # noqa: PLR0913 - each says one thing about the route, by its name
    name: str,
    method: str,
    path: str,
    *,
    body: Body | None = None,
    members: set[str] | None = None,
    host: Host = Host.API,
    token: Token = Token.MANAGEMENT,
    status: int | None = None,
) -> Callable[[Endpoint], Operation]:
    """Declare an operation; without a word about its body a POST may have one and nothing else has.

    Success is 200, of a DELETE 204 without a body.
    """

    def declare(does: Endpoint) -> Operation:
        return Operation(
            id=name,
            method=method,
            path=path,
            does=does,
            body=body or (Body.OPTIONAL if method in {"POST", "PUT"} else Body.IGNORED),
            host=host,
            token=token,
            status=status or (204 if method == "DELETE" else 200),
            members=frozenset(members) if members else None,
        )

    return declare


def declared_in(*modules: ModuleType) -> tuple[Operation, ...]:
    """Collect the operations of these modules."""
    return tuple(
        each
        for module in modules
        for _, each in inspect.getmembers(module, lambda value: isinstance(value, Operation))
    )


def read_body(content: bytes, body: Body) -> Json:
    """Parse a body as the platform does, with its words for what is wrong."""
    if body is Body.IGNORED or (not content and body is Body.OPTIONAL):
        return {}
    if not content:
        raise ApiError(400, "request body must not be empty")
    read = parsed(content)
    if not isinstance(read, list if body is Body.LIST else dict):
        raise ApiError(400, "invalid input")
    return read


def parsed(content: bytes) -> Json:
    """Parse JSON; what is wrong is named by its place, counted in bytes from one."""
    try:
        return cast("Json", json.loads(content))
    except json.JSONDecodeError as error:
        position = len(error.doc[: error.pos].encode()) + 1
        text = f"request body contains badly-formed JSON (at position {position})"
        raise ApiError(400, text) from error
    except UnicodeDecodeError as error:
        text = f"request body contains badly-formed JSON (at position {error.start + 1})"
        raise ApiError(400, text) from error
