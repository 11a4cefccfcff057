from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.command import Carried, Command, Context, Level, RoomRef, Yes
from bot.errors import UserError
from bot.features.room import editing
from bot.reply import Reply


class RoomEdit(Command):
    """Change what a room is called, where it is, how many it holds and how long its sessions last."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    previews = True
    examples = (
        "room edit standup --size 50 --region eu",
        "room edit standup --rename stand-up --longest 7200",
    )

    room: RoomRef
    rename: Annotated[str, Field(description="Another name for it: letters, digits and . - : _")] = ""
    description: Annotated[str, Field(description="What it is for")] = ""
    region: Annotated[Literal["auto", "in", "us", "eu"] | None, Field(description="Where it is")] = None
    size: Annotated[
        int | None, Field(ge=0, le=20_000, description="People at most; over 2500 in a large room only")
    ] = None
    large: Annotated[Literal["yes", "no"] | None, Field(description="Whether it is a large room")] = None
    longest: Annotated[
        int | None, Field(ge=120, le=43_200, description="Seconds that a session lasts at most, 120 to 43200")
    ] = None
    seen: Annotated[str, Carried] = ""

    async def consequence(self, ctx: Context) -> Reply:
        edited = await editing.look(ctx, self.room, self)
        return Reply(
            "Change {room}?", button="Change {room}", stakes=edited.stakes, facts=edited.since, room=self.room
        ) + sum(edited.told, start=Reply(""))

    async def run(self, ctx: Context) -> Reply:
        told = await editing.change(ctx, self.room, self)
        return Reply("{by} changed {room}.", by=ctx.actor.mention, room=self.room) + told

    async def holding(self, ctx: Context) -> Mapping[str, Any]:
        return await editing.holding(ctx, self.room) if self.room.id else {}

    def unsaid(self) -> UserError | None:
        given = [name for name in editing.MEMBERS if getattr(self, name) not in (None, "")]
        return None if given else UserError("Say at least one of these.").at("rename")
