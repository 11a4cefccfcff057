from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Registry, Sealed
from bot.errors import UserError
from bot.features.code import acts
from bot.reply import Reply


class CodeCheck(Command):
    """See whether a code lets people in, and with which role."""

    level = Level.MODERATOR
    reads = True
    examples = ("code check abc-defg-hij", "code check xyz-abcd-efg")

    code: Annotated[Sealed, Field(description="The code itself; it is not written down")]

    async def run(self, ctx: Context) -> Reply:
        vault = ctx[Registry].vault
        code = vault.open(self.code) if vault else None
        if not code:
            raise UserError("Which code? Type it behind: `/hms code check abc-defg-hij`.").at("code")
        role = await acts.check_code(ctx, code)
        return Reply("This code works: it lets people in as {role}.", role=role)
