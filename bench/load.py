"""The load: somebody who types one line again and again, in a process of its own.

``python -m bench.load '<order as JSON>'`` prints what came of it as JSON. It speaks only to this
machine, with a given number of requests. Each is made and signed right before it is timed: the bot leaves
undone what is dated longer ago than Slack waits.
"""

import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from sandbox.slack.deliver import FORM, signed

PATIENCE = 30.0  # seconds without any answer


@dataclass(frozen=True)
class Order:
    """What to send where; ``pause`` is what one connection waits between an answer and its next request."""

    port: int
    secret: str
    line: str
    count: int
    run: str
    connections: int = 1
    pause: float = 0.0
    first: int = 0
    response_url: str = ""
    who: str = "U0ADA"


@dataclass(frozen=True)
class Taken:
    """How long each answer took, and all of them together, in seconds."""

    latencies: Sequence[float]
    seconds: float


class Caller:
    """One connection, with one request under way at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._heard = b""
        self._began = 0.0

    def ask(self, request: bytes) -> None:
        self._heard = b""
        self._began = time.perf_counter()
        self.socket.sendall(request)

    def heard(self) -> float | None:
        """Take in what has come; answers the seconds it took once the answer is whole."""
        piece = self.socket.recv(65536)
        took = time.perf_counter() - self._began
        self._heard += piece
        if not piece:
            raise ConnectionError(f"The connection was closed after {self._heard!r}.")
        return took if _whole(self._heard) else None


def _whole(heard: bytes) -> bool:
    head, end, body = heard.partition(b"\r\n\r\n")
    if not end:
        return False
    if not head.startswith(b"HTTP/1.1 200"):
        raise ConnectionError(f"It was not acked: {heard!r}")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    if b"content-length" in fields:
        return len(body) == int(fields[b"content-length"])
    return body.endswith(b"0\r\n\r\n")


def requests(order: Order) -> Iterator[bytes]:
    """Every request, as the bytes that Slack would send now; ``{n}`` in the line counts from ``first``."""
    return (_request(order, number) for number in range(order.first, order.first + order.count))


def form(order: Order, number: int) -> dict[str, str]:
    """The fields of one line, as Slack fills them."""
    return {
        "team_id": "T0HMS",
        "channel_id": "C0CLASSES",
        "channel_name": "classes",
        "user_id": order.who,
        "user_name": "ada",
        "command": "/hms",
        "text": order.line.replace("{n}", str(number)),
        "api_app_id": "A0HMS",
        "is_enterprise_install": "false",
        "response_url": f"{order.response_url}{order.run}/{number}",
        "trigger_id": f"{order.run}.{number}",
    }


def _request(order: Order, number: int) -> bytes:
    body = urlencode(form(order, number))
    headers = {
        "Host": f"127.0.0.1:{order.port}",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept": "application/json,*/*",
        "Content-Type": FORM,
        "Content-Length": str(len(body)),
        **signed(order.secret, body, time.time()),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /slack/events HTTP/1.1\r\n{head}\r\n{body}".encode()


def carry_out(order: Order) -> Taken:
    """Send a line so often, as ``send`` does."""
    return send(order.port, requests(order), order.connections, order.pause)


def send(port: int, left: Iterator[bytes], connections: int, pause: float = 0.0) -> Taken:
    """Send everything, each connection its next request when its last was answered."""
    callers = [Caller(port) for _ in range(connections)]
    began = time.perf_counter()
    latencies = _all_at_once(callers, left) if len(callers) > 1 else _one_by_one(callers[0], left, pause)
    taken = Taken(latencies, time.perf_counter() - began)
    for caller in callers:
        caller.socket.close()
    return taken


def _one_by_one(caller: Caller, left: Iterator[bytes], pause: float) -> list[float]:
    latencies: list[float] = []
    for request in left:
        caller.ask(request)
        took = caller.heard()
        while took is None:
            took = caller.heard()
        latencies.append(took)
        time.sleep(pause)
    return latencies


def _all_at_once(callers: Sequence[Caller], left: Iterator[bytes]) -> list[float]:
    latencies: list[float] = []
    with selectors.DefaultSelector() as ready:
        for caller, request in zip(callers, left):  # noqa: B905 -- the callers take the first of many
            ready.register(caller.socket, selectors.EVENT_READ, caller)
            caller.ask(request)
        while ready.get_map():
            for key, _ in ready.select(PATIENCE) or _silence():
                took = key.data.heard()
                if took is None:
                    continue
                latencies.append(took)
                if request := next(left, b""):
                    key.data.ask(request)
                else:
                    ready.unregister(key.data.socket)
    return latencies


def _silence() -> list[tuple[selectors.SelectorKey, int]]:
    raise TimeoutError(f"Nothing was answered for {PATIENCE:.0f} s.")


if __name__ == "__main__":
    print(json.dumps(asdict(carry_out(Order(**json.loads(sys.argv[1]))))))
