"""Where ``response_url`` points to: takes in whatever is answered, and says how much it was.

``python -m bench.answers <port>``; ``GET`` answers how many came, anything else counts as one.
"""

import asyncio
import re
import sys
from collections.abc import Callable

from typing_extensions import override

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Mailbox(asyncio.Protocol):
    """One connection, which brings one answer after the other; ``came`` hears of each and says the reply."""

    def __init__(self, came: Callable[[str, str], str]) -> None:
        self._came = came
        self._heard = b""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        self._heard += data
        head, end, body = self._heard.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not end or len(body) < (int(length[1]) if length else 0):
            return
        self._heard = b""
        method, path = head.decode().split(" ", 2)[:2]
        said = self._came(method, path).encode()
        self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))


async def serve(port: int) -> None:
    answers: list[str] = []

    def came(method: str, path: str) -> str:
        if method != "GET":
            answers.append(path)
        return str(len(answers))

    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Mailbox(came), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
