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
        self._until: dict[
            RequestHandler, float
        ] = {}  # the silent ones, in the order in which they fell silent
        self._busy: set[RequestHandler] = set()

    def arrives(self, serve: web.Server) -> RequestHandler:
        """Take one more connection."""
        caller = serve()
        while len(self._open()) >= self._most and self._until:
            self._show_out([next(iter(self._until))])
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
        self._open()
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

    def _open(self) -> list[RequestHandler]:
        """Forget who has gone, and say who has not."""
        gone = [caller for caller in self._until if caller.transport is None and self._was_here(caller)]
        for caller in gone:
            del self._until[caller]
        return [*self._until, *self._busy]

    def _was_here(self, caller: RequestHandler) -> bool:
        """Whether a connection without a way is over, and not one that is just being made."""
        return self._until[caller] - SILENT < self._now()
