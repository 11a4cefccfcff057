"""Reading and changing which command waits for whose yes."""

from collections.abc import Mapping

from bot.access import Policy
from bot.command import Context, Registry
from bot.errors import UserError
from bot.people import Yes
from bot.reply import Code


async def in_force(ctx: Context) -> Mapping[str, Yes]:
    """Whose yes every command waits for that does something, unless the case asks for more."""
    rules = await ctx[Policy].rules()
    acts = [(words, command) for words, command in ctx[Registry].commands.items() if not command.reads]
    return {words: rules[words].yes if words in rules else command.yes for words, command in acts}


def find(ctx: Context, typed: str) -> str:
    """The words of a command that a policy can be set for; UserError for anything else."""
    found = ctx[Registry].find(typed)
    if found is None:
        wrong = UserError("There is no command {typed}. See which there are: `/hms help`.", typed=Code(typed))
        raise wrong.at("command")
    words, command = found
    if command.reads:
        wrong = UserError("{command} only looks and never waits for a yes.", command=Code(f"/hms {words}"))
        raise wrong.at("command")
    return words


async def set_(ctx: Context, words: str, yes: Yes | None) -> Yes:
    """Decide whose yes a command waits for, None leaves it to the command; answers whose it was."""
    before = Yes(await ctx.first_seen("see policy", words, lambda: _was(ctx, words)))
    async with ctx.transaction() as tx:
        if yes is None:
            await ctx[Policy].clear(tx, words)
        else:
            await ctx[Policy].set(tx, words, yes, ctx.actor.id)
    return before


async def _was(ctx: Context, words: str) -> Yes:
    return (await in_force(ctx))[words]
