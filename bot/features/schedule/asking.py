"""What a schedule asks for as itself: whether that may be, what it would do, and each of its runs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.access import Policy
from bot.command import Command, Context, InnerLine, Registry, RoomRef
from bot.command.pinning import invocation_of
from bot.command.reaction import ReactionContext
from bot.errors import UserError
from bot.features.schedule import past
from bot.features.schedule.exceptions import Pause
from bot.features.schedule.lines import RUN, ScheduledLine, ScheduledLines, answered_by
from bot.features.schedule.outcomes import Came, Outcomes
from bot.people import LOCKED_OUT, UNKNOWN, Actor, Yes
from bot.reply import Button, Invocation, Place, Reply, Stakes, roughly
from bot.work import Timers

LineChange = Callable[[ScheduledLine], ScheduledLine]

SHOWN = 5  # moments to come
TOO_LATE = timedelta(hours=1)  # from which on people count on something else


async def permit(ctx: Context, line: InnerLine, room: RoomRef) -> None:
    """Raise UserError where whoever asks may not run the line itself, as the line would."""
    verdict = (await ctx.rights())(line.command.level, room.id)
    if not verdict.allowed:
        raise UserError(verdict.why.template, **verdict.why.values)


async def yes_of(ctx: Context, line: InnerLine, room: RoomRef) -> Yes:
    """Whose yes the line itself would need, here and now and by the policy in force."""
    await permit(ctx, line, room)
    there = await line.command.pin(ctx.names)
    words, found = ctx[Registry].words(there), await _now(ctx, line)
    yes = await ctx[Policy].needed(words, await _needed(ctx, there), there.yes)
    return max(yes, there.yes_at(found.stakes or Stakes()))


async def _needed(ctx: Context, line: Command) -> Yes:
    """Whose yes its case needs now; where that cannot be said, it is asked when its time has come."""
    try:
        return await line.yes_needed(ctx)
    except UserError:
        return line.yes


async def card(ctx: Context, line: InnerLine, asked: Reply) -> Reply:
    """What is asked before a line is scheduled, with what it would do as things are now."""
    facts = [Reply("asked for as the schedule itself"), Reply("roles, lengths and times in it count anew")]
    now = await _now(ctx, line)
    return asked.with_facts(facts) + Reply("\nNow it would be:") + now.first().without_facts()


async def _now(ctx: Context, line: InnerLine) -> Reply:
    """What the line would do now, or why nothing: that may be otherwise when its time has come."""
    try:
        return await (await line.command.pin(ctx.names)).consequence(ctx)
    except UserError as wrong:
        if line.blames(wrong):
            wrong.field = "line"
            raise
        return Reply.of(wrong)


def moments(several: list[datetime]) -> Iterator[Reply]:
    """The next times that it comes, a line each."""
    for at in several:
        yield Reply("\n• {at}", at=at)


def made(ctx: Context, line: InnerLine, room: RoomRef, **when: Any) -> ScheduledLine:
    """The schedule that a request makes."""
    agreed = ctx.request.yes if ctx.request else Yes.NONE
    return ScheduledLine(
        id=str(ctx.cause.request),
        room=room,
        invocation=invocation_of(line.command),
        sentence=str(line),
        cause=ctx.cause,
        reason=line.reason,
        agreed=agreed,
        **when,
    )


async def keep(ctx: Context, line: ScheduledLine) -> None:
    """Let a line come from now on; made twice it is one."""
    async with ctx.transaction() as tx:
        if await ctx[ScheduledLines].held(tx, line.id) is None:
            await ctx[ScheduledLines].keep(tx, line)
            await ctx[Timers].set(tx, line.timer(line.next(ctx.now) or ctx.now))


async def remove(ctx: Context, line: str) -> None:
    """Ask for it no more; harmless when it is over."""
    async with ctx.transaction() as tx:
        await ctx[ScheduledLines].remove(tx, line)
        await ctx[Outcomes].forget(tx, line)
        await ctx[Timers].cancel(tx, RUN.kind, line)


async def adopt(ctx: Context, line: ScheduledLine) -> None:
    """Answer for a line in its maker's place: from now on one's own rights count, and it goes on."""
    cause = ctx.cause
    await _change(ctx, line, lambda held: answered_by(held, cause), missed=line.at)


async def pause(ctx: Context, line: ScheduledLine, until: datetime | None) -> None:
    """Let a line not come for a while; UserError where it would never come after that."""
    if line.at and until and line.at < until:
        raise UserError(
            "“{line}” comes once, {at}: paused until {until} it would never come. Remove it instead: "
            "`/hms schedule remove`.",
            line=line.sentence,
            at=line.at,
            until=until,
        ).at("until")
    held, since = line.pause, ctx.cause.since  # one that began with this request was brought by it
    if held and held.since != since and held.holds(since) and held.until == until:
        raise UserError("“{line}” is paused already.", line=line.sentence)
    rest = Pause(since=since, until=until)
    await _change(ctx, line, lambda held: replace(held, pause=rest))


async def resume(ctx: Context, line: ScheduledLine) -> ScheduledLine:
    """Let a line come again; what it was to do meanwhile is not made up for. Answers how it is now."""
    return await _change(ctx, line, lambda held: replace(held, pause=None))


async def _change(
    ctx: Context, line: ScheduledLine, change: LineChange, *, missed: datetime | None = None
) -> ScheduledLine:
    """Write down how a line is from now on, and when it comes; what was ``missed`` comes at once, as late."""
    async with ctx.transaction() as tx:
        held = await ctx[ScheduledLines].held(tx, line.id)
        if held is None:
            raise UserError("“{line}” is no longer scheduled.", line=line.sentence)
        changed = change(held)
        await ctx[ScheduledLines].keep(tx, changed)
        at = changed.next(ctx.now) or missed
        if at:
            await ctx[Timers].set(tx, changed.timer(at))
        else:
            await ctx[Timers].cancel(tx, RUN.kind, line.id)
    return changed


def unknown(room: RoomRef, number: int) -> UserError:
    """That nothing of the schedule has this number."""
    wrong = UserError(
        "Nothing of the number {number} is scheduled in {room}. See what is: `/hms schedule list`.",
        number=number,
        room=room,
    )
    return wrong.at("number")


async def would(ctx: Context, line: ScheduledLine, asked: Reply) -> Reply:
    """What is asked before a scheduled line is asked for out of its turn, with what it would do now."""
    facts = [Reply("asked for as the schedule itself")]
    following = line.next(ctx.now)
    if following:
        facts.append(Reply("comes {at} all the same", at=following))
    command = await ctx[Registry].load(line.invocation).pin(ctx.names)
    now = await command.consequence(ctx)
    return asked.with_facts(facts) + Reply("\nIt would be:") + now.first().without_facts()


async def run_now(ctx: Context, line: ScheduledLine) -> None:
    """Ask for a line out of its turn; UserError where it waits for somebody who answers for it."""
    actor = None if line.paused else await _asker(ctx, line, ctx[Registry].load(line.invocation))
    if actor is None:
        raise UserError(
            "“{line}” (#{number}) is paused: {by}, who made it, may not do that in {room} any more. "
            "Answer for it: `/hms schedule adopt {number}`.",
            line=line.sentence,
            number=line.id,
            by=line.cause.by,
            room=line.room,
        )
    key = f"run now:{ctx.cause.request}"
    await ctx.road.submit(line.invocation, as_=actor, key=key, reason=line.reason)


async def run(ctx: ReactionContext, line: ScheduledLine) -> None:
    """Do what is due: ask for it, or say why not."""
    late = ctx.occurrence.lateness
    if late > TOO_LATE:
        await _over(ctx, line, _left_out(ctx, line), Came.LEFT_OUT)
        return
    command = ctx[Registry].load(line.invocation)
    actor = await _asker(ctx, line, command)
    if actor is None:
        await _wait_for_answer(ctx, line)
        return
    await ctx.road.submit(line.invocation, as_=actor, key=ctx.occurrence.key, reason=line.reason)
    await _over(ctx, line, _late(ctx, line) if late >= past.LATE else None, Came.RAN)


async def _asker(ctx: Context, line: ScheduledLine, command: Command) -> Actor | None:
    """The schedule as it asks; None where its maker has lost the right, unless it ends or locks."""
    if await _may(ctx, line.maker, line, command):
        return line.actor()
    if not command.closes:
        return None
    others = [*(one.user for one in line.cause.approved), *await ctx.access.admins()]
    for who in others:
        if await _may(ctx, who, line, command):
            return line.actor(who)
    return None


async def _may(ctx: Context, who: str, line: ScheduledLine, command: Command) -> bool:
    person = await ctx.member(who)
    if person.barred in {UNKNOWN, LOCKED_OUT}:  # nobody has lost anything: it is tried again
        raise UserError("Slack cannot say right now whether {who} may do this.", who=person.mention)
    return (await ctx.access.may(person, command.level, room=line.room.id)).allowed


async def _wait_for_answer(ctx: ReactionContext, line: ScheduledLine) -> None:
    """Let it wait until somebody answers for it, and ask the admins."""
    about: dict[str, Any] = {"number": int(line.id), "room": line.room}
    asked = Reply(
        "“{line}” (#{number}) is paused: {by}, who made it, may not do that in {room} any more.",
        line=line.sentence,
        by=line.cause.by,
        buttons=[
            Button("Keep", Invocation("schedule adopt", **about)),
            Button("Remove", Invocation("schedule remove", **about)),
        ],
        **about,
    )
    readers = [*line.cause.places, *await ctx.access.admins()]
    async with ctx.transaction() as tx:
        held = await ctx[ScheduledLines].held(tx, line.id)
        if held:
            await ctx[ScheduledLines].orphan(tx, line.id)
            await ctx[Timers].cancel(tx, RUN.kind, line.id)
        for place in dict.fromkeys(readers):
            await ctx.show(tx, ctx.occurrence.key, Place(place), asked)


async def _over(ctx: ReactionContext, line: ScheduledLine, said: Reply | None, came: Came) -> None:
    """End a moment: what comes once is gone, and what has to be said of it is said."""
    moment = ctx.occurrence.moment
    async with ctx.transaction() as tx:
        if line.cadence is None:
            await ctx[ScheduledLines].remove(tx, line.id)
        else:
            await past.note(ctx, tx, line.id, *past.outcomes_of(ctx, line, came, moment))
        for place in (line.cause.places or (line.maker,)) if said else ():
            await ctx.show(tx, ctx.occurrence.key, Place(place), said or Reply(""))


def _late(ctx: ReactionContext, line: ScheduledLine) -> Reply:
    return Reply(
        "“{line}” (#{number}) in {room} was due {moment}, and is done {late} late.",
        **_due(ctx, line),
    )


def _left_out(ctx: ReactionContext, line: ScheduledLine) -> Reply:
    said = Reply(
        "“{line}” (#{number}) in {room} was due {moment}. That was {late} ago, so it is left out.",
        **_due(ctx, line),
    )
    following = line.next(ctx.now)
    return said + Reply("It comes next {at}.", at=following) if following else said


def _due(ctx: ReactionContext, line: ScheduledLine) -> dict[str, Any]:
    moment, late = ctx.occurrence.moment, roughly(ctx.occurrence.lateness)
    return {"line": line.sentence, "number": line.id, "room": line.room, "moment": moment, "late": late}
