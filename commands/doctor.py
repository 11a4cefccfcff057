from bot.command import Command, Context, Level
from bot.features.doctor.checks import IN_ORDER, Check, Checkup
from bot.reply import Counted, Reply, Table, Term


class Doctor(Command):
    """Check everything the bot needs, and learn how to mend what is not in order."""

    level = Level.ADMIN
    reads = True
    examples = ("doctor", "doctor --here")

    async def run(self, ctx: Context) -> Reply:
        checks = await ctx[Checkup].examine()
        table = Table(("What", "State"), tuple((check.name, _state(check)) for check in checks))
        wrong = [check for check in checks if not check.ok]
        open_ones = [check for check in checks if check.ok and check.said != IN_ORDER]
        said = Reply("Everything is in order.", table=table)
        if wrong:
            said = Reply("{things} to mend.", things=Counted(len(wrong), "thing", "things"), table=table)
        return sum((_mend(check) for check in [*wrong, *open_ones]), start=said)


def _state(check: Check) -> Term:
    return Term("in order") if check.ok else Term("to mend")


def _mend(check: Check) -> Reply:
    return Reply("{what}:", what=check.name) + check.said
