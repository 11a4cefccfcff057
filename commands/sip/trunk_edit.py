from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Level, Sealed, TelephoneNumber, TrunkName, Yes
from bot.errors import UserError
from bot.features.sip import trunks
from bot.reply import Reply

NOTHING = Sealed()


class SipTrunkEdit(Command):
    """Change a trunk: where it leads, as whom, and the number that is seen to call."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    verb = "change trunk"
    examples = (
        "sip trunk-edit office --caller +15550197",
        "sip trunk-edit office --address sip2.example.com",
    )

    name: Annotated[TrunkName, Field(description="What it is called here")]
    username: Annotated[str, Field(description="Who you are to the telephone company")] = ""
    password: Annotated[Sealed, Field(description="Another password; left empty, it stays as it is")] = (
        NOTHING
    )
    address: Annotated[str, Field(description="The telephone company's server")] = ""
    caller: Annotated[TelephoneNumber, Field(description="The number that is seen to call")] = ""

    async def consequence(self, ctx: Context) -> Reply:
        before = await trunks.named(ctx, self.name)
        after = trunks.changed(before, self._changes())
        if after == before:
            raise UserError(
                "Nothing about the trunk {name} would change. What can: `/hms help sip trunk-edit`.",
                name=before.name,
            )
        facts = [
            Reply("{what}: {before} → {after}", what=what, before=old, after=new)
            for what, old, new in (
                (trunks.USERNAME, before.username, after.username),
                (trunks.ADDRESS, before.address, after.address),
                (trunks.CALLER, before.caller, after.caller),
            )
            if old != new
        ]
        facts += [Reply("it has another password")] if self.password.token else []
        return Reply("Change the trunk {name}?", button="Change {name}", facts=facts, name=after.name)

    async def run(self, ctx: Context) -> Reply:
        changed = trunks.changed(await trunks.named(ctx, self.name), self._changes())
        await trunks.edit(ctx, changed)
        return Reply("{by} changed the trunk {name}.", by=ctx.actor.mention, name=changed.name)

    async def holding(self, ctx: Context) -> Mapping[str, Any]:
        known = {one.name: one for one in await trunks.known(ctx)}
        found = known.get(self.name)
        return {} if found is None else {part: getattr(found, part) for part in trunks.READABLE}

    def unsaid(self) -> UserError | None:
        return None if self._changes() else UserError("Say at least one of these.").at("address")

    def _changes(self) -> Mapping[str, str | Sealed]:
        said = {"username": self.username, "address": self.address, "caller": self.caller}
        changes: dict[str, str | Sealed] = {part: value for part, value in said.items() if value}
        return changes | ({"password": self.password} if self.password.token else {})
