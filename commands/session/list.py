from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Duration, Level, RoomRef
from bot.features.session import acts, cards
from bot.reply import Button, Code, Counted, Invocation, Reply


class SessionList(Command):
    """See the sessions of a room, the newest first."""

    level = Level.VIEWER
    reads = True
    verb = "list sessions"
    examples = ("session list", "session list standup --here")

    room: RoomRef
    before: Annotated[
        Duration | None, Field(description="Only those that began longer ago than this, such as 30d")
    ] = None

    async def run(self, ctx: Context) -> Reply:
        before = ctx.now - self.before if self.before else None
        found, more = await acts.newest(ctx, self.room, before)
        if not found:
            raise acts.never(self.room, self.before)
        return self._head(len(found), more=more).listing(
            [cards.row(past, self.room, ctx.now) for past in found],
            cards.sessions(found, ctx.now),
            Button("Show one…", Invocation("session show", room=self.room), form=True),
        )

    def _head(self, number: int, *, more: bool) -> Reply:
        if not more:
            return Reply(
                "{sessions} of {room}.", sessions=Counted(number, "session", "sessions"), room=self.room
            )
        return Reply(
            "The {newest} of {room}. There are older ones: say which with {option}.",
            newest=Counted(number, "newest session", "newest sessions"),
            room=self.room,
            option=Code("--before 30d"),
        )
