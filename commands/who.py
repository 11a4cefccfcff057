from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PersonRef, RoleName, RoomRef
from bot.command.identity import persons
from bot.command.matching import holding
from bot.features.room import roster
from bot.features.room.live import counted
from bot.features.room.roster import Entry, Roster
from bot.features.room.rows import Rows
from bot.reply import Button, Counted, Invocation, Reply, Row, on_page

SHOWN = 20

UNNUMBERED = Reply("My database takes no writes, so type names just now, and not the numbers.")


class Who(Command):
    """See who is in a live session; the numbers can be typed instead of names."""

    level = Level.VIEWER
    reads = True
    also = ("people",)
    verb = "show who is here"
    examples = ("who standup", "who --role guest --find gus")

    room: RoomRef
    role: Annotated[RoleName, Field(description="Only people with this role")] = ""
    find: Annotated[str, Field(description="Only people with this in their name or user id")] = ""
    page: Annotated[int, Field(description="Which twenty of them, counted from 1")] = 1

    async def run(self, ctx: Context) -> Reply:
        there = await roster.roster(ctx, self.room)
        fitting = [one for one in there.here if self.role in ("", one.role)]
        found = persons(await holding(self.find, fitting))
        if not found:
            everybody = counted(there.here)
            return Reply("Nobody of the {people} in {room} fits that.", people=everybody, room=self.room)
        keeping = ctx[Rows].keep(ctx.actor.id, [devices[0].key for devices in found], ctx.now)
        said = await self._shown(ctx, there, found)
        return said if await ctx.written(keeping) else said + UNNUMBERED

    async def _shown(self, ctx: Context, there: Roster, found: Sequence[tuple[PersonRef, ...]]) -> Reply:
        page = on_page(self.page, SHOWN, len(found))
        shown = roster.entries(there, found[page], page.start + 1)
        rows = await self._rows(ctx, await roster.looked_at(ctx, self.room, shown))
        return self._list(counted(there.here), len(found), rows)

    async def _rows(self, ctx: Context, shown: Sequence[Entry]) -> list[Row]:
        may = (await ctx.rights())(Level.MODERATOR, self.room.id)
        return [roster.row(entry, self.room, ctx.now, acts=may.allowed) for entry in shown]

    def _list(self, people: Counted, found: int, rows: Sequence[Row]) -> Reply:
        buttons = self._next(found)
        if found == people.number:
            said = Reply("{people} in {room}.", people=people, room=self.room, buttons=buttons)
        else:
            said = Reply(
                "{found} of the {people} in {room}.",
                found=found,
                people=people,
                room=self.room,
                buttons=buttons,
            )
        return said.with_rows(rows)

    def _next(self, found: int) -> list[Button]:
        if found <= SHOWN * self.page:
            return []
        following = self.model_copy(update={"page": self.page + 1})
        return [Button("More people", Invocation("who", **dict(following)))]
