"""The hours of many rooms end while a process stands still, or is killed: each is locked and warned once."""

import asyncio
import random
import sys
from datetime import timedelta

import pytest

from bot.features.schedule.rule import MINUTE
from tests.faults.hours import OpenUntil, ends, is_shut, open_rooms
from tests.faults.launching import ROOT
from tests.faults.people import reported
from tests.faults.test_work_survives_freezes import TAKEN_FOR_DEAD
from tests.faults.town import Town, now, town
from tests.processes import started

ROOMS = 12  # that end, and as many that are warned
FOUND = 5.5  # seconds until a bot has found what somebody else wrote down
WARN = 5


class Evening:
    """Rooms whose hours end or are about to, all within some seconds, and what has come of them."""

    def __init__(self, here: Town, name: str) -> None:
        self._here = here
        self.ending = [here.world.add_room(f"{name}-ends-{number}", live=True) for number in range(ROOMS)]
        self.warned = [here.world.add_room(f"{name}-warned-{number}", live=True) for number in range(ROOMS)]

    async def comes(self, chance: random.Random, after: float, within: float) -> None:
        """Let their moments come after so many seconds, within so many."""

        def moment() -> timedelta:
            return timedelta(seconds=after + chance.random() * within)

        ending = [OpenUntil(room, now() + moment()) for room in self.ending]
        warned = [OpenUntil(room, now() + moment() + WARN * MINUTE, (WARN,)) for room in self.warned]
        numbers = await open_rooms(self._here.environment["DATABASE_URL"], [*ending, *warned])
        self._numbers = numbers[:ROOMS]

    def is_over(self) -> bool:
        """Whether every door is as it should be, and everybody was warned and told."""
        return all(map(is_shut, self.ending)) and all(self._warned()) and all(self._reported())

    def assert_each_once(self) -> None:
        """Nothing was repeated, and nobody was sent home who was only to be warned."""
        assert [len(ends(self._here, room)) for room in self.ending] == [1] * ROOMS
        assert max(self._told()) == 1
        assert max(len(room.messages) for room in self.warned) == 1
        assert all(room.session and room.enabled for room in self.warned)

    def _told(self) -> list[int]:
        read = self._here.reads("max")
        return [read.count(f"The hours of {room.name} are over") for room in self.ending]

    def _reported(self) -> list[bool]:
        """Whether the channel was told, or Mo that nobody knows whether it was: a post that was cut off."""
        pairs = zip(self._told(), self._numbers, strict=True)
        return [bool(told) or reported(self._here, str(number)) for told, number in pairs]

    def _warned(self) -> list[bool]:
        """Whether people were warned, or the channel was told that nobody knows whether they were."""
        read = self._here.reads("max")
        unknown = [f"did not say whether {room.name} was warned" in read for room in self.warned]
        return [bool(room.messages) or said for room, said in zip(self.warned, unknown, strict=True)]


async def test_over_a_freeze_each_moment_comes_once(sqlite_url: str) -> None:
    chance = random.Random(7)
    async with town(sqlite_url) as here:
        evening = Evening(here, "frozen")
        await evening.comes(chance, FOUND, 2)
        await asyncio.sleep(FOUND + chance.random())
        here.freezes()
        await asyncio.sleep(3)
        here.thaws()
        assert await here.until(evening.is_over)
        evening.assert_each_once()


@pytest.mark.postgres
async def test_what_one_of_two_processes_leaves_is_taken_over_and_comes_once(postgres_url: str) -> None:
    chance, command = random.Random(7), (sys.executable, "-m", "bot", "serve")
    async with town(postgres_url) as here:
        async with started(*command, cwd=ROOT, env=here.environment) as second:
            await here.socket.connected(2)
            first, then = Evening(here, "frozen"), Evening(here, "killed")
            await first.comes(chance, FOUND, 2)
            await then.comes(chance, FOUND + TAKEN_FOR_DEAD, 2)
            await asyncio.sleep(FOUND + chance.random())
            here.freezes()
            await asyncio.sleep(TAKEN_FOR_DEAD)  # the other one takes over what it had begun
            here.thaws()
            second.kill()
            assert await here.until(lambda: first.is_over() and then.is_over())
        first.assert_each_once()
        then.assert_each_once()
