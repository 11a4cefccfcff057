"""Few packs go on at once, and one that waits for 100ms keeps none from beginning."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.dispatch import reactions
from bot.dispatch.reactions import PACKS, turn


class Storm:
    """Packs that go on until each is let go of."""

    def __init__(self, count: int, turns: asyncio.Semaphore) -> None:
        self._turns = turns
        self._ends = [asyncio.Event() for _ in range(count)]
        self.under_way: set[int] = set()

    async def pack(self, number: int) -> None:
        """Go on in a turn."""
        async with turn(self._turns):
            self.under_way.add(number)
            await self._ends[number].wait()
        self.under_way.discard(number)

    async def end(self, *packs: int) -> None:
        """Let some come to their end."""
        for number in packs:
            self._ends[number].set()
        await settled()


async def settled() -> None:
    """Let all that is ready go on."""
    for _ in range(20):
        await asyncio.sleep(0)


@asynccontextmanager
async def storm(count: int, turns: asyncio.Semaphore | None = None) -> AsyncIterator[Storm]:
    begun = Storm(count, turns or asyncio.Semaphore(PACKS))
    async with asyncio.TaskGroup() as together:
        for number in range(count):
            together.create_task(begun.pack(number))
        await settled()
        yield begun
        await begun.end(*range(count))


async def test_few_go_on_at_once_in_the_order_in_which_they_came() -> None:
    async with storm(PACKS + 2) as packs:
        assert packs.under_way == {*range(PACKS)}
        await packs.end(1)
        assert packs.under_way == {*range(PACKS + 1)} - {1}


async def test_one_that_takes_long_keeps_none_from_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "PATIENCE", 0)
    async with storm(3 * PACKS) as packs:
        assert packs.under_way == {*range(3 * PACKS)}


async def test_a_turn_that_took_long_is_given_back_once(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = asyncio.Semaphore(PACKS)
    with monkeypatch.context() as patience:
        patience.setattr(reactions, "PATIENCE", 0)
        async with turn(turns):
            await settled()

    async with storm(PACKS + 2, turns) as packs:
        assert packs.under_way == {*range(PACKS)}
