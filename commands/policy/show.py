from bot.command import Command, Context, Level
from bot.features.policies import acts
from bot.people import Yes
from bot.reply import Reply, Table
from bot.values import Code


class PolicyShow(Command):
    """See which command waits for whose yes."""

    level = Level.VIEWER
    reads = True
    examples = ("policy show", "policy show --here")

    async def run(self, ctx: Context) -> Reply:
        policies = (await acts.in_force(ctx)).items()
        rows = tuple(
            (Code(f"/hms {words}"), _said(now), _usual(now, usual)) for words, (now, usual) in policies
        )
        table = Table(("Command", "Waits for", "Otherwise"), rows)
        return Reply("Which command waits for whose yes, unless the case asks for more:", table=table)


def _said(yes: Yes) -> str:
    return {
        Yes.NONE: "nobody",
        Yes.ACTOR: "who asks",
        Yes.SECOND: "a second moderator",
        Yes.ADMIN: "a second person who is admin",
    }[yes]


def _usual(now: Yes, usual: Yes) -> str:
    return "" if now is usual else _said(usual)
