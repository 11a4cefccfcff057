from asyncio import gather

from bot.command import Command, Context, Level, RoomRef
from bot.features.poll import acts, cards, finding
from bot.hms import NotFound, Poll
from bot.reply import Button, Counted, Invocation, Reply

MOST = 100  # with a call each, since 100ms has no list of them


class PollList(Command):
    """See the polls of a room: those made or shown here, and those linked to it at 100ms."""

    level = Level.VIEWER
    reads = True
    verb = "list polls"
    examples = ("poll list", "poll list standup --here")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        known = await ctx.names.polls(self.room.id)
        linked = (await ctx.hms.rooms.retrieve(self.room.id)).polls
        several = [poll for poll in await gather(*(_found(ctx, one.id) for one in known[:MOST])) if poll]
        if not several:
            return Reply(
                "{room} has no poll that is known here; 100ms has no list of all. A moderator can make one: "
                "`/hms poll create`.",
                room=self.room,
            )
        await finding.shown(ctx, self.room, *several)
        polls = Counted(len(several), "poll", "polls")
        said = Reply(
            "{polls} of {room}, made or shown here, or linked at 100ms, which has no list of all.",
            polls=polls,
            room=self.room,
        )
        if len(known) > MOST:
            said = Reply(
                "The {number} newest of {all} that are known of {room}. Any other can be named too: "
                "`/hms poll show`.",
                number=MOST,
                all=Counted(len(known), "poll", "polls"),
                room=self.room,
            )
        runs = await acts.running_in(ctx, self.room, [one for one in several if one.id in linked])
        rows = [cards.row(one, self.room, linked=one.id in linked, runs=one.id in runs) for one in several]
        one = Button("Show one…", Invocation("poll show", room=self.room), form=True)
        return said.listing(rows, cards.table(several, linked), one)


async def _found(ctx: Context, poll: str) -> Poll | None:
    try:
        return await ctx.hms.polls.get(poll)
    except NotFound:
        return None
