from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.errors import UserError
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
    still: Annotated[bool, Field(description="Only if the channel speaks for the room already")] = False

    async def consequence(self, ctx: Context) -> Reply:
        here = channels.here(ctx)
        before = await ctx[RoomBook].bound(here.id)
        await self._check(ctx, here, before)
        now = Reply("{channel} speaks for no room", channel=here)
        if before and await self._knows(ctx, before.room):
            now = Reply("{channel} speaks for {before} now", channel=here, before=before.room)
        elif before:
            now = Reply("{channel} speaks for another room now", channel=here)
        return Reply("Let this channel speak for {room}?", button="Bind {room}", facts=[now], room=self.room)

    async def run(self, ctx: Context) -> Reply:
        here = channels.here(ctx)
        before = await channels.before(ctx, here)
        await self._check(ctx, here, before)
        stays = before if before and before.room.id == self.room.id else None
        if stays and not self.still:
            self._refuse_same(here, stays)
        viewers = self.viewers or ("yes" if stays and stays.viewers else None)
        await channels.bind(ctx, Binding(here.id, self.room, viewers == "yes"))
        now = self._said(ctx, here, viewers, looked=bool(stays and stays.viewers))
        if before is None or stays:
            return now
        if await self._knows(ctx, before.room):
            undo = channels.bind_again(before)
            return now + Reply("It no longer speaks for {room}.", room=before.room, undo=undo)
        return now + Reply("It no longer speaks for another room.")

    def covers(self, other: Command) -> bool:
        """What asks about the members of a room is answered by whoever binds it so."""
        if not isinstance(other, RoomBind):
            return False
        return (other.room.exact, other.viewers) == (self.room.exact, self.viewers)

    async def _check(self, ctx: Context, here: Channel, before: Binding | None) -> None:
        """Raise UserError where an answer about its members comes after the channel was bound otherwise."""
        if not self.still or (before and before.room.id == self.room.id):
            return
        about: dict[str, Any] = {"channel": here, "room": self.room}
        if before and await self._knows(ctx, before.room):
            raise UserError(
                "{channel} speaks for {now} by now, not for {room}, so nothing was changed.",
                now=before.room,
                **about,
            )
        raise UserError("{channel} does not speak for {room} any more, so nothing was changed.", **about)

    def _refuse_same(self, here: Channel, stays: Binding) -> None:
        """Raise UserError where all of it is so already."""
        if self.viewers not in {None, "yes" if stays.viewers else "no"}:
            return
        about: dict[str, Any] = {"channel": here, "room": self.room}
        if stays.viewers:
            raise UserError("{channel} speaks for {room} already, and its members look into it.", **about)
        raise UserError(
            "{channel} speaks for {room} already. To let its members look into it, add `--viewers yes`.",
            **about,
        )

    async def _knows(self, ctx: Context, room: RoomRef) -> bool:
        """Whether somebody may read for which room a channel spoke."""
        return (await ctx.access.may(ctx.actor, Level.VIEWER, room=room.id)).allowed

    def _said(self, ctx: Context, here: Channel, viewers: str | None, *, looked: bool) -> Reply:
        about: dict[str, Any] = {"by": ctx.actor.mention, "channel": here, "room": self.room}
        if viewers is None:
            return self._ask(about)
        follows = [self._follows()]
        if viewers == "yes":
            return Reply(
                "{by} let {channel} speak for {room}, and its members look into it.", buttons=follows, **about
            )
        if looked:
            return Reply(
                "{by} let {channel} speak for {room}, and its members look into it no longer.",
                buttons=follows,
                **about,
            )
        return Reply("{by} let {channel} speak for {room}.", buttons=follows, **about)

    def _follows(self) -> Button:
        """What has the channel read of each session; it goes once somebody pressed it."""
        return Button("Follow its sessions", Invocation("subscription add", room=self.room), once=True)

    def _ask(self, about: Mapping[str, Any]) -> Reply:
        may, only = (
            Invocation("room bind", room=self.room, viewers=one, still=True) for one in ("yes", "no")
        )
        return Reply(
            "{by} let {channel} speak for {room}. May its members see who is there and what goes on?",
            **about,
            buttons=[
                Button("They may look", may),
                Button("Only who is granted it", only),
                self._follows(),
            ],
        )
