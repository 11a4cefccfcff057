from typing import Annotated, Literal

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.features.room import channels
from bot.reply import Button, Channel, Invocation, Reply, Undo


class RoomBind(Command):
    """Let this channel speak for a room: its name can be left out here, and its news come here."""

    level = Level.ADMIN
    about_channel = True
    examples = ("room bind standup", "room bind standup --viewers yes")

    room: RoomRef
    viewers: Annotated[
        Literal["yes", "no"] | None, Field(description="Whether the channel's members may look into the room")
    ] = None

    async def consequence(self, ctx: Context) -> Reply:
        return Reply("Lets {channel} speak for {room}.", channel=channels.here(ctx), room=self.room)

    async def run(self, ctx: Context) -> Reply:
        here = channels.here(ctx)
        before = await channels.bind(ctx, here, self.room, viewers=self.viewers == "yes")
        now = self._said(here)
        if before is None or before.id == self.room.id:
            return now
        known = await ctx.access.may(ctx.actor, Level.VIEWER, room=before.id)
        return now + (
            self._instead(before) if known.allowed else Reply("It no longer speaks for another room.")
        )

    def _said(self, here: Channel) -> Reply:
        if self.viewers is None:
            return self._ask(here)
        if self.viewers == "yes":
            return Reply(
                "{channel} speaks for {room}, and its members may look into it.", channel=here, room=self.room
            )
        return Reply("{channel} speaks for {room}.", channel=here, room=self.room)

    def _instead(self, before: RoomRef) -> Reply:
        return Reply("It no longer speaks for {room}.", room=before, undo=Undo("room bind", room=before))

    def _ask(self, here: Channel) -> Reply:
        return Reply(
            "{channel} speaks for {room}. May its members see who is there and what goes on?",
            channel=here,
            room=self.room,
            buttons=[
                Button("They may look", Invocation("room bind", room=self.room, viewers="yes")),
                Button("Only who is granted it", Invocation("room bind", room=self.room, viewers="no")),
            ],
        )
