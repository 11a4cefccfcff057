from bot.command import Command, Context, Level, RoomRef
from bot.features.stream import targets
from bot.reply import Button, Counted, Invocation, Mention, Reply, Row


class StreamTargetList(Command):
    """See where a room may be streamed to; keys are never shown."""

    level = Level.ADMIN
    reads = True
    verb = "list stream targets"
    examples = ("stream-target list", "stream-target list standup --here")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        there = await targets.known(ctx, self.room)
        if not there:
            return Reply("{room} has no targets. Add one: `/hms stream-target add`.", room=self.room)
        rows = [
            Row(
                Reply(
                    "{name} · {host} · added by {by}, {at}",
                    name=one.name,
                    host=one.host,
                    by=Mention(one.added_by, one.added_by),
                    at=one.added_at,
                ),
                (Button("Remove…", Invocation("stream-target remove", name=one.name, room=self.room)),),
            )
            for one in there
        ]
        counted = Counted(len(there), "target", "targets")
        return Reply("{targets} of {room}:", targets=counted, room=self.room).with_rows(rows)
