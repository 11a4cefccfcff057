"""From asked to waiting or running: access, pin, consequence, whose yes."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from bot.access import ANYWHERE
from bot.command import Command, write
from bot.command.pinning import placed
from bot.dispatch import saying
from bot.dispatch.context import Running, context
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.meaning import meant
from bot.errors import UserError
from bot.hms import one_look
from bot.people import Actor, Yes
from bot.reply import Reply, Stakes
from bot.request.facts import NeedsYes, Refused, Unopposed
from bot.request.request import Origin, Request

LOOKED_UP = 20  # of those who could decide; a workspace has few moderators, and Slack is asked about each
WAITS = timedelta(minutes=10)
TRIED = 2 / 3  # of how long a write may hold an ack up, which follows: both fit into Slack's three seconds


async def actor_of(road: Dispatcher, request: Request) -> Actor:
    """Who asked, as the door knows them now; behind what is no person its maker stands."""
    known = await road.voice.actor(request.actor.accountable)
    return replace(request.actor, zone=known.zone, barred=known.barred) if request.actor.behind else known


async def tried(road: Dispatcher, command: Command, who: str, origin: Origin) -> Reply | UserError | None:
    """What a command says to a form that is still open: what is wrong with it, or what a preview shows.

    None for what the request has to say: it writes down who may not ask, and what takes longer than Slack
    waits is looked at afterwards.
    """
    try:
        async with asyncio.timeout(TRIED * road.patience):
            with one_look():
                return await _try(road, command, who, origin)
    except UserError as wrong:
        return wrong
    except Exception:  # noqa: BLE001 -- the request meets it again, and answers for it
        return None


async def consider(road: Dispatcher, request: Request, actor: Actor) -> NeedsYes | Unopposed | Refused:
    """Find out everything that must be known before an act is held or run; errors travel up."""
    ctx = context(road, actor, request)
    plain = request.invocation not in [one.invocation for one in request.loosely]
    asked = road.registry.load(request.invocation)
    command, loose = await meant(ctx, asked, request.loosely, plain=plain)
    room = command.in_room
    await _readable(road, request, command)
    invocation, reason = road.registry.invocation(command), _reason(request, command)
    sentence = write(road.registry, command)
    yes = max(await yes_of(ctx, command), Yes.ACTOR if loose else Yes.NONE)
    # What a schedule asks was confirmed, and approved, when it was made: more than that is asked for now.
    sure = (request.sure and not loose) or actor.behind  # what was read loosely is always shown first
    unopposed = max(Yes.ACTOR if sure else Yes.NONE, actor.agreed)
    if yes <= unopposed and command.by_stakes:
        yes = max(yes, command.yes_at((await command.consequence(ctx)).stakes or Stakes()))
    if yes <= unopposed:
        where = await places(road, request, room, [actor.accountable])
        return Unopposed(actor.name, reason, invocation, room, where, sentence)
    consequence = await saying.complete(command.consequence(ctx))
    yes = max(yes, command.yes_at(consequence.stakes or Stakes()))
    people = await deciders(road, request, room, yes)
    if yes > Yes.ACTOR and not people:
        return Refused(_nobody(yes))
    where = await places(road, request, room, people)
    until, same = road.clock() + WAITS, sameness(command, yes, actor)
    return NeedsYes(
        actor.name,
        reason,
        invocation,
        room,
        consequence,
        yes,
        until,
        where,
        sentence=sentence,
        same=same,
    )


def _reason(request: Request, command: Command) -> str:
    """Why it is asked for; a word to another request is read there, and is no cause of what comes of this."""
    return "" if command.aside else getattr(command, "reason", request.reason)


def sameness(command: Command, yes: Yes, actor: Actor) -> str:
    """What is equal in two askings of which one may wait: their own confirm is nobody else's."""
    asker = actor.id if yes is Yes.ACTOR else ""
    return sha256(f"{asker} {command.sameness}".encode()).hexdigest()


async def yes_of(ctx: Running, command: Command) -> Yes:
    """Whose yes it takes here and now, by the case and by the policy in force."""
    words = ctx.dispatcher.registry.words(command)
    return await ctx.dispatcher.policy.needed(words, await command.yes_needed(ctx), command.yes)


async def places(road: Dispatcher, request: Request, room: str, people: Sequence[str]) -> tuple[str, ...]:
    """Where others read of it: where it was asked and I am, else the room's channel, else direct messages."""
    asked = request.origin.place
    if asked.channel and not asked.direct and not await _unread(road, asked.channel):
        return (asked.channel,)
    bound = await _bound(road, room)
    if bound:
        return (bound,)
    # Who is alone with me reads it where they asked, and not once more beside it.
    return (asked.channel,) if asked.direct and list(people) == [request.actor.accountable] else tuple(people)


async def deciders(road: Dispatcher, request: Request, room: str, yes: Yes) -> list[str]:
    """Who could say this yes: whoever asked, or everybody else who may."""
    if yes <= Yes.ACTOR:
        return [request.actor.accountable]
    could = await road.access.deciders(
        yes.level, room=room, besides=request.actor.askers, before=request.asked_at
    )
    await asyncio.gather(*(road.voice.actor(who) for who in could[:LOOKED_UP]))
    return [who for who in could if not road.voice.has_left(who)]


async def _readable(road: Dispatcher, request: Request, command: Command) -> None:
    """Raise UserError where nobody could read what was done: neither where it was asked nor of its room."""
    asked = request.origin.place
    if command.aside or not asked.channel or asked.direct:
        return
    why = await _unread(road, asked.channel)
    if why and (command.about_channel or not await _bound(road, command.in_room)):
        raise why


async def _bound(road: Dispatcher, room: str) -> str | None:
    """The first of the room's channels in which I am."""
    for channel in await road.bound(room) if room else ():
        if not await _unread(road, channel):
            return channel
    return None


async def _unread(road: Dispatcher, channel: str) -> UserError | None:
    """Why what I write in a channel would not be read there; None where it would."""
    try:
        there = await road.voice.reaches(channel)
    except UserError as unknown:
        return unknown
    if there:
        return None
    return UserError(
        "I am not in this channel, so nobody here could read what was done. "
        "Type /invite @hms, then ask again."
    )


async def _try(road: Dispatcher, command: Command, who: str, origin: Origin) -> Reply | None:
    ctx = context(road, await road.voice.actor(who), origin)
    if not await _may(ctx, command):
        return None
    names = ctx.names.needing(command.level)
    there = await placed(command, names)
    if not await _may(ctx, there):
        return None
    exact = await there.pin(names)
    if command.previews:
        return await saying.complete(exact.consequence(ctx))
    await exact.check(ctx)
    return None


async def _may(ctx: Running, command: Command) -> bool:
    room = command.in_room or ANYWHERE
    return (await ctx.rights())(command.level, room).allowed


def _nobody(yes: Yes) -> Reply:
    if yes is Yes.ADMIN:
        return Reply(
            "This needs the yes of a second person who is admin, and there is none. "
            "An admin can appoint one: `/hms access grant`."
        )
    return Reply(
        "This needs the yes of a second moderator, and there is none here. What works alone: "
        "`/hms say`, `/hms room lock`, `/hms end-room`. An admin can appoint somebody: `/hms access grant`."
    )
