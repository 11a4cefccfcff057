from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Duration, Level, Option, RoomRef
from bot.features.event import cards, history
from bot.reply import Button, Counted, Invocation, Reply


class EventList(Command):
    """See which events of a room 100ms delivered, and which not; or how far a replay of them is."""

    level = Level.MODERATOR
    reads = True
    verb = "list events"
    examples = ("event list", "event list standup --since 2d --failed")

    room: RoomRef
    since: Annotated[Duration, Field(description="How far to look back, at most 14 days")] = timedelta(days=1)
    failed: Annotated[bool, Field(description="Only those that failed")] = False
    kinds: Annotated[
        tuple[str, ...], Option("type"), Field(description="Only these, such as peer.join.success")
    ] = ()
    replay: Annotated[str, Field(description="How far a replay is, by its id")] = ""
    page: Annotated[int, Field(description="Which fifty of them, counted from 1")] = 1

    async def run(self, ctx: Context) -> Reply:
        if self.replay:
            return cards.progress(await history.how_far(ctx, self.room, self.replay), self.room)
        found = await history.delivered(
            ctx, self.room, self.since, failed=self.failed, kinds=self.kinds, page=self.page
        )
        if not found.page:
            return Reply(
                "100ms delivered no such event of {room} in {since}.", room=self.room, since=self.since
            )
        return Reply(
            "{events} of {room} in {since}.",
            events=Counted(found.total, "event", "events"),
            room=self.room,
            since=self.since,
            table=cards.deliveries(found.page),
            buttons=[self._again()] + ([self._next()] if found.more else []),
        )

    def _again(self) -> Button:
        return Button(
            "Deliver again…", Invocation("event replay", room=self.room, since=self.since), form=True
        )

    def _next(self) -> Button:
        following = self.model_copy(update={"page": self.page + 1})
        return Button("More events", Invocation("event list", **dict(following)))
