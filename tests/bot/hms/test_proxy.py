"""100ms is reached by the proxy of the environment, where there is one for its address."""

import pytest
from aiohttp.test_utils import TestServer

from bot.hms import Elsewhere
from sandbox.hms.emulator import Emulator
from sandbox.hms.server import application
from sandbox.hms.state.world import World
from tests.bot.hms.conftest import Office

NOBODY = "http://127.0.0.1:1"  # where nothing listens


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)


async def test_a_call_goes_through_the_proxy(
    office: Office, world: World, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add_room("standup")
    async with TestServer(application(emulator)) as server:
        monkeypatch.setenv("HTTP_PROXY", str(server.make_url("")))
        hms = office.calls_network("http://api.example/v2")

        page = await hms.rooms.list()

    assert [room.name for room in page.data] == ["standup"]


async def test_this_machine_is_called_without_it(
    office: Office, world: World, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add_room("standup")
    monkeypatch.setenv("HTTP_PROXY", NOBODY)
    async with TestServer(application(emulator)) as server:
        address = str(server.make_url("")).rstrip("/")
        hms = office.calls_network(f"{address}/v2", Elsewhere(f"{address}/v2", f"{address}/legacy"))

        page = await hms.rooms.list()

    assert [room.name for room in page.data] == ["standup"]
