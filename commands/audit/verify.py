from bot.command import Command, Context, Level
from bot.reply import Reply


class AuditVerify(Command):
    """Check that nobody has edited, removed or inserted an entry of the log."""

    level = Level.ADMIN
    reads = True
    examples = ("audit verify", "audit verify --here")

    async def run(self, ctx: Context) -> Reply:
        return await ctx.audit.verify()
