"""What an act knows of the request it is done for."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.command import Context
from bot.reply import Stakes
from bot.request.book import RequestBook
from bot.request.request import Request


async def request(ctx: Context) -> Request:
    """The request that is being done."""
    async with ctx.transaction() as tx:
        found = await ctx[RequestBook].find(tx, ctx.request)
    if found is None:
        raise LookupError(f"request {ctx.request} is gone while it runs")
    return found


async def stakes(ctx: Context) -> Stakes | None:
    """What the yes of this request was given to; None where nobody was asked."""
    agreed = (await request(ctx)).consequence
    return agreed.stakes if agreed else None


async def first_seen(ctx: Context, what: str, target: str, look: Callable[[], Awaitable[Any]]) -> Any:
    """What was true when this request first looked, as JSON.

    A request that was cut off runs again; without this it would take its own deed for somebody else's.
    """
    return await ctx.once(what, target, look, read_back=_not_yet)


async def _not_yet() -> bool:
    """A look that was cut off left nothing behind, so it is simply taken again."""
    return False
