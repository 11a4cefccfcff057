"""The operations file, the client and the sandbox speak of the same operations.

A line of the file is an id, a method, a path, the host that serves it, and what has to be known of it: a
promise that the client keeps, such as never to repeat by itself what is not called idempotent.
"""

import inspect
import re
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import unquote

import httpx
import pytest
from pydantic import BaseModel, SecretStr

from bot.hms import Elsewhere, Hms, HmsError, Unavailable, Unknown, Unsettled
from bot.hms.call import REPEATABLE
from bot.hms.resource import Resource
from sandbox.hms.emulator import OPERATIONS
from sandbox.hms.routes.aliases import ALIASES
from tests.bot.hms.each_operation.table import TABLE

LINES = Path(__file__).with_name("operations.txt").read_text().splitlines()
LISTED = [line.split() for line in LINES]
HOSTS = {"api.example": "api", "auth.example": "auth", "legacy.example": "legacy"}
RAISES = re.compile(
    r"\b(Raises?|(All|Most) raise|Every operation raises) (NotFound|Invalid|Forbidden|Conflict|HmsError)\b"
)
SOURCE = re.compile(r"Source: (100ms docs, [\w-]+/[\w-]+|the seed collection, item \d+)", re.ASCII)


class Listener:
    """A 100ms that answers everything with one status and keeps what it was asked."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self.status)


@pytest.fixture
def listener(request: pytest.FixtureRequest) -> Listener:
    return Listener(request.param)


@pytest.fixture
async def hms(listener: Listener) -> AsyncIterator[Hms]:
    async def at_once(_: float) -> None: ...

    async with Hms(
        "https://api.example",
        "key",
        SecretStr("a secret of the tests, long enough for HS256"),
        clock=lambda: datetime(2026, 3, 1, tzinfo=UTC),
        elsewhere=Elsewhere("https://auth.example", "https://legacy.example"),
        transport=httpx.MockTransport(listener),
        sleep=at_once,
    ) as hms:
        yield hms


def methods_of(hms: Hms) -> dict[str, Callable[..., object]]:
    return {
        f"{family}.{name}": method
        for family, resource in vars(hms).items()
        if isinstance(resource, Resource)
        for name, method in inspect.getmembers(resource, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }


async def ask(method: Callable[..., object]) -> HmsError:
    """Call it with every required text being its own name in braces, so that the path shows its places."""
    hints = get_type_hints(method)
    required = [each for each in inspect.signature(method).parameters.values() if each.default is each.empty]
    given = {
        each.name: placeholder(hints[each.name], f"{{{each.name}}}")
        for each in required
        if each.kind is not each.VAR_KEYWORD
    }
    with pytest.raises(HmsError) as caught:
        await method(**given)
    return caught.value


def placeholder(hint: Any, name: str) -> object:
    """Something of the kind that an argument is; a number too goes into the path by its name."""
    if hint is bool:
        return True
    if hint is SecretStr:
        return SecretStr(name)
    if hint in {Sequence[SecretStr], Sequence[str]}:
        return [name]
    return hint.model_construct() if isinstance(hint, type) and issubclass(hint, BaseModel) else name


@pytest.mark.parametrize("listener", [404], indirect=True)
async def test_the_client_has_the_listed_operations_and_no_other(hms: Hms, listener: Listener) -> None:
    found = []
    for name, method in methods_of(hms).items():
        error = await ask(method)
        request = listener.requests[-1]
        assert error.operation == name
        path = unquote(request.url.raw_path.decode()).partition("?")[0]
        found.append([name, request.method, path, HOSTS[request.url.host]])
    assert sorted(found) == sorted(words[:4] for words in LISTED)


@pytest.mark.parametrize("listener", [503], indirect=True)
async def test_the_client_repeats_what_may_be_repeated_and_nothing_else(hms: Hms, listener: Listener) -> None:
    repeated = {words[0] for words in LISTED if "idempotent" in words}
    looks = {words[0] for words in LISTED if words[1] == "GET"}
    for name, method in methods_of(hms).items():
        listener.requests.clear()
        error = await ask(method)
        assert type(error) is (Unavailable if name in looks else Unsettled if name in repeated else Unknown)
        assert (len(listener.requests) > 1) == (name in repeated), name


def test_the_client_names_what_may_be_repeated_and_does_not_only_read() -> None:
    repeated = {words[0] for words in LISTED if "idempotent" in words and words[1] != "GET"}
    assert repeated == REPEATABLE


@pytest.mark.parametrize("listener", [404], indirect=True)
async def test_every_method_says_which_page_it_follows(hms: Hms) -> None:
    said = {
        name: " ".join((inspect.getdoc(method) or "").split()) for name, method in methods_of(hms).items()
    }
    assert [name for name, words in said.items() if not SOURCE.search(words)] == []


@pytest.mark.parametrize("listener", [404], indirect=True)
async def test_every_method_or_its_family_says_what_it_raises(hms: Hms) -> None:
    silent = [
        name
        for name, method in methods_of(hms).items()
        if not RAISES.search(f"{inspect.getdoc(method)} {inspect.getdoc(vars(hms)[name.partition('.')[0]])}")
    ]
    assert silent == []


def test_the_sandbox_has_the_listed_operations_and_no_other() -> None:
    found = [[each.id, each.method, each.path, each.host.value] for each in OPERATIONS]
    assert sorted(found) == sorted(words[:4] for words in LISTED)


def test_an_operation_is_listed_once() -> None:
    names = [words[0] for words in LISTED]
    assert len(set(names)) == len(names)


def test_every_operation_is_tried_against_the_sandbox_over_a_socket() -> None:
    assert sorted(TABLE) == sorted(words[0] for words in LISTED)


def test_no_listed_path_is_one_that_a_seed_invented() -> None:
    invented = {(each.method, each.path) for each in ALIASES}
    assert len(invented) == 9
    assert invented & {(method, path) for _, method, path, *_ in LISTED} == set()
