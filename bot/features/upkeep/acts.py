"""What people can have done again that the bot gave up."""

from bot.command import Context, Level
from bot.errors import UserError
from bot.work import Failures, Job, due


async def again(ctx: Context, number: int) -> bool:
    """Hand over once more what was given up; False when it was already, or is too old."""
    # Seen once: a run that was cut off would take its own try for somebody else's.
    kept = await ctx.first_seen("see given up", str(number), lambda: is_kept(ctx, number))
    if kept:
        async with ctx.transaction() as tx:
            await ctx[Failures].again(tx, number)
    return bool(kept)


async def is_kept(ctx: Context, number: int) -> bool:
    """Whether there is such a number for whoever asks; raises UserError where they may only look."""
    async with ctx.reading() as tx:
        job = await ctx[Failures].find(tx, number)
    if job is None:
        return False
    room, rights = _room(job), await ctx.rights()
    if not rights(Level.VIEWER, room).allowed:
        return False
    verdict = rights(Level.MODERATOR, room)
    if not verdict.allowed:
        raise UserError(verdict.why.template, **verdict.why.values)
    return True


def _room(job: Job) -> str:
    """Whose room it is about; empty for what is about none."""
    about = (one.payload.get("room") or {} for one in due(job))
    return next((str(room.get("id", "")) for room in about), "")
