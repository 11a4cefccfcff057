"""Who is connected to our port: anybody can be, so who says nothing is shown out."""

import asyncio
import resource
import time
from collections.abc import Callable, Iterable

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp.web_protocol import RequestHandler

SILENT = 5.0  # seconds until the head of a first request is here
KEPT = 15.0  # seconds between two requests
EVERY = 1.0  # seconds between two looks
MOST = 500


class Callers:
    """Makes the protocol of each connection, and closes those that have been silent for too long.

    ``most`` are open at once: where one more comes, who has been silent for longest makes room.
    """

    def __init__(self, most: int | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most or min(MOST, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)
        self._now = now
        # The silent ones, in the order in which they fell silent.
        self._until: dict[RequestHandler, float] = {}
        self._busy: set[RequestHandler] = set()
        self._met: set[RequestHandler] = set()  # who was connected when it was last looked at

    def arrives(self, serve: web.Server) -> RequestHandler:
        """Take one more connection."""
        if self._count() >= self._most:
            self._forget_gone(serve)
        while self._count() >= self._most and self._until:
            self._show_out([next(iter(self._until))])
        caller = serve()
        self._until[caller] = self._now() + SILENT
        return caller

    @web.middleware
    async def heard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Take note that a connection has said something, for as long as that is answered."""
        caller = request.protocol
        self._until.pop(caller, None)
        self._busy.add(caller)
        try:
            return await handler(request)
        finally:
            self._busy.discard(caller)
            self._until[caller] = self._now() + KEPT

    def look(self) -> None:
        """Close whoever has been silent for too long."""
        self._show_out([caller for caller, until in self._until.items() if until <= self._now()])

    async def keep_looking(self) -> None:
        """Look each second, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            self.look()

    def _show_out(self, callers: Iterable[RequestHandler]) -> None:
        for caller in callers:
            self._until.pop(caller, None)
            caller.force_close()
            if caller.transport:
                caller.transport.abort()

    def _count(self) -> int:
        return len(self._until) + len(self._busy)

    def _forget_gone(self, serve: web.Server) -> None:
        """Forget who has hung up; who is not connected yet and never was is only just being let in."""
        connected = set(serve.connections)
        for caller in [caller for caller in self._until if caller in self._met - connected]:
            del self._until[caller]
        self._met = connected
