"""What people can have done again that the bot gave up."""

from bot.command import Context
from bot.work import Failures


async def again(ctx: Context, number: int) -> bool:
    """Hand over once more what was given up; False when it was already, or is too old."""
    # Seen once: a run that was cut off would take its own try for somebody else's.
    kept = await ctx.first_seen("see given up", str(number), lambda: _kept(ctx, number))
    async with ctx.transaction() as tx:
        return await ctx[Failures].again(tx, number) or bool(kept)


async def _kept(ctx: Context, number: int) -> bool:
    async with ctx.reading() as tx:
        return await ctx[Failures].kept(tx, number)
