"""From asked to waiting or running: access, pin, consequence, whose yes."""

from collections.abc import Sequence
from datetime import timedelta

from bot.access import ANYWHERE
from bot.command import Command, Context
from bot.command.ports import Road
from bot.dispatch.context import Running, context
from bot.dispatch.parts import Parts
from bot.errors import UserError
from bot.people import Actor, Yes
from bot.reply import Reply
from bot.request.facts import NeedsYes, Refused, Unopposed
from bot.request.request import Request

WAITS = timedelta(minutes=10)


async def allowed(parts: Parts, actor: Actor, command: Command, channel: str, room: str = ANYWHERE) -> None:
    """Let somebody pass who may do this (in this room); raises UserError with the reason otherwise."""
    verdict = await parts.access.may(actor, command.level, room=room, channel=channel)
    if not verdict.allowed:
        raise UserError(verdict.why.template, **verdict.why.values)


async def pinned(ctx: Running, command: Command) -> Command:
    """The command with every name turned into what it means; asks again whether it is allowed there."""
    await allowed(ctx.parts, ctx.actor, command, ctx.origin.channel)
    exact = await command.pin(ctx.names)
    await allowed(ctx.parts, ctx.actor, exact, ctx.origin.channel, room_of(exact))
    return exact


def room_of(command: Command) -> str:
    """The room a pinned command is about, if it is about one."""
    room = getattr(command, "room", None)
    return getattr(room, "id", "") or ""


async def consider(
    parts: Parts, road: Road, request: Request, actor: Actor
) -> NeedsYes | Unopposed | Refused:
    """Find out everything that must be known before an act is held or run; errors travel up."""
    ctx = context(parts, road, actor, request)
    command = await pinned(ctx, parts.registry.load(request.invocation))
    await _reachable(parts, request)
    room = room_of(command)
    invocation, reason = parts.registry.invocation(command), getattr(command, "reason", request.reason)
    yes = await yes_of(parts, ctx, command)
    if yes is Yes.NONE or (yes is Yes.ACTOR and request.sure):
        return Unopposed(actor.name, reason, invocation, room, await places(parts, request, room, [actor.id]))
    consequence = await command.consequence(ctx)
    deciders = await _deciders(parts, request, room, yes)
    if yes > Yes.ACTOR and not deciders:
        return Refused(_nobody(yes))
    where = await places(parts, request, room, deciders)
    return NeedsYes(actor.name, reason, invocation, room, consequence, yes, parts.clock() + WAITS, where)


async def yes_of(parts: Parts, ctx: Context, command: Command) -> Yes:
    """Whose yes it takes here and now, by the case and by the policy in force."""
    words = parts.registry.words(command)
    return await parts.policy.needed(words, await command.yes_needed(ctx), command.yes)


async def places(parts: Parts, request: Request, room: str, people: Sequence[str]) -> tuple[str, ...]:
    """Where others read of it: where it was asked, else the room's channel, else direct messages."""
    channel = request.origin.channel
    if channel and not is_direct(channel):
        return (channel,)
    bound = await parts.bound(room) if room else None
    return (bound,) if bound else tuple(people)


def is_direct(channel: str) -> bool:
    """Whether a channel is one person's direct messages."""
    return channel.startswith(("D", "U"))


async def _reachable(parts: Parts, request: Request) -> None:
    channel = request.origin.channel
    if channel and not is_direct(channel) and not await parts.voice.reaches(channel):
        raise UserError(
            "I am not in this channel, so nobody here could read what was done. "
            "Type /invite @hms, then ask again."
        )


async def _deciders(parts: Parts, request: Request, room: str, yes: Yes) -> list[str]:
    if yes <= Yes.ACTOR:
        return [request.actor.id]
    return await parts.access.deciders(
        yes.level, room=room, besides=request.actor.id, before=request.asked_at
    )


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
