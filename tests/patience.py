"""How long the suite waits: one bound for everything, since a wait ends when what it waits for happened."""

import asyncio
from collections.abc import Callable

PATIENCE = 300.0  # seconds: nothing here takes as long on any machine, so what does will never come


async def comes_true(condition: Callable[[], object]) -> None:
    """Let others go on until something is so of which nobody tells; TimeoutError where it never is."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 -- what would set an event is ours
            await asyncio.sleep(0.001)  # the database's threads have their turn too
