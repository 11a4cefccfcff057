"""A 100ms that costs next to nothing: it answers every request after a while, with a room or a page of rooms;
no session is live in any.

``python -m bench.hms_stub <milliseconds> <port>`` answers until it is told to stop.
"""

import asyncio
import json
import sys

from typing_extensions import override

ROOMS, PAGE = 10_000, 100
ROOM = {
    "id": "64f0c3a1b2d4e5f601234567",
    "name": "algebra-9b",
    "enabled": True,
    "description": "evening class",
    "customer_id": "64e11111b2d4e5f601230001",
    "app_id": "64e11111b2d4e5f601230002",
    "recording_info": {"enabled": False},
    "template_id": "64e22222b2d4e5f601230003",
    "template": "classroom",
    "region": "eu",
    "large_room": False,
    "created_at": "2025-03-01T09:15:20.5Z",
    "updated_at": "2025-03-01T09:15:20.5Z",
}


def answer(body: object, status: str = "200 OK") -> bytes:
    content = json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def page(first: int) -> bytes:
    ids = [f"{number:024x}" for number in range(first, min(first + PAGE, ROOMS))]
    rooms = [{**ROOM, "id": each, "name": f"room-{each}"} for each in ids]
    return answer({"limit": PAGE, "data": rooms, "last": ids[-1] if ids else ""})


ID = str(ROOM["id"]).encode()
ONE = answer(ROOM)
SHUT = answer({**ROOM, "enabled": False})
NOBODY = answer({"code": 404, "message": "session not found"}, "404 Not Found")
PAGES = {f"{first - 1:024x}".encode() if first else b"": page(first) for first in range(0, ROOMS + 1, PAGE)}


LOCKED: set[bytes] = set()


def one(path: bytes, body: bytes) -> bytes:
    """The room that was asked for, as it was left last: a client believes no other answer."""
    asked = path.rpartition(b"/")[2]
    if body:
        (LOCKED.add if b"false" in body else LOCKED.discard)(asked)
    room = SHUT if asked in LOCKED else ONE
    return room.replace(ID, asked) if len(asked) == len(ID) else room


class Stub(asyncio.Protocol):
    """One connection, which asks one thing after the other."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._heard = b""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._loop = asyncio.get_running_loop()

    @override
    def data_received(self, data: bytes) -> None:
        self._heard += data
        while b"\r\n\r\n" in self._heard:
            head, _, rest = self._heard.partition(b"\r\n\r\n")
            _, sized, size = head.lower().partition(b"content-length: ")
            length = int(size.partition(b"\r\n")[0]) if sized else 0
            if len(rest) < length:
                return
            self._heard = rest[length:]
            self._reply(head.partition(b"\r\n")[0].split(b" ")[1], rest[:length])

    def _reply(self, target: bytes, body: bytes) -> None:
        path, _, query = target.partition(b"?")
        start = query.partition(b"start=")[2].partition(b"&")[0]
        content = PAGES[start] if path.endswith(b"/rooms") else one(path, body)
        if b"/active-rooms/" in path:
            content = NOBODY
        if self._seconds:
            self._loop.call_later(self._seconds, self._write, content)
        else:
            self._write(content)

    def _write(self, content: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(content)


async def serve(seconds: float, port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Stub(seconds), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]) / 1000, int(sys.argv[2])))
