from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoleName, RoomRef
from bot.errors import UserError
from bot.features.code import acts
from bot.reply import Button, Invocation, Reply, Row, Secret, Table, Term, on_page

SHOWN = 50


class CodeList(Command):
    """See the codes of a room, for you alone; that you saw them is written down."""

    level = Level.MODERATOR
    reads = True
    mints = True
    verb = "list codes"
    examples = ("code list", "code list --role guest --room standup")

    role: Annotated[RoleName, Field(description="Only those of this role")] = ""
    room: RoomRef
    page: Annotated[int, Field(description="Which fifty of them, counted from 1")] = 1

    async def run(self, ctx: Context) -> Reply:
        if self.role:
            await acts.check_role(ctx, self.room, self.role)
        there = await acts.codes(ctx, self.room, self.role)
        if not there:
            raise UserError("{room} has no codes. Make some: `/hms code create`.", room=self.room)
        said = Reply("{codes} of {room}:", codes=acts.counted(len(there)), room=self.room)
        one = Button("Disable one…", Invocation("code disable", room=self.room), form=True)
        shown = on_page(self.page, SHOWN, len(there))
        listed = said.listing([self._row(each) for each in there[shown]], _table(there[shown]), one)
        return listed + Reply("", buttons=[self._next()]) if shown.stop < len(there) else listed

    def _next(self) -> Button:
        following = self.model_copy(update={"page": self.page + 1})
        return Button("More codes", Invocation("code list", **dict(following)))

    def _row(self, one: acts.NumberedCode) -> Row:
        about = {"role": one.role, "number": one.number, "room": self.room}
        role, number, code = one.role, one.number, Secret(one.code)
        if one.enabled:
            said = Reply("{role} {number}: {code} · works", role=role, number=number, code=code)
            return Row(said, (Button("Disable…", Invocation("code disable", **about)),))
        said = Reply("{role} {number}: {code} · is disabled", role=role, number=number, code=code)
        return Row(said, (Button("Enable…", Invocation("code enable", **about)),))


def _table(codes: Iterable[acts.NumberedCode]) -> Table:
    """Many codes, to be sorted."""
    rows = tuple(
        (one.role, one.number, Secret(one.code), Term("works") if one.enabled else Term("is disabled"))
        for one in codes
    )
    return Table(("Role", "Number", "Code", "State"), rows, caption="Codes of {room}")
