from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PollRef, RoomRef
from bot.features.poll import acts, cards, finding
from bot.reply import Reply, Undo


class PollLaunch(Command):
    """Have a poll start in a room; 100ms has no call for it, so it says who or what starts it."""

    level = Level.MODERATOR
    examples = ("poll launch 'Team quiz'", "poll launch 'Team quiz' --room standup")

    poll: Annotated[PollRef, Field(description="Its title or id")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        now = await acts.stands(ctx, self.room, found)
        if now.linked.already:
            raise cards.waits(now, found, self.room)
        if found.start != "auto":
            facts = [Reply("a host starts it in the app")]
        elif now.live:
            facts = [Reply("starts with the next session, or by a host in the app now")]
        else:
            facts = [Reply("starts with the next session")]
        return Reply(
            "Launch the poll {poll} in {room}?",
            button="Launch it",
            facts=facts,
            poll=finding.ref(found),
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        launched = await acts.launch(ctx, self.room, found)
        if launched.linked.already:
            raise cards.waits(launched, found, self.room)
        ref, room = finding.ref(found), self.room
        undo = Undo(Reply("Take it off"), "poll link", poll=ref, off=True, room=room)
        said = Reply(
            "{by} linked the poll {poll} to {room}.", by=ctx.actor.mention, poll=ref, room=room, undo=undo
        )
        results = Reply("", buttons=[cards.results(found, room)])
        return said + cards.starts(launched, found, room) + cards.lost(launched.linked, room) + results
