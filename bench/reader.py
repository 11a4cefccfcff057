"""Somebody who types a line, reads its answer and then types the next one; or several of them at once.

``python -m bench.reader '<order as JSON>' <address of the town>`` prints how long they waited, as JSON.
The order is that of ``bench.load``; where answers go to is a port of the reader's own. What ends a room is
answered by a post, and the town says when it came.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

import aiohttp

from bench.answers import Mailbox
from bench.load import Order, requests

HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds for one answer
LAST_CHUNK = b"0\r\n\r\n"

FIRST = asyncio.FIRST_COMPLETED

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Waited:
    """How long each answer took, in seconds, and how many of them said that nothing was done."""

    latencies: list[float]
    turned_away: int


@dataclass(frozen=True)
class Line:
    """A line as Slack sends it, where its private answer goes, and whom it is about."""

    request: bytes
    path: str
    room: str


class Inbox:
    """Knows which answer belongs to which line, and when it came."""

    def __init__(self) -> None:
        self._awaited: dict[str, asyncio.Future[float]] = {}

    def came(self, _: str, path: str) -> str:
        """Take in an answer; a line may have several, and the first ends the wait."""
        awaited = self._awaited.pop(path, None)
        if awaited:
            awaited.set_result(time.perf_counter())
        return "ok"

    def answer(self, path: str) -> "asyncio.Future[float]":
        """When the answer to a line came, once it has."""
        self._awaited[path] = asyncio.get_running_loop().create_future()
        return self._awaited[path]


class Person:
    """One connection, one line under way."""

    def __init__(self, door: Streams, inbox: Inbox, town: aiohttp.ClientSession) -> None:
        self._heard, self._said = door
        self._inbox = inbox
        self._town = town
        self.turned_away = 0

    async def asks(self, line: Line) -> float:
        """Type one line; answers the seconds until there was something to read."""
        told = self._inbox.answer(line.path)
        posted = asyncio.ensure_future(self._posted(line.room)) if line.room else None
        began = time.perf_counter()
        self._said.write(line.request)
        if await self._ack():
            told.set_result(time.perf_counter())
        done, _ = await asyncio.wait(
            {told, posted} if posted else {told}, timeout=PATIENCE, return_when=FIRST
        )
        if not done:
            raise TimeoutError(f"Nothing was answered for {PATIENCE:.0f} s.")
        if posted and posted not in done:  # what was done is said to everybody, and to nobody alone
            self.turned_away += 1
            posted.cancel()
        return done.pop().result() - began

    async def _posted(self, room: str) -> float:
        async with self._town.get(f"/ended/{room}") as said:
            return float(await said.text())

    async def _ack(self) -> bytes:
        """What the ack itself says: nothing, unless it is a refusal; raises ConnectionError for no ack."""
        head = await self._heard.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(f"It was not acked: {head!r}")
        _, sized, rest = head.lower().partition(b"content-length: ")
        if sized:
            return await self._heard.readexactly(int(rest.partition(b"\r\n")[0]))
        return (await self._heard.readuntil(LAST_CHUNK)).removesuffix(LAST_CHUNK)


async def carry_out(order: Order, town: str) -> Waited:
    """Type all lines, each person the next one when the last was answered."""
    inbox, latencies = Inbox(), []
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Mailbox(inbox.came), HOST, 0, backlog=1024)
    address = f"http://{HOST}:{server.sockets[0].getsockname()[1]}/"
    lines = _lines(replace(order, response_url=address))

    async def sit(person: Person) -> int:
        for line in lines:
            latencies.append(await person.asks(line))
            await asyncio.sleep(order.pause)
        return person.turned_away

    async with aiohttp.ClientSession(town) as session:
        doors = [await asyncio.open_connection(HOST, order.port) for _ in range(order.connections)]
        turned_away = await asyncio.gather(*(sit(Person(door, inbox, session)) for door in doors))
    return Waited(latencies, sum(turned_away))


def _lines(order: Order) -> Iterator[Line]:
    about = "room-{n}" if "{n}" in order.line else ""
    for number, request in enumerate(requests(order), order.first):
        yield Line(request, f"/{order.run}/{number}", about.replace("{n}", str(number)))


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    print(json.dumps(asdict(asyncio.run(carry_out(Order(**given), sys.argv[2])))))
