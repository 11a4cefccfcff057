from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Duration, Level, RoomRef
from bot.features.room import cards, later
from bot.features.schedule import backstop, door
from bot.reply import Reply


class ScheduleExtend(Command):
    """Give a session more time: its nearest planned end comes so much later, and no other."""

    level = Level.MODERATOR
    in_session = True
    verb = "give more time"
    also = ("extend",)
    examples = ("schedule extend 15m", "extend 5m --room standup")

    room: RoomRef
    by: Annotated[Duration, Field(description="How much more time")]
    stop: Annotated[str, Field(description="Which planned end, by its number, if it is not the nearest")] = ""

    async def consequence(self, ctx: Context) -> Reply:
        planned = await later.planned(ctx, self.room)
        stop = later.chosen(self.room, planned, self.stop)
        moved = stop.moved(self.by)
        own = await backstop.own_end(ctx, self.room)
        facts = [Reply("ends {at} then", at=moved.ends_at), Reply("was {at}", at=stop.ends_at)]
        opens = await door.next_opening_of(ctx, self.room)
        return Reply(
            "Give {room} {more} more?",
            button="Give {more} more",
            facts=[*facts, *cards.bounded(moved, planned, opens), *cards.cuts(own, moved.ends_at)],
            stakes=cards.at_stake(stop),
            room=self.room,
            more=self.by,
        )

    async def run(self, ctx: Context) -> Reply:
        opens = await door.next_opening_of(ctx, self.room)
        own = await backstop.own_end(ctx, self.room)
        said = await later.extend(ctx, self.room, self.by, self.stop, opens=opens, own=own)
        await door.moved(ctx, self.room)
        return said

    def has_card(self) -> bool:
        return True
