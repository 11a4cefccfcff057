"""Reading and changing which command waits for whose yes."""

from collections.abc import Iterator

from bot.command import Command, Context, Registry
from bot.errors import UserError
from bot.people import Yes
from bot.policy import Policy
from bot.values import Code


async def in_force(ctx: Context) -> dict[str, tuple[Yes, Yes]]:
    """For every command that does something: whose yes it waits for now, and by itself."""
    rules = await ctx[Policy].rules()
    return {
        words: (rules[words].yes if words in rules else command.yes, command.yes)
        for words, command in _acts(ctx[Registry])
    }


def find(ctx: Context, typed: str) -> str:
    """The words of a command that a policy can be set for; UserError for anything else."""
    found = ctx[Registry].find(typed)
    if found is None:
        raise UserError("There is no command {typed}. See which there are: /hms help.", typed=Code(typed))
    words, command = found
    if command.reads:
        raise UserError("{command} only looks and never waits for a yes.", command=Code(f"/hms {words}"))
    return words


async def set_(ctx: Context, words: str, yes: Yes | None) -> None:
    """Decide whose yes a command waits for; None leaves it to the command."""
    async with ctx.transaction() as tx:
        if yes is None:
            await ctx[Policy].clear(tx, words)
        else:
            await ctx[Policy].set(tx, words, yes, ctx.actor.id)


def _acts(registry: Registry) -> Iterator[tuple[str, type[Command]]]:
    return ((words, command) for words, command in registry.commands.items() if not command.reads)
