"""More silent connections than a process may open: people are answered, and memory stays as it is."""

import asyncio
import resource
from contextlib import AsyncExitStack
from functools import partial

import pytest

from tests.chat import PEOPLE
from tests.faults.launching import program
from tests.faults.people import employ
from tests.faults.town import CHANNEL, town

SILENT, DESCRIPTORS = 1100, 1024
GROWS = 40  # megabytes at most: what is kept of somebody silent is a few kilobytes


@pytest.fixture
def descriptors() -> None:
    """Enough for both ends here; the bot gets what is usual."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 4 * SILENT:
        pytest.fail(f"ulimit -Hn is {hard} here, and this takes {4 * SILENT}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 4 * SILENT), hard))


@pytest.mark.usefixtures("descriptors")
async def test_people_are_answered_among_silent_connections(sqlite_url: str) -> None:
    async with town(sqlite_url) as here, AsyncExitStack() as held:
        await employ(sqlite_url)
        here.launch = partial(program, descriptors=DESCRIPTORS)
        await here.goes_over_http(held)
        room = here.world.add_room("standup", live=True)
        port = int(here.environment["PORT"])
        assert (await here.workspace.says(PEOPLE["mo"], CHANNEL, "/hms help")).error is None
        before = here.memory()
        for number in range(SILENT):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"POST /slack/events HTTP/1.1\r\n")
            held.callback(writer.close)
            if number % 200 == 0:
                said = await here.workspace.says(PEOPLE["mo"], CHANNEL, "/hms help")
                assert said.error is None

        assert (await here.workspace.says(PEOPLE["mo"], CHANNEL, "/hms end-room standup --yes")).error is None
        assert await here.until(lambda: not room.session)
        assert here.memory() - before < GROWS
