"""What people can have done again that the bot gave up."""

from bot.command import Context
from bot.work import Failures


async def again(ctx: Context, number: int) -> bool:
    """Hand over once more what was given up; False when it was already, or is too old."""
    async with ctx.transaction() as tx:
        return await ctx[Failures].again(tx, number)
