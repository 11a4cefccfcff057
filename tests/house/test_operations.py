"""The operations file, the client and the sandbox speak of the same operations."""

import inspect
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import get_type_hints
from urllib.parse import unquote

import httpx
import pytest
from pydantic import SecretStr

from bot.hms import Hms, HmsError, Unavailable, Unknown
from bot.hms.resource import Resource
from sandbox.hms.emulator import OPERATIONS

LISTED = Path(__file__).with_name("operations.txt").read_text().splitlines()
PLACEHOLDERS = {bool: True, int: 1, Sequence[SecretStr]: [SecretStr("rtmp://live.example/app/key")]}

# What the operations file does not call idempotent. A line here is a promise: never repeated by itself.
SENT_ONCE = {
    "rooms.create",
    "active_rooms.send_message",
    "active_rooms.end_room",
    "recordings.start_for_room",
    "live_streams.start_for_room",
    "live_streams.send_timed_metadata",
    "external_streams.start_for_room",
}


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

    secret = SecretStr("a secret of the tests, long enough for HS256")
    transport = httpx.MockTransport(listener)
    async with Hms(
        "https://api.example",
        "key",
        secret,
        clock=lambda: datetime(2026, 3, 1, tzinfo=UTC),
        transport=transport,
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
        each.name: PLACEHOLDERS.get(hints[each.name], f"{{{each.name}}}")
        for each in required
        if each.kind is not each.VAR_KEYWORD
    }
    with pytest.raises(HmsError) as caught:
        await method(**given)
    return caught.value


@pytest.mark.parametrize("listener", [404], indirect=True)
async def test_the_client_has_the_listed_operations_and_no_other(hms: Hms, listener: Listener) -> None:
    found = []
    for name, method in methods_of(hms).items():
        error = await ask(method)
        request = listener.requests[-1]
        assert error.operation == name
        found.append(f"{name} {request.method} {unquote(request.url.raw_path.decode())}")
    assert sorted(found) == sorted(LISTED)


@pytest.mark.parametrize("listener", [503], indirect=True)
async def test_the_client_repeats_what_may_be_repeated_and_nothing_else(hms: Hms, listener: Listener) -> None:
    for name, method in methods_of(hms).items():
        listener.requests.clear()
        error = await ask(method)
        assert type(error) is (Unknown if name in SENT_ONCE else Unavailable)
        assert (len(listener.requests) == 1) == (name in SENT_ONCE), name


def test_the_sandbox_has_the_listed_operations_and_no_other() -> None:
    found = [f"{each.id} {each.method} {each.path}" for each in OPERATIONS]
    assert sorted(found) == sorted(LISTED)


def test_an_operation_is_listed_once() -> None:
    names = [line.split()[0] for line in LISTED]
    assert len(set(names)) == len(names)
