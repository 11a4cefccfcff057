"""Acks come first: work that may wait is done in slices, one in each turn of the event loop."""

import asyncio
from collections import deque
from collections.abc import Coroutine, Generator
from types import coroutine
from typing import Any


class Turns:
    """Lets through one slice of work each time that the event loop has looked for what came in."""

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._open = False

    async def take(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do this work; whenever it has waited for something, it waits for its turn too."""
        return await self._sliced(work)

    @coroutine
    def _sliced(self, work: Coroutine[Any, Any, Any]) -> Generator[Any, Any, Any]:
        awaited: Any = None
        while True:
            thrown: BaseException | None = None
            try:
                yield awaited
                yield from self._turn()
            except BaseException as error:  # noqa: BLE001 -- whatever it is, it is meant for the work
                thrown = error
            try:
                awaited = work.throw(thrown) if thrown else work.send(None)
            except StopIteration as done:
                return done.value

    def _turn(self) -> Generator[Any, None, None]:
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        if not self._open:
            self._open = True
            loop.call_soon(self._let_through)
        yield from turn

    def _let_through(self) -> None:
        """Let the next one go that still wants to, and look again in the next turn."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                break
        self._open = bool(self._waiting)
        if self._open:
            asyncio.get_running_loop().call_soon(self._let_through)
