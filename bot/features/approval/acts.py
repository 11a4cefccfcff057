"""Deciding by words what others decide on a card."""

from collections.abc import Iterable

from bot.access import Rights
from bot.command import Context
from bot.people import Actor, Yes
from bot.reply import Code, Reply, Table
from bot.request.request import Request


async def waiting_for(ctx: Context) -> tuple[Request, ...]:
    """What waits for a yes that the actor could give."""
    waiting = await ctx.road.waiting()
    if not waiting:
        return ()
    rights = await ctx.access.rights(ctx.actor)
    return tuple(request for request in waiting if _can_decide(ctx.actor, rights, request))


def listed(requests: Iterable[Request]) -> Table:
    """Requests as a table: which, who asked, for whose yes it waits and until when."""
    rows = tuple(
        (
            request.id,
            Code(f"/hms {request.sentence}"),
            request.actor.mention,
            request.yes.whom,
            request.expires_at,
        )
        for request in requests
    )
    return Table(("Request", "What", "Asked by", "Waits for", "Until"), rows)


async def decide(ctx: Context, number: int, *, yes: bool, why: str = "") -> Reply | None:
    """Say yes or no to a request; answers what stood in its way, None when it was taken."""
    told = await ctx.road.decide(number, ctx.actor, yes=yes, channel=ctx.origin.channel, why=why)
    return _about(number, told)


async def withdraw(ctx: Context, number: int) -> Reply | None:
    """Take a request back; answers what stood in its way, None when it was taken."""
    return _about(number, await ctx.road.withdraw(number, ctx.actor, channel=ctx.origin.channel))


def _about(number: int, told: Reply | None) -> Reply | None:
    """What stood in the way says “this”, as on the card; by words it needs the number."""
    return Reply("Request {number}:", number=str(number)) + told if told else None


def _can_decide(actor: Actor, rights: Rights, request: Request) -> bool:
    own = request.actor.id == actor.id
    if request.has_yes_of(actor.id):
        return False
    if request.yes <= Yes.ACTOR:
        return own
    return rights(request.yes.level, request.room).allowed and not own
