from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoleName, RoomRef
from bot.errors import UserError
from bot.features.room import defaults
from bot.features.room.book import Defaults
from bot.reply import Reply, Table, Term

NOT_SET = Term("not set")


class RoomDefaults(Command):
    """Say which roles and which time zone a room has."""

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
    zone: Annotated[str, Field(description="Time zone, such as Europe/Berlin")] = ""

    async def consequence(self, ctx: Context) -> Reply:
        return self._table(await defaults.merged(ctx, self.room, self._something()))

    async def run(self, ctx: Context) -> Reply:
        return self._table(await defaults.change(ctx, self.room, self._something()))

    def unsaid(self) -> UserError | None:
        if self._said().given():
            return None
        return UserError("Say at least one of these.").at("host_role")

    def _said(self) -> Defaults:
        return Defaults(self.host_role, self.stage_role, self.muted_role, self.zone)

    def _something(self) -> Defaults:
        unsaid = self.unsaid()
        if unsaid:
            raise unsaid
        return self._said()

    def _table(self, now: Defaults) -> Reply:
        rows = (
            (Term("Host role"), now.host_role or NOT_SET),
            (Term("Stage role"), now.stage_role or NOT_SET),
            (Term("Muted role"), now.muted_role or NOT_SET),
            (Term("Time zone"), now.zone or NOT_SET),
        )
        return Reply("This holds in {room} now:", room=self.room, table=Table(("What", "How"), rows))
