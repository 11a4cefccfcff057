"""``kill -9`` at each step of asking the same again: one card waits, and what it asks for is done once.

A step is a call of the bot to Slack or to 100ms. It is killed before the call is carried out, or after, and
started again.
"""

import asyncio

import pytest

from bot.request.book import RequestBook
from bot.request.request import Request, State
from bot.store import Database
from bot.work import open_work
from sandbox.slack.messages import Message
from tests.chat import PEOPLE, buttons
from tests.faults.people import employ
from tests.faults.town import CHANNEL, Town, now, town

MOST_STEPS = 20
TOLD = "that before them"


async def at_rest(here: Town) -> list[Request]:
    """What waits once no job is left."""
    db = await Database.open(here.environment["DATABASE_URL"])
    try:
        await open_work(db, now, guest=True).idle()
        async with db.read() as tx:
            return await RequestBook().waiting(tx)
    finally:
        await db.close()


def cards(here: Town, label: str) -> list[tuple[Message, str]]:
    """Every button of this label that Max sees, with its message."""
    return [
        (message, button["action_id"])
        for message in here.sees("max")
        for button in buttons(message)
        if button["text"]["text"] == label
    ]


async def one_kill(here: Town, step: int, *, after: bool) -> bool:
    """Ask twice, killed at one step of the second; False when there are no more steps."""
    room = here.world.add_room(f"room-{step}-{after}".lower(), live=True)
    name = f"Gus {step}"
    room.join(name)
    line = f"/hms remove {name} spam --room {room.name}"
    await here.workspace.says(PEOPLE["mo"], CHANNEL, line)
    assert await here.until(lambda: cards(here, f"Remove “{name}”"))
    await at_rest(here)

    told = here.reads("mo").count(TOLD)
    here.gate.hold(step, after=after)
    asking = asyncio.create_task(here.workspace.says(PEOPLE["mo"], CHANNEL, line))
    assert await here.until(lambda: here.gate.reached.is_set() or here.reads("mo").count(TOLD) > told)
    killed = here.gate.reached.is_set()
    if killed:
        await here.is_killed()
    here.gate.open()
    await asyncio.gather(asking, return_exceptions=True)
    if killed:
        await here.starts()

    waiting = await at_rest(here)
    assert [request.room for request in waiting] == [room.id]
    assert waiting[0].state is State.WAITING
    (card,) = cards(here, f"Remove “{name}”")
    await here.workspace.clicks(PEOPLE["max"], *card)
    assert await here.until(lambda: not cards(here, f"Remove “{name}”"))
    assert await at_rest(here) == []
    assert (
        len([call for call in here.world.calls_of("active_rooms.remove_peers") if room.id in call.path]) == 1
    )
    return killed


@pytest.mark.long(minutes=1)
@pytest.mark.parametrize("after", [False, True], ids=["before_the_call", "after_the_call"])
async def test_asked_again_one_card_waits(database_url: str, *, after: bool) -> None:
    await employ(database_url)
    async with town(database_url) as here:
        steps = 0
        while await one_kill(here, steps, after=after):
            steps += 1
            assert steps < MOST_STEPS
        assert steps >= 3
