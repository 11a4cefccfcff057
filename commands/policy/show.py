from bot.command import Command, Context, Level
from bot.features.policy import acts
from bot.reply import Code, Reply, Table


class PolicyShow(Command):
    """See which command waits for whose yes."""

    level = Level.VIEWER
    reads = True
    examples = ("policy show", "policy show --here")

    async def run(self, ctx: Context) -> Reply:
        policies = await acts.in_force(ctx)
        rows = tuple((Code(f"/hms {words}"), yes.whose) for words, yes in policies.items())
        table = Table(("Command", "Waits for"), rows)
        return Reply("Which command waits for whose yes, unless the case asks for more:", table=table)
