from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Level, PollRef, RoomRef
from bot.errors import UserError
from bot.features.poll import acts, cards, finding
from bot.reply import Reply, Undo


class PollLink(Command):
    """Put a poll on the list of a room, or take it off: what is on it can be started there."""

    level = Level.MODERATOR
    examples = ("poll link 'Team quiz'", "poll link 'Team quiz' --off --room standup")

    poll: Annotated[PollRef, Field(description="Its title or id")]
    off: Annotated[bool, Field(title="Take it off", description="Take it off the list instead")] = False
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        about: dict[str, Any] = {"poll": finding.ref(found), "room": self.room}
        facts = [Reply("the other polls of the room stay on its list")]
        if self.off:
            return Reply("Take the poll {poll} off {room}?", button="Take it off", facts=facts, **about)
        return Reply("Link the poll {poll} to {room}?", button="Link it", facts=facts, **about)

    async def run(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        linked = await acts.link(ctx, self.room, found, off=self.off)
        ref, by = finding.ref(found), ctx.actor.mention
        if linked.already and self.off:
            raise UserError("{poll} is not linked to {room}.", poll=ref, room=self.room)
        if linked.already:
            raise UserError("{poll} is linked to {room} already.", poll=ref, room=self.room)
        if self.off:
            undo = Undo(Reply("Link it again"), "poll link", poll=ref, room=self.room)
            said = Reply("{by} took the poll {poll} off {room}.", by=by, poll=ref, room=self.room, undo=undo)
        else:
            undo = Undo(Reply("Take it off"), "poll link", poll=ref, off=True, room=self.room)
            said = Reply("{by} linked the poll {poll} to {room}.", by=by, poll=ref, room=self.room, undo=undo)
        return said + cards.lost(linked, self.room)
