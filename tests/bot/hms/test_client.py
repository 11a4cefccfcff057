import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from aiohttp import web
from httpx import MockTransport, Request, Response
from pydantic import SecretStr

from bot.hms import Hms, NotFound, Unauthorized, Unknown, one_look
from sandbox.hms.emulator import Emulator
from sandbox.hms.server import application


@pytest.fixture
async def api_url(emulator: Emulator) -> AsyncIterator[str]:
    runner = web.AppRunner(application(emulator), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}/v2"
    await runner.cleanup()


async def test_a_room_is_run_over_the_network(office, world, api_url: str) -> None:
    hms = office.calls_network(api_url)
    made = await hms.rooms.create(name="standup")
    room = world.room(made.id)
    gus, ivy = room.join("Gus"), room.join("Ivy")

    assert [peer.name for peer in await hms.active_rooms.list_peers(made.id)] == ["Gus", "Ivy"]
    await hms.active_rooms.remove_peers(made.id, peer_id=gus.id)
    assert room.peers == (ivy,)

    await hms.active_rooms.end_room(made.id, lock=True)
    assert (room.session, room.enabled) == (None, False)
    with pytest.raises(NotFound, match="session not found"):
        await hms.active_rooms.retrieve(made.id)
    assert [session.active async for session in hms.sessions.each(room_id=made.id)] == [False]


async def test_a_connection_that_drops_after_the_deed_leaves_it_unknown(office, world, api_url: str) -> None:
    room = world.add_room("standup", live=True)
    world.fault("/active-rooms", drop=True)

    with pytest.raises(Unknown):
        await office.calls_network(api_url).active_rooms.end_room(room.id)

    assert room.session is None
    assert len(world.calls_of("active_rooms.end_room")) == 1


async def test_one_token_serves_a_day_and_the_next_one_follows(hms, world, clock) -> None:
    room = world.add_room("standup")
    for _ in range(3):
        clock.now += timedelta(hours=20)
        assert (await hms.rooms.retrieve(room.id)).id == room.id
    assert {call.status for call in world.calls} == {200}


async def test_a_wrong_secret_is_unauthorized_in_the_words_of_100ms(emulator, clock) -> None:
    wrong = SecretStr("not the secret, but long enough for HS256")
    async with Hms(
        "https://api.example/v2", "key-of-the-tests", wrong, clock=clock, transport=MockTransport(emulator)
    ) as hms:
        with pytest.raises(Unauthorized, match="Token validation error; signature is invalid"):
            await hms.rooms.list()


async def test_who_asks_for_a_pause_is_told_from_who_says_nothing(script, clock) -> None:
    entered: list[str] = []

    @contextmanager
    def asking(how: str) -> Iterator[None]:
        entered.append(how)
        yield

    slow = Response(429, json={"message": "slow down"}, headers={"Retry-After": "2"})
    transport = MockTransport(script(slow, Response(503), Response(200, json={"id": "room-1"})))
    secret = SecretStr("a-secret-of-a-test-that-is-long-enough")
    async with Hms(
        "https://api.example/v2",
        "key",
        secret,
        clock=clock,
        sleep=clock.sleep,
        transport=transport,
        asking=asking,
    ) as hms:
        await hms.rooms.retrieve("room-1")

    assert entered == ["unanswered", "put off", "unanswered"]


async def test_who_gives_up_on_what_many_ask_gives_it_up_for_nobody_else(office) -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def slow(_: Request) -> Response:
        asked.set()
        await may_answer.wait()
        return Response(200, json={"id": "room-1"})

    hms = office.calls(slow)
    with one_look():
        impatient = asyncio.create_task(hms.rooms.retrieve("room-1"))
        patient = asyncio.create_task(hms.rooms.retrieve("room-1"))
        await asked.wait()
        impatient.cancel()
        await asyncio.wait({impatient})
        may_answer.set()
        assert (await patient).id == "room-1"
        assert (await hms.rooms.retrieve("room-1")).id == "room-1"
