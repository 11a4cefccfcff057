"""Strangers who connect and say nothing take nobody's place."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.web.callers import KEPT, SILENT, Callers
from bot.web.server import Server
from tests.patience import PATIENCE

HEAD = b"GET /well HTTP/1.1\r\nHost: here\r\n"
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Now:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def callers(now: Now) -> Callers:
    return Callers(most=3, now=now)


@pytest.fixture
async def port(callers: Callers) -> AsyncIterator[int]:
    async def well(_: web.Request) -> web.Response:
        return web.Response(text="well")

    app = web.Application()
    app.add_routes([web.get("/well", well)])
    server = Server(app, "127.0.0.1", 0, callers)
    await server.start()
    yield server.port
    await server.close()


async def connected(port: int, said: bytes = b"") -> Line:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(said)
    await writer.drain()
    return reader, writer


async def answered(line: Line) -> bytes:
    async with asyncio.timeout(PATIENCE):
        head = await line[0].readuntil(b"\r\n\r\n")
        await line[0].readexactly(len(b"well"))
    return head.splitlines()[0]


async def is_closed(line: Line) -> bool:
    async with asyncio.timeout(PATIENCE):
        try:
            return await line[0].read() == b""
        except ConnectionResetError:
            return True


@pytest.mark.parametrize("said", [b"", b"GET", HEAD])
async def test_who_does_not_finish_a_head_in_five_seconds_is_shown_out(
    port: int, callers: Callers, now: Now, said: bytes
) -> None:
    silent = await connected(port, said)
    heard = await connected(port, HEAD + b"\r\n")
    assert await answered(heard) == b"HTTP/1.1 200 OK"

    now.seconds += SILENT
    callers.look()

    assert await is_closed(silent)
    heard[1].write(HEAD + b"\r\n")
    assert await answered(heard) == b"HTTP/1.1 200 OK"
    heard[1].close()


async def test_who_has_spoken_is_kept_for_a_while(port: int, callers: Callers, now: Now) -> None:
    line = await connected(port, HEAD + b"\r\n")
    await answered(line)

    now.seconds += KEPT
    callers.look()

    assert await is_closed(line)


async def test_where_there_is_no_room_who_was_silent_longest_makes_some(port: int, now: Now) -> None:
    lines = []
    for _ in range(3):
        lines.append(await connected(port, HEAD))
        now.seconds += 0.1

    late = await connected(port, HEAD + b"\r\n")

    assert await answered(late) == b"HTTP/1.1 200 OK"
    assert await is_closed(lines[0])
    for line in lines[1:]:
        line[1].write(b"\r\n")
        assert await answered(line) == b"HTTP/1.1 200 OK"
        line[1].close()
    late[1].close()
