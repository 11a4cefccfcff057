from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.errors import UserError
from bot.features.record import requiring
from bot.reply import Reply, Undo


class RecordRequire(Command):
    """Say whether each session of a room is to be recorded: where one is not, its channel is told."""

    level = Level.ADMIN
    verb = "require recording"
    examples = ("record require on", "record require off --room standup")

    required: Annotated[bool, Field(description="Whether each session is to be recorded")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        if await requiring.is_required(ctx, self.room) == self.required:
            raise self._already()
        facts = [Reply("where nothing records after 2 minutes, its channel is told")]
        if self.required:
            return Reply("Require that {room} is recorded?", button="Require it", facts=facts, room=self.room)
        facts = [Reply("nobody is told any more")]
        return Reply("Let {room} go unrecorded?", button="Let it", facts=facts, room=self.room)

    async def run(self, ctx: Context) -> Reply:
        changed = await requiring.require(ctx, self.room, required=self.required)
        by, room = ctx.actor.mention, self.room
        if not changed:
            raise self._already()
        if self.required:
            undo = Undo(Reply("Require it no more"), "record require", required=False, room=room)
            return Reply(
                "{by} requires each session of {room} to be recorded: where nothing records after 2 minutes, "
                "its channel is told.",
                by=by,
                room=room,
                undo=undo,
            )
        undo = Undo(Reply("Require it again"), "record require", required=True, room=room)
        return Reply("{by} no longer requires {room} to be recorded.", by=by, room=room, undo=undo)

    def _already(self) -> UserError:
        if self.required:
            return UserError("Each session of {room} is to be recorded already.", room=self.room)
        return UserError("{room} need not be recorded.", room=self.room)
