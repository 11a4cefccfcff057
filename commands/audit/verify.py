from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level
from bot.reply import Reply
from bot.request.proof import Head


class AuditVerify(Command):
    """Check that nobody has edited, removed or inserted an entry of the log."""

    level = Level.ADMIN
    reads = True
    verb = "verify the log"
    examples = ("audit verify", "audit verify --head '4200 b7b5c9d03f21aa64'")

    head: Annotated[str, Field(description="A head that was posted, to hold the log against")] = ""

    async def run(self, ctx: Context) -> Reply:
        told = [Head.read(self.head)] if self.head else []
        return (await ctx.audit.verify(*told)).said()
