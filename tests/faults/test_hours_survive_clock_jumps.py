"""The machine's clock is set, forward and back, over what the hours of rooms would have done meanwhile."""

import asyncio
from datetime import UTC, datetime

from sandbox.hms.state.room.room import Room
from sandbox.hms.state.template import HOST
from tests.chat import MORNING, Chat, opened
from tests.patience import PATIENCE
from tests.way import Clock

ROOMS = 5
HOURS = "daily 10:00-11:00 --tz UTC --warn 10,1"


class GoingOn(Clock):
    """A clock that goes on by itself, and that somebody can set."""

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    @now.setter
    def now(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)


async def shown(chat: Chat, hour: int, minute: int, rooms: list[Room], *, enabled: bool) -> None:
    """Set the clock, and wait until every door is as the hours say then."""
    changes = chat.world.subscribe()
    chat.clock.now = MORNING.replace(hour=hour, minute=minute)
    async with asyncio.timeout(PATIENCE):
        while any(room.enabled is not enabled for room in rooms):
            await changes.get()
    chat.world.unsubscribe(changes)
    await chat.bot.idle()


async def test_over_jumps_of_the_clock_the_door_is_right_and_nothing_is_done_twice(database_url: str) -> None:
    async with opened(database_url, clock=GoingOn()) as chat:
        rooms = [chat.world.add_room(f"yoga-{number}") for number in range(ROOMS)]
        for room in rooms:
            await chat.says("ada", f"/hms schedule window {HOURS} --room {room.name} --yes")
        chat.bot.timers.start(chat.bot.reconcile, chat.bot.jumped)

        await shown(chat, 10, 5, rooms, enabled=True)
        for room in rooms:
            room.join("Hana", role=HOST)
        await shown(chat, 11, 2, rooms, enabled=False)
        said = chat.channel("classes")
        assert len([one for one in said if "its session was ended" in one and "late" in one]) == ROOMS
        await shown(chat, 10, 30, rooms, enabled=True)
        await shown(chat, 9, 30, rooms, enabled=False)

        assert len(chat.calls("active_rooms.end_room")) == ROOMS
        assert chat.calls("active_rooms.send_message") == []  # each was passed over: it would not be true
