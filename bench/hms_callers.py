"""Whoever asks 100ms for a room again and again: our client and its peers in Python, a process each.

``python -m bench.hms_callers <who> <port>`` reads orders, a JSON object a line, and prints what came of each.
"""

import asyncio
import json
import logging
import resource
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import aiohttp
import httpx
import structlog
from pydantic import SecretStr

from bot.clock import system
from bot.hms import Hms

ROOM = "64f0c3a1b2d4e5f601234567"
SECRET = SecretStr("a secret of the benchmark, long enough for HS256")
HEADERS = {"Authorization": f"Bearer {'x' * 300}"}
CONNECTIONS = 256
Ask = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Measured:
    """Calls a second, and microseconds of processor a call."""

    rate: float
    cpu: float


async def drive(ask: Ask, in_flight: int, count: int) -> Measured:
    """Ask so often, never with more under way than so many."""
    await asyncio.gather(*(ask() for _ in range(in_flight)))
    left = iter(range(count))

    async def work() -> None:
        for _ in left:
            await ask()

    processor, began = time.process_time(), time.perf_counter()
    await asyncio.gather(*(work() for _ in range(in_flight)))
    seconds = time.perf_counter() - began
    return Measured(count / seconds, (time.process_time() - processor) / count * 1e6)


@asynccontextmanager
async def ours(url: str) -> AsyncIterator[Ask]:
    async with Hms(url, "key", SECRET, clock=system) as hms:
        yield lambda: hms.rooms.retrieve(ROOM)


@asynccontextmanager
async def by_httpx(url: str) -> AsyncIterator[Ask]:
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(base_url=url, headers=HEADERS, limits=limits) as client:

        async def ask() -> object:
            return (await client.get(f"/rooms/{ROOM}")).json()

        yield ask


@asynccontextmanager
async def by_aiohttp(url: str) -> AsyncIterator[Ask]:
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector, headers=HEADERS) as session:

        async def ask() -> object:
            async with session.get(f"{url}/rooms/{ROOM}") as response:
                return json.loads(await response.read())

        yield ask


@asynccontextmanager
async def by_sockets(url: str) -> AsyncIterator[Ask]:
    """The least that can be done: one request in bytes, written and read as they are."""
    port = int(url.rpartition(":")[2].partition("/")[0])
    fields = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
    request = f"GET /v2/rooms/{ROOM} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{fields}\r\n".encode()
    free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask() -> object:
        reader, writer = free.pop() if free else await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        body = json.loads(await reader.readexactly(length))
        free.append((reader, writer))
        return body

    yield ask
    for _, writer in free:
        writer.close()


CALLERS: Mapping[str, Callable[[str], AbstractAsyncContextManager[Ask]]] = {
    "hms-bot": ours,
    "httpx": by_httpx,
    "aiohttp": by_aiohttp,
    "raw sockets": by_sockets,
}


async def walk(url: str) -> Mapping[str, float]:
    """Walk all rooms; answers how many, and in how many seconds."""
    async with Hms(url, "key", SECRET, clock=system) as hms:
        began = time.perf_counter()
        found = [room.id async for room in hms.rooms.each()]
        return {"found": len(set(found)), "seconds": time.perf_counter() - began}


async def obey(who: str, url: str) -> None:
    """Carry out orders until there are no more."""
    async with CALLERS[who](url) as ask:
        while line := await asyncio.to_thread(sys.stdin.readline):
            order = json.loads(line)
            if order.pop("walk", False):
                said = await walk(url)
            else:
                said = vars(await drive(ask, **order))
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(json.dumps({**said, "memory": memory}), flush=True)


if __name__ == "__main__":
    logging.disable(logging.INFO)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO), cache_logger_on_first_use=True
    )
    asyncio.run(obey(sys.argv[1], f"http://127.0.0.1:{sys.argv[2]}/v2"))
