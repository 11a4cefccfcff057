from datetime import datetime

from bot.command import Command, Context, Level, RoomRef, without_keys
from bot.features.announce import acts
from bot.features.announce.book import Announcement
from bot.reply import Button, Counted, Invocation, Reply, Row


class AnnounceList(Command):
    """See what is announced in a live session, how often and when next."""

    level = Level.MODERATOR
    reads = True
    verb = "list announcements"
    examples = ("announce list", "announce list standup --here")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        there = await acts.announced(ctx, self.room)
        if not there:
            return Reply(
                "Nothing is announced in {room}. Begin: `/hms announce add 15m Drink water`.", room=self.room
            )
        said = Reply(
            "{announcements} in {room}, until its session ends:",
            announcements=Counted(len(there), "announcement", "announcements"),
            room=self.room,
        )
        return said.with_rows([_row(one, ctx.now) for one in there])


def _row(one: Announcement, now: datetime) -> Row:
    said = Reply(
        "#{number} “{text}”, {when}, next {next}, by {by}",
        number=one.number,
        text=without_keys(one.text),
        when=one.cadence,
        next=one.next_after(now),
        by=one.cause.by,
    )
    return Row(said, (Button("Stop it", Invocation("announce remove", number=one.number, room=one.room)),))
