from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Duration, Level, Option, RoomRef
from bot.features.event import history
from bot.reply import Button, Invocation, Reply


class EventReplay(Command):
    """Have 100ms deliver the events of a room again, those that failed unless all are asked for."""

    level = Level.MODERATOR
    verb = "deliver events again"
    examples = ("event replay --since 2h", "event replay standup --since 1d --all")

    room: RoomRef
    since: Annotated[Duration, Field(description="How far to look back, at most 14 days")] = timedelta(days=1)
    every: Annotated[bool, Option("all"), Field(description="Those too that were delivered")] = False
    kinds: Annotated[
        tuple[str, ...], Option("type"), Field(description="Only these, such as peer.join.success")
    ] = ()

    async def consequence(self, ctx: Context) -> Reply:
        since = ctx.now - history.within(self.since)
        template = "Deliver the events of {room} again that failed since {since}?"
        if self.every:
            template = "Deliver all events of {room} again since {since}?"
        return Reply(template, button="Deliver again", room=self.room, since=since)

    async def run(self, ctx: Context) -> Reply:
        workflow = await history.replay(ctx, self.room, self.since, every=self.every, kinds=self.kinds)
        look = Button("How far is it?", Invocation("event list", room=self.room, replay=workflow))
        return Reply(
            "{by} had 100ms deliver events of {room} again, those of the last {since}.",
            by=ctx.actor.mention,
            room=self.room,
            since=self.since,
            buttons=[look],
        )
