from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoleName, RoomRef, Warnings, ZoneName
from bot.errors import UserError
from bot.features.room import defaults
from bot.features.room.book import Defaults, RoomBook
from bot.features.room.defaults import NOT_SET
from bot.reply import Reply, Table, Term


class RoomDefaults(Command):
    """Say which roles and which time zone a room has, and when people are warned of its end."""

    level = Level.ADMIN
    verb = "set up room"
    examples = (
        "room defaults standup --host-role host --muted-role muted",
        "room defaults --zone Europe/Berlin",
    )

    room: RoomRef
    host_role: Annotated[RoleName, Field(description="Who is protected from what is done in bulk")] = ""
    stage_role: Annotated[RoleName, Field(description="Who is on stage")] = ""
    muted_role: Annotated[
        RoleName, Field(description="Where somebody sits while others decide about them")
    ] = ""
    zone: Annotated[ZoneName, Field(description="Time zone, such as Europe/Berlin")] = ""
    warn: Annotated[Warnings | None, Field(description="Minutes before an end, such as 10,5,1")] = None

    async def consequence(self, ctx: Context) -> Reply:
        before = await ctx[RoomBook].defaults(self.room.id)
        after = await defaults.merged(ctx, self.room, self._something())
        facts = defaults.told(before, after) or [Reply("all of it holds already")]
        return Reply("Set up {room} otherwise?", button="Set up {room}", facts=facts, room=self.room)

    async def run(self, ctx: Context) -> Reply:
        before, after = await defaults.change(ctx, self.room, self._something())
        said = Reply("{by} set up {room}.", by=ctx.actor.mention, room=self.room, table=_table(after))
        return said.with_facts(defaults.told(before, after))

    def unsaid(self) -> UserError | None:
        if self._said().given():
            return None
        return UserError("Say at least one of these.").at("host_role")

    def _said(self) -> Defaults:
        warn = self.warn.written if self.warn else ""
        return Defaults(self.host_role, self.stage_role, self.muted_role, self.zone, warn)

    def _something(self) -> Defaults:
        unsaid = self.unsaid()
        if unsaid:
            raise unsaid
        return self._said()


def _table(now: Defaults) -> Table:
    rows = (
        (Term("Host role"), now.host_role or NOT_SET),
        (Term("Stage role"), now.stage_role or NOT_SET),
        (Term("Muted role"), now.muted_role or NOT_SET),
        (Term("Time zone"), now.zone or NOT_SET),
        (Term("Warnings"), now.warn or NOT_SET),
    )
    return Table(("What", "How"), rows)
