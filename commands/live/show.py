from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, SecretStr

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.features.live import acts, watching
from bot.features.room import beams
from bot.hms import LiveStream
from bot.reply import Button, Invocation, Link, Reply, Term


class LiveShow(Command):
    """See one live stream of a room: how it stands, and where it is watched."""

    level = Level.VIEWER
    reads = True
    verb = "show a live stream"
    examples = ("live show", "live show 6502bb00b2d4e5f601230020")

    stream: Annotated[str, Positional, Field(description="Its id; the newest if none is named")] = ""
    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        found = await acts.find(ctx, self.room, self.stream)
        said = Reply(
            "A live stream of {room} {state}.",
            room=self.room,
            state=beams.state(found, keeps=acts.keeps(found)),
            buttons=await self._buttons(ctx, found),
        )
        return said + beams.ran(found) + _watch(found)

    async def _buttons(self, ctx: Context, found: LiveStream) -> Sequence[Button]:
        rights = await ctx.rights()
        if not rights(Level.MODERATOR, self.room.id).allowed:
            return ()
        if found.is_running:
            return [Button("Stop…", Invocation("live stop", stream=found.id, room=self.room))]
        return watching.starts_again(self.room, found)


def _watch(found: LiveStream) -> Reply:
    """Where it is watched: an address for a player, which opens nothing else."""
    if not (found.is_running and found.playback.url):
        return Reply("")
    where = Link(Term("Watch it"), SecretStr(found.playback.url))
    return Reply("{where}, in a player that knows HLS.", where=where)
