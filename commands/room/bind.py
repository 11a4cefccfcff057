from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.features.room import channels
from bot.features.room.book import Binding, RoomBook
from bot.reply import Button, Channel, Invocation, Reply


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
        here = channels.here(ctx)
        before = await ctx[RoomBook].bound(here.id)
        now = Reply("{channel} speaks for no room", channel=here)
        if before and await self._knows(ctx, before.room):
            now = Reply("{channel} speaks for {before} now", channel=here, before=before.room)
        elif before:
            now = Reply("{channel} speaks for another room now", channel=here)
        return Reply("Let this channel speak for {room}?", button="Bind {room}", facts=[now], room=self.room)

    async def run(self, ctx: Context) -> Reply:
        here = channels.here(ctx)
        before = await channels.before(ctx, here)
        stays = before if before and before.room.id == self.room.id else None
        viewers = self.viewers or ("yes" if stays and stays.viewers else None)
        await channels.bind(ctx, Binding(here.id, self.room, viewers == "yes"))
        now = self._said(ctx, here, viewers)
        if before is None or stays:
            return now
        if await self._knows(ctx, before.room):
            undo = channels.bind_again(before)
            return now + Reply("It no longer speaks for {room}.", room=before.room, undo=undo)
        return now + Reply("It no longer speaks for another room.")

    async def _knows(self, ctx: Context, room: RoomRef) -> bool:
        """Whether somebody may read for which room a channel spoke."""
        return (await ctx.access.may(ctx.actor, Level.VIEWER, room=room.id)).allowed

    def _said(self, ctx: Context, here: Channel, viewers: str | None) -> Reply:
        about: dict[str, Any] = {"by": ctx.actor.mention, "channel": here, "room": self.room}
        if viewers is None:
            return self._ask(about)
        follows = [self._follows()]
        if viewers == "yes":
            return Reply(
                "{by} let {channel} speak for {room}, and its members look into it.", buttons=follows, **about
            )
        return Reply("{by} let {channel} speak for {room}.", buttons=follows, **about)

    def _follows(self) -> Button:
        """What has the channel read of each session; it goes once somebody pressed it."""
        return Button("Follow its sessions", Invocation("subscription add", room=self.room), once=True)

    def _ask(self, about: Mapping[str, Any]) -> Reply:
        return Reply(
            "{by} let {channel} speak for {room}. May its members see who is there and what goes on?",
            **about,
            buttons=[
                Button("They may look", Invocation("room bind", room=self.room, viewers="yes")),
                Button("Only who is granted it", Invocation("room bind", room=self.room, viewers="no")),
                self._follows(),
            ],
        )
