from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Duration, Level, RoleName, RoomRef, Warnings, ZoneName
from bot.command.times import length_in_words
from bot.errors import UserError
from bot.features.room import defaults
from bot.features.room.book import Defaults, RoomBook
from bot.reply import Reply, Table


class RoomDefaults(Command):
    """Say which roles and zone a room has, when its end or a missing host is told, how it is recorded."""

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
    host_wait: Annotated[
        Duration | None, Field(description="How long guests wait in its hours before a missing host is told")
    ] = None
    meeting: Annotated[
        str, Field(description="Link for 100ms's recorder; {room_id} in it stands for the room's id")
    ] = ""
    template_destination: Annotated[
        str, Field(description="Which destination of its template records and streams, by name")
    ] = ""

    async def consequence(self, ctx: Context) -> Reply:
        before = await ctx[RoomBook].defaults(self.room.id)
        after = defaults.otherwise(before, await defaults.merged(ctx, self.room, self._something()))
        facts = defaults.told(before, after)
        return Reply("Set up {room} otherwise?", button="Set up {room}", facts=facts, room=self.room)

    async def run(self, ctx: Context) -> Reply:
        before, after = await defaults.change(ctx, self.room, self._something())
        said = Reply("{by} set up {room}.", by=ctx.actor.mention, room=self.room, table=_table(after))
        return said.with_facts(defaults.told(before, after))

    async def holding(self, ctx: Context) -> dict[str, Any]:
        held = await ctx[RoomBook].defaults(self.room.id)
        warn = Warnings.of(held.warn) if held.warn else None
        now = asdict(held) | {"warn": warn, "host_wait": held.waits}
        return {name: value for name, value in now.items() if value}

    def unsaid(self) -> UserError | None:
        if self._said().given():
            return None
        return UserError("Say at least one of these.").at("host_role")

    def _said(self) -> Defaults:
        warn = self.warn.written if self.warn else ""
        wait = length_in_words(self.host_wait) if self.host_wait else ""
        return Defaults(
            self.host_role,
            self.stage_role,
            self.muted_role,
            self.zone,
            warn,
            wait,
            self.meeting,
            self.template_destination,
        )

    def _something(self) -> Defaults:
        unsaid = self.unsaid()
        if unsaid:
            raise unsaid
        return self._said()


def _table(now: Defaults) -> Table:
    return Table(("What", "How"), tuple(defaults.rows(asdict(now))))
