"""Deciding by words what others decide on a card."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.access import Rights
from bot.command import Context
from bot.errors import UserError
from bot.people import Actor, Level, Yes
from bot.reply import Button, Code, Reply, Table
from bot.request.request import Request, State

_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
JUST = timedelta(seconds=10)
MOST_PRESSED = 10  # of a list: whoever has more before them looks at each card
_LOOKED_UP = 30  # of one page: what strangers write may look like an id, and Slack is asked for each


async def waiting_for(ctx: Context) -> tuple[Request, ...]:
    """What waits for a yes that the actor could give."""
    waiting = await ctx.road.waiting()
    if not waiting:
        return ()
    rights = await ctx.access.rights(ctx.actor)
    return tuple(request for request in waiting if _can_decide(ctx.actor, rights, request))


def choices(ctx: Context, requests: Sequence[Request]) -> list[Button]:
    """Buttons to decide the first few of these, or to take them back; of several each says which."""
    several = len(requests) > 1
    return [
        replace(button, label=f"{button.label} · #{request.id}") if several else button
        for request in requests[:MOST_PRESSED]
        for button in ctx.road.choices(request, ctx.actor.id)
    ]


async def listed(ctx: Context, requests: Sequence[Request]) -> Table:
    """Requests as a table: which, who asked, for whose yes it waits and until when."""
    lines = await with_names(ctx, [f"/hms {request.sentence}" for request in requests])
    rows = tuple(
        (request.id, Code(line), request.actor.mention, request.yes.whom, request.expires_at)
        for request, line in zip(requests, lines, strict=True)
    )
    return Table(("Request", "What", "Asked by", "Waits for", "Until"), rows)


def unknown(number: int) -> UserError:
    """The sentence for a request that is not there, or of a room that is none of theirs who ask."""
    return UserError("There is no request {number}. See /hms approval list.", number=str(number))


async def with_names(ctx: Context, texts: Sequence[str]) -> list[str]:
    """The same texts with the names of people in place of their ids; to be named so calls nobody."""
    ids = dict.fromkeys(found[1] for text in texts for found in _PERSON.finditer(text))
    names = {user: (await ctx.member(user)).name for user in list(ids)[:_LOOKED_UP]}
    return [_PERSON.sub(lambda found: f"@{names.get(found[1], found[1])}", text) for text in texts]


async def decide(ctx: Context, number: int, *, yes: bool, why: str = "", revision: int = 0) -> Reply | None:
    """Say yes or no to a request; answers what stood in its way, None when it was taken.

    A number alone means the card as it is now: who types it while that changes has not seen it.
    """
    request = await _known(ctx, number)
    if yes and not revision and await _just_changed(ctx, request):
        return Reply(
            "Request {number} changed a moment ago, so nothing was done. Look at it again:",
            number=str(number),
        ) + card(ctx, request)
    channel = ctx.origin.channel
    told = await ctx.road.decide(number, ctx.actor, yes=yes, channel=channel, why=why, revision=revision)
    return _about(number, told)


def card(ctx: Context, request: Request) -> Reply:
    """A request as its card asks for it, with what this person can press."""
    shown, by = request.consequence or Reply("This waits for a yes."), request.actor.mention
    asked = Reply("\nAsked by {by}.", by=by)
    if request.reason:
        asked = Reply("\n{by}: {reason}", by=by, reason=request.reason)
    waits = Reply("\nIt waits until {until}.", until=request.expires_at, buttons=choices(ctx, [request]))
    return Reply("\n") + shown + asked + waits


async def withdraw(ctx: Context, number: int) -> Reply | None:
    """Take a request back; answers what stood in its way, None when it was taken."""
    await _known(ctx, number)
    return _about(number, await ctx.road.withdraw(number, ctx.actor, channel=ctx.origin.channel))


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
    channel = ctx.origin.channel
    verdict = await ctx.access.may(ctx.actor, Level.VIEWER, room=request.room, channel=channel)
    if not verdict.allowed and ctx.actor.id not in request.actor.askers:
        raise unknown(number)
    return request


def _can_decide(actor: Actor, rights: Rights, request: Request) -> bool:
    own = request.actor.id == actor.id
    if request.has_yes_of(actor.id):
        return False
    if request.yes <= Yes.ACTOR:
        return own
    return rights(request.yes.level, request.room).allowed and not own
