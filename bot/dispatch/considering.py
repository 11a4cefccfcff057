"""From asked to waiting or running: access, pin, consequence, whose yes."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.access import ANYWHERE
from bot.command import Ambiguous, Command, Incomplete
from bot.command.pinning import placed
from bot.dispatch import saying
from bot.dispatch.context import Running, context
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import UserError
from bot.people import Actor, Yes
from bot.reply import Reply
from bot.request.facts import NeedsYes, Refused, Unopposed
from bot.request.request import Origin, Request

LOOKED_UP = 20  # of those who could decide; a workspace has few moderators, and Slack is asked about each
WAITS = timedelta(minutes=10)
TRIED = 1.0  # seconds; Slack gives a form three, of which writing down what it asks may take the half


async def actor_of(road: Dispatcher, request: Request) -> Actor:
    """Who asked, as the door knows them now; behind what is no person its maker stands."""
    known = await road.voice.actor(request.actor.accountable)
    return replace(request.actor, zone=known.zone, barred=known.barred) if request.actor.behind else known


async def allowed(
    road: Dispatcher, actor: Actor, command: Command, channel: str, room: str = ANYWHERE
) -> None:
    """Let somebody pass who may do this (in this room); raises UserError with the reason otherwise."""
    verdict = await road.access.may(actor, command.level, room=room, channel=channel)
    if not verdict.allowed:
        raise UserError(verdict.why.template, **verdict.why.values)


async def objection(road: Dispatcher, command: Command, who: str, origin: Origin) -> UserError | None:
    """What a command itself finds wrong with a form that is still open.

    None for what the request has to say: it writes down who may not ask, a choice needs buttons, and what
    takes longer than Slack waits is looked at afterwards.
    """
    try:
        async with asyncio.timeout(TRIED):
            await _try(road, command, who, origin)
    except (Ambiguous, Incomplete):
        return None
    except UserError as wrong:
        return wrong
    except Exception:  # noqa: BLE001 -- the request meets it again, and answers for it
        return None
    return None


async def pinned(ctx: Running, command: Command) -> Command:
    """The command with every name turned into what it means; asks again whether it is allowed there.

    The right to the room comes before anything is looked up in it: a near miss would tell who is there.
    """
    await allowed(ctx.dispatcher, ctx.actor, command, ctx.origin.channel)
    names = ctx.names.needing(command.level)
    there = await placed(command, names)
    where = ANYWHERE if command.about_requests else room_of(there)
    await allowed(ctx.dispatcher, ctx.actor, there, ctx.origin.channel, where)
    return await there.pin(names)


def room_of(command: Command) -> str:
    """The room a pinned command is about, if it is about one."""
    room = getattr(command, "room", None)
    return getattr(room, "id", "") or ""


async def consider(road: Dispatcher, request: Request, actor: Actor) -> NeedsYes | Unopposed | Refused:
    """Find out everything that must be known before an act is held or run; errors travel up."""
    ctx = context(road, actor, request)
    command = await pinned(ctx, road.registry.load(request.invocation))
    await _reachable(road, request)
    room = room_of(command)
    invocation, reason = road.registry.invocation(command), getattr(command, "reason", request.reason)
    yes = await yes_of(ctx, command)
    # What a schedule asks was confirmed when it was made: nobody is there to confirm it again.
    confirmed = request.sure or bool(actor.behind)
    if yes is Yes.NONE or (yes is Yes.ACTOR and confirmed):
        where = await places(road, request, room, [actor.accountable])
        return Unopposed(actor.name, reason, invocation, room, where)
    consequence = await saying.complete(command.consequence(ctx))
    people = await deciders(road, request, room, yes)
    if yes > Yes.ACTOR and not people:
        return Refused(_nobody(yes))
    where = await places(road, request, room, people)
    return NeedsYes(actor.name, reason, invocation, room, consequence, yes, road.clock() + WAITS, where)


async def yes_of(ctx: Running, command: Command) -> Yes:
    """Whose yes it takes here and now, by the case and by the policy in force."""
    words = ctx.dispatcher.registry.words(command)
    return await ctx.dispatcher.policy.needed(words, await command.yes_needed(ctx), command.yes)


async def places(road: Dispatcher, request: Request, room: str, people: Sequence[str]) -> tuple[str, ...]:
    """Where others read of it: where it was asked, else the room's channel, else direct messages."""
    asked = request.origin.place
    if asked.channel and not asked.direct:
        return (asked.channel,)
    bound = await road.bound(room) if room else None
    return (bound,) if bound else tuple(people)


async def deciders(road: Dispatcher, request: Request, room: str, yes: Yes) -> list[str]:
    """Who could say this yes: whoever asked, or everybody else who may."""
    if yes <= Yes.ACTOR:
        return [request.actor.accountable]
    could = await road.access.deciders(
        yes.level, room=room, besides=request.actor.askers, before=request.asked_at
    )
    await asyncio.gather(*(road.voice.actor(who) for who in could[:LOOKED_UP]))
    return [who for who in could if not road.voice.has_left(who)]


async def _reachable(road: Dispatcher, request: Request) -> None:
    asked = request.origin.place
    if asked.channel and not asked.direct and not await road.voice.reaches(asked.channel):
        raise UserError(
            "I am not in this channel, so nobody here could read what was done. "
            "Type /invite @hms, then ask again."
        )


async def _try(road: Dispatcher, command: Command, who: str, origin: Origin) -> None:
    ctx = context(road, await road.voice.actor(who), origin)
    if await _may(ctx, command):
        names = ctx.names.needing(command.level)
        there = await placed(command, names)
        if await _may(ctx, there):
            await (await there.pin(names)).check(ctx)


async def _may(ctx: Running, command: Command) -> bool:
    room = room_of(command) or ANYWHERE
    may = ctx.dispatcher.access.may
    return (await may(ctx.actor, command.level, room=room, channel=ctx.origin.channel)).allowed


def _nobody(yes: Yes) -> Reply:
    if yes is Yes.ADMIN:
        return Reply(
            "This needs the yes of a second person who is admin, and there is none. "
            "An admin can appoint one: /hms access grant."
        )
    return Reply(
        "This needs the yes of a second moderator, and there is none here. What works alone: "
        "/hms say, /hms room lock, /hms end-room. An admin can appoint somebody: /hms access grant."
    )
