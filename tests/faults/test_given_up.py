"""A bot that stood still until Slack gave up does nothing of what had waited, by either door."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from tests.chat import PEOPLE
from tests.faults.people import employ
from tests.faults.town import CHANNEL, town

TIMES = 5
LATE = "Slack had given up on this before I could take it, and has told you so. Nothing was done."


@pytest.mark.parametrize("door", ["socket", "http"])
async def test_what_is_typed_while_it_stands_still_is_not_done_and_typed_again_is_done_once(
    sqlite_url: str, door: str
) -> None:
    async with town(sqlite_url) as here, AsyncExitStack() as held:
        await employ(sqlite_url)
        if door == "http":
            await here.goes_over_http(held)
        for number in range(TIMES):
            room = here.world.add_room(f"room-{number}", live=True)
            line = f"/hms end-room room-{number} --yes"
            here.freezes()
            outcome = await here.workspace.says(PEOPLE["mo"], CHANNEL, line)
            assert outcome.error == "operation_timeout"
            here.thaws()
            assert await here.until(lambda: here.reads("mo").count(LATE) == number + 1)  # noqa: B023 -- awaited here
            assert here.world.calls_of("active_rooms.end_room")[number:] == []
            assert room.session

            await asyncio.sleep(1.5)  # until what is new is told from what had waited
            assert (await here.workspace.says(PEOPLE["mo"], CHANNEL, line)).error is None
            assert await here.until(lambda: not room.session)  # noqa: B023 -- as above
        assert len(here.world.calls_of("active_rooms.end_room")) == TIMES
