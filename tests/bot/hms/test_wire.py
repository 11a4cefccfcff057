import asyncio
import gzip
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote

import pytest

from bot.hms import NotFound, Unavailable, Unknown

ROOM = b'{"id": "r", "name": "standup"}'


@dataclass
class Wire:
    """A socket that keeps the request line and answers with the given bytes, the last ones for ever."""

    answers: list[bytes]
    url: str = ""
    lines: list[str] = field(default_factory=list)
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while await self._answer(reader, writer):
            pass
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:  # the client went
            return False
        self.lines.append(head.splitlines()[0])
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        writer.write(answer)
        await writer.drain()
        return b"keep-alive" in answer


@asynccontextmanager
async def listening(*answers: bytes) -> AsyncIterator[Wire]:
    wire = Wire(list(answers))
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v2"
    async with server:
        yield wire


def http(body: bytes, *headers: str, length: int | None = None) -> bytes:
    head = ["HTTP/1.1 200 OK", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


@pytest.mark.parametrize(
    "value", ["64f0c3a1", "a/../b", "%2e%2e", "..%2f", "a b?c#d%", "x;y:z@w", "…/é", "\r\nHost: other", "..;"]
)
async def test_a_value_arrives_in_its_segment(office, value: str) -> None:
    async with listening(http(ROOM)) as wire:
        await office.calls_network(wire.url).rooms.retrieve(value)

    method, path, version = wire.lines[0].split(" ")
    assert (method, version) == ("GET", "HTTP/1.1")
    _, base, rooms, segment = path.split("/")
    assert (base, rooms, unquote(segment)) == ("v2", "rooms", value)


async def test_a_filter_arrives_as_it_was(office) -> None:
    async with listening(http(b'{"data": []}')) as wire:
        await office.calls_network(wire.url).rooms.list(name="a+b & c=%20")

    assert wire.lines[0].split(" ")[1] in {
        "/v2/rooms?name=a%2Bb%20%26%20c%3D%2520",
        "/v2/rooms?name=a%2Bb+%26+c%3D%2520",
    }


async def test_connections_are_used_again(office) -> None:
    async with listening(http(ROOM, "Connection: keep-alive")) as wire:
        hms = office.calls_network(wire.url)
        for _ in range(3):
            await hms.rooms.retrieve("r")
        await hms.aclose()
    assert (len(wire.lines), wire.connections) == (3, 1)


async def test_a_packed_answer_is_read(office) -> None:
    async with listening(http(gzip.compress(ROOM), "Content-Encoding: gzip")) as wire:
        assert (await office.calls_network(wire.url).rooms.retrieve("r")).name == "standup"


BROKEN = {
    "nothing": b"",
    "an empty body": http(b""),
    "no http": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "half a body": http(ROOM, length=1000),
    "not what it was packed as": http(ROOM, "Content-Encoding: gzip"),
    "half a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_answer_is_asked_for_again_where_that_is_harmless(office, broken: bytes) -> None:
    async with listening(broken, http(ROOM)) as wire:
        assert (await office.calls_network(wire.url).rooms.retrieve("r")).name == "standup"


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_answer_to_something_else_is_unknown_and_sent_once(office, broken: bytes) -> None:
    async with listening(broken, http(b"{}")) as wire:
        with pytest.raises(Unknown):
            await office.calls_network(wire.url).active_rooms.end_room("r")
    assert len(wire.lines) == 1


async def test_a_post_on_a_connection_that_the_server_closed_is_never_sent_twice(office) -> None:
    async with listening(http(ROOM, "Connection: keep-alive"), b"") as wire:
        hms = office.calls_network(wire.url)
        await hms.rooms.retrieve("r")
        with pytest.raises(Unknown):
            await hms.active_rooms.end_room("r")
    assert [line.split(" ")[0] for line in wire.lines] == ["GET", "POST"]


async def test_a_deletion_on_a_connection_that_the_server_closed_is_never_sent_twice(office) -> None:
    async with listening(http(ROOM, "Connection: keep-alive"), b"", http(b"")) as wire:
        hms = office.calls_network(wire.url)
        await hms.rooms.retrieve("r")
        with pytest.raises(Unknown):
            await hms.polls.delete_question("p", 3)
    assert [line.split(" ")[0] for line in wire.lines] == ["GET", "DELETE"]


async def test_a_deletion_whose_answer_was_lost_is_repeated(office) -> None:
    gone = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    async with listening(b"", gone) as wire:
        with pytest.raises(NotFound):
            await office.calls_network(wire.url).templates.delete_role("t", "guest")
    assert len(wire.lines) == 2


@pytest.mark.parametrize("operation", ["retrieve", "end_room"])
async def test_nobody_listening_is_unavailable_and_not_unknown(office, operation: str) -> None:
    with socket.socket() as taken:  # bound but not listening: refused
        taken.bind(("127.0.0.1", 0))
        hms = office.calls_network(f"http://127.0.0.1:{taken.getsockname()[1]}/v2")
        with pytest.raises(Unavailable, match="could not be reached"):
            await getattr(hms.active_rooms, operation)("r")


async def test_a_hundred_calls_at_once_come_back_each_with_its_own(office) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1]
        writer.write(http(b'{"id": "%s"}' % line.rpartition(b"/")[2]))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
        hms = office.calls_network(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v2")
        rooms = await asyncio.gather(*(hms.rooms.retrieve(str(number)) for number in range(100)))
    assert [room.id for room in rooms] == [str(number) for number in range(100)]
