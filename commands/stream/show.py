from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.features.room import beams
from bot.features.stream import acts, targets, watching
from bot.hms import ExternalStream
from bot.reply import Button, Invocation, Reply


class StreamShow(Command):
    """See one stream of a room to other platforms: how it stands, and where it goes."""

    level = Level.VIEWER
    reads = True
    verb = "show a stream"
    examples = ("stream show", "stream show 6503cc00b2d4e5f601230030")

    stream: Annotated[str, Positional, Field(description="Its id; the newest if none is named")] = ""
    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        found = await acts.find(ctx, self.room, self.stream)
        names = targets.goes_to(ctx, found, await targets.known(ctx, self.room))
        said = Reply(
            "A stream of {room} {state}.",
            room=self.room,
            state=beams.state(found, keeps=found.recording),
            buttons=await self._buttons(ctx, found),
        )
        return said + _where(found, names) + beams.ran(found)

    async def _buttons(self, ctx: Context, found: ExternalStream) -> Sequence[Button]:
        rights = await ctx.rights()
        if not rights(Level.MODERATOR, self.room.id).allowed:
            return ()
        if found.is_running:
            return [Button("Stop…", Invocation("stream stop", stream=found.id, room=self.room))]
        return await watching.starts_again(ctx, self.room, found)


def _where(found: ExternalStream, names: Sequence[str]) -> Reply:
    others = targets.others(found, names)
    if not names:
        return Reply("It goes to {others}.", others=others) if others.number else Reply("")
    if others.number:
        return Reply("It goes to {targets}, and to {others}.", targets=tuple(names), others=others)
    return Reply("It goes to {targets}.", targets=tuple(names))
