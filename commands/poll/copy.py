from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PollRef, RoomRef
from bot.features.poll import acts, finding
from bot.hms import Poll
from bot.reply import Button, Invocation, Reply


class PollCopy(Command):
    """Make another poll with the same questions, which nobody has answered yet."""

    level = Level.MODERATOR
    examples = ("poll copy 'Team quiz'", "poll copy 'Team quiz' --title 'Friday quiz' --room standup")

    poll: Annotated[PollRef, Field(description="Its title or id")]
    title: Annotated[str, Field(description="What the copy is called")] = ""
    named: Annotated[bool, Field(description="With names, also where the poll is anonymous")] = False
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        return Reply(
            "Copy the poll {poll} for {room}?",
            button="Copy it",
            facts=[Reply("no answers come along")],
            poll=finding.ref(found),
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        made = await acts.make(ctx, self.room, self._copied(found))
        buttons = [
            Button("Launch it", Invocation("poll launch", poll=made, room=self.room), once=True),
            Button("Edit…", Invocation("poll edit", poll=made, room=self.room), form=True),
        ]
        return Reply(
            "{by} copied the poll {poll} of {room}: the copy is {copy} ({id}), without any answers.",
            by=ctx.actor.mention,
            poll=finding.ref(found),
            copy=made,
            id=made.id,
            room=self.room,
            buttons=buttons,
        )

    def _copied(self, poll: Poll) -> Poll:
        kept = poll.model_dump(mode="json", exclude_unset=True, exclude={"id"})
        changed = {"title": self.title} if self.title else {}
        return Poll.model_validate(kept | changed | ({"anonymous": False} if self.named else {}))
