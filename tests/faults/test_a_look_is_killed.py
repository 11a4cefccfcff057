"""``kill -9`` while somebody waits for what they wanted to see: they read that it died, and what it was."""

import asyncio

import pytest

from tests.chat import PEOPLE
from tests.faults.people import employ
from tests.faults.town import CHANNEL, town

STOPPED = "hms-bot was stopped before it could take this on, and nothing was done."


@pytest.mark.parametrize("held", ["/v2/", "/response/"], ids=["waiting_for_100ms", "before_its_answer"])
async def test_whoever_waited_for_it_reads_so(database_url: str, held: str) -> None:
    await employ(database_url)
    async with town(database_url) as here:
        here.world.add_room("standup", live=True)
        here.gate.hold(0, after=False, of=held)
        asking = asyncio.create_task(here.workspace.says(PEOPLE["mo"], CHANNEL, "/hms status standup"))
        await here.gate.reached.wait()
        await here.is_killed()
        here.gate.open()
        await asyncio.gather(asking, return_exceptions=True)
        assert STOPPED not in here.reads("mo")
        await here.starts()

        assert await here.until(lambda: STOPPED in here.reads("mo"))
        assert "It was /hms status." in here.reads("mo")
        await here.is_killed()
        await here.starts()
        await here.workspace.says(PEOPLE["mo"], CHANNEL, "/hms status standup")
        assert await here.until(lambda: "standup · " in here.reads("mo"))
        assert here.reads("mo").count(STOPPED) == 1
