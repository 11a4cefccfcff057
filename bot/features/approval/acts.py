"""Deciding by words what others decide on a card."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.command import Context
from bot.errors import UserError
from bot.people import Level, Yes
from bot.reply import Reply
from bot.request.request import Request, State

_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
JUST = timedelta(seconds=10)
_LOOKED_UP = 30  # of one page: what strangers write may look like an id, and Slack is asked for each


def unknown(number: int) -> UserError:
    """The sentence for a request that is not there, or of a room that is none of theirs who ask."""
    return UserError("There is no request {number}. See `/hms approval list`.", number=str(number))


async def with_names(ctx: Context, texts: Sequence[str]) -> list[str]:
    """The same texts with the names of people in place of their ids; to be named so calls nobody."""
    ids = dict.fromkeys(found[1] for text in texts for found in _PERSON.finditer(text))
    names = {user: (await ctx.member(user)).name for user in list(ids)[:_LOOKED_UP]}
    return [_PERSON.sub(lambda found: f"@{names.get(found[1], found[1])}", text) for text in texts]


async def show(ctx: Context, number: int) -> Reply:
    """One request as it stands; what only its asker may confirm is shown to nobody else."""
    request = await _known(ctx, number)
    if request.yes <= Yes.ACTOR and ctx.actor.id not in request.actor.askers:
        raise unknown(number)
    if request.state is State.WAITING:
        return ctx.road.card(request, ctx.actor)
    return Reply(
        "#{number} waits for nobody: it was asked {at} and is {state}.",
        number=str(number),
        at=request.asked_at,
        state=request.state.said(),
    )


async def decide(ctx: Context, number: int, *, yes: bool, why: str = "", revision: int = 0) -> Reply | None:
    """Say yes or no to a request; answers what stood in its way, None when it was taken.

    A number alone means the card as it is now: who types it while that changes has not seen it.
    """
    request = await _known(ctx, number)
    if yes and not revision and await _just_changed(ctx, request):
        changed = Reply(
            "#{number} changed a moment ago, so nothing was done. Look at it again:", number=number
        )
        return changed + Reply("\n") + ctx.road.card(request, ctx.actor)
    channel = ctx.origin.channel
    told = await ctx.road.decide(number, ctx.actor, yes=yes, channel=channel, why=why, revision=revision)
    return _about(number, told)


async def reason(ctx: Context, number: int, why: str) -> Reply | None:
    """Say more about a request; answers what stood in its way, None when it was taken."""
    await _known(ctx, number)
    return _about(number, await ctx.road.reason(number, ctx.actor, why, channel=ctx.origin.channel))


async def ask(ctx: Context, number: int) -> Reply | None:
    """Call somebody who could decide it; answers what stood in the way, None when it was done."""
    await _known(ctx, number)
    return _about(number, await ctx.road.ask(number, ctx.actor))


async def withdraw(ctx: Context, number: int) -> Reply | None:
    """Take a request back; answers what stood in its way, None when it was taken."""
    await _known(ctx, number)
    return _about(number, await ctx.road.withdraw(number, ctx.actor, channel=ctx.origin.channel))


def because(why: str) -> Reply:
    """What was said of a request, below that it was said."""
    return Reply("Why: {reason}.", reason=why) if why else Reply("")


def _about(number: int, told: Reply | None) -> Reply | None:
    """What stood in the way says “this”, as on the card; by words it needs the number."""
    return Reply("Request {number}:", number=str(number)) + told if told else None


async def _just_changed(ctx: Context, request: Request) -> bool:
    """Whether the card changed so lately that who typed its number may mean the one before."""
    if request.state is not State.WAITING or request.revision < 2:
        return False
    changed = await ctx.audit.last_of(request.id)
    return changed is not None and ctx.now - changed.at < JUST


async def _known(ctx: Context, number: int) -> Request:
    """Let pass who asked for it, or may look into its room; to others there is no such request."""
    request = await ctx.road.find(number)
    if request is None:
        raise unknown(number)
    looks = (await ctx.rights())(Level.VIEWER, request.room)
    if not looks.allowed and ctx.actor.id not in request.actor.askers:
        raise unknown(number)
    return request
