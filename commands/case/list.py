from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Duration, Level, Option, RoomRef, UserRef
from bot.features.case import acts, cards
from bot.features.case.acts import Wanted
from bot.reply import Button, Code, Counted, Invocation, Reply

MOST = 500
_OPTIONS = tuple(map(Code, ("--person", "--by", "--verb", "--since")))


class CaseList(Command):
    """See what was done to people and rooms, here or in an app, the newest first."""

    level = Level.MODERATOR
    reads = True
    about_requests = True
    also = ("cases",)
    verb = "list cases"
    examples = ("case list --person Gus", "case list --verb remove --by @mo --since 7d")

    person: Annotated[str, Field(description="Whom it was done to, by their name or id")] = ""
    by: Annotated[UserRef | None, Field(description="Who did it")] = None
    act: Annotated[
        str,
        Option("verb"),
        Field(title="What was done", description="What was done, as it is typed: remove, lock, end-room"),
    ] = ""
    since: Annotated[Duration | None, Field(description="How far back")] = None
    room: Annotated[RoomRef | None, Field(description="Only there; else in the channel's, or in all")] = None

    async def run(self, ctx: Context) -> Reply:
        room = self.room or await self._here(ctx)
        found, more = await acts.newest(ctx, self._wanted(ctx, room), MOST)
        if not found:
            return Reply("Nothing that fits was done.") if room is None else _nothing(room)
        count = Counted(len(found), "case", "cases")
        head = Reply("{cases} in {room}:", cases=count, room=room) if room else Reply("{cases}:", cases=count)
        one = Button("Show one…", Invocation("case show"), form=True)
        said = head.listing([cards.row(case) for case in found], cards.table(found), one)
        return (
            said + Reply("There are older ones: say which with {options}.", options=_OPTIONS)
            if more
            else said
        )

    async def _here(self, ctx: Context) -> RoomRef | None:
        """The room of the channel, unless it is none of theirs: then nobody says that it is there."""
        room, rights = await ctx.names.room_here(), await ctx.rights()
        return room if room and rights(self.level, room.id).allowed else None

    def _wanted(self, ctx: Context, room: RoomRef | None) -> Wanted:
        since = ctx.now - self.since if self.since else None
        return Wanted(room.id if room else "", self.person, self.by.id if self.by else "", self.act, since)


def _nothing(room: RoomRef) -> Reply:
    return Reply("Nothing that fits was done in {room}.", room=room)
