"""What a schedule did, what it left out, and why: noted as it comes, and said to whoever looks."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, takewhile

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context
from bot.features.schedule.book import Window
from bot.features.schedule.lines import ScheduledLine
from bot.features.schedule.outcomes import Came, MomentOutcome, Outcomes
from bot.features.schedule.rule import MINUTE, Omission, left_out, spans
from bot.reply import Counted, Reply, roughly

LATE = MINUTE  # from which on it is said that something came late
BEHIND = timedelta(days=60)  # in which what was left out is named
COUNTED = 100  # missed moments: who was away for longer reads no more of it

SAID = {
    Came.OPENED: "Last opened {at}.",
    Came.CLOSED: "Last closed {at}.",
    Came.RAN: "Last came {at}.",
    Came.STAYED_LOCKED: "Not opened {moment}: it was locked by hand for longer.",
    Came.STAYED_OPEN: "Not closed {moment}: its next hours had begun.",
    Came.UNCLEAR: "Locked {at}, but 100ms did not say whether its session was ended.",
    Came.NOT_OPENED: "Not opened {moment}: I was not there, or 100ms did not do it.",
    Came.LEFT_OUT: "Left out {moment}: it was too late by then.",
}
LATELY = {
    Came.OPENED: "Last opened {at}, {late} late.",
    Came.CLOSED: "Last closed {at}, {late} late.",
    Came.RAN: "Last came {at}, {late} late.",
}
SEVERAL = {
    Came.NOT_OPENED: "Not opened {times}, last {moment}: I was not there, or 100ms did not do it.",
    Came.LEFT_OUT: "Left out {times}, last {moment}: it was too late by then.",
}


async def missed_openings(ctx: Context, window: Window, before: datetime) -> list[MomentOutcome]:
    """The openings before a moment that did not come, since the last that is noted."""
    noted = [one.moment for one in (await ctx[Outcomes].of(window.id))[window.id]]
    since = max(window.cause.since, before - BEHIND, *noted)
    opened = (span.opens for span in spans(window.rule, window.exceptions, since, before))
    return _missed(ctx, Came.NOT_OPENED, [at for at in opened if since < at < before])


def outcomes_of(ctx: Context, line: ScheduledLine, came: Came, moment: datetime) -> list[MomentOutcome]:
    """What came of a line at a moment, and of the times after it that it was late for."""
    following = takewhile(lambda at: at < ctx.now, line.times(moment))
    missed = list(islice(following, COUNTED)) if ctx.now - moment >= LATE else []
    if came is Came.LEFT_OUT:
        missed.insert(0, moment)
    done = [MomentOutcome(came, moment, ctx.now)] if came is not Came.LEFT_OUT else []
    return [*done, *_missed(ctx, Came.LEFT_OUT, missed)]


def _missed(ctx: Context, came: Came, moments: Sequence[datetime]) -> list[MomentOutcome]:
    return [MomentOutcome(came, moments[-1], ctx.now, len(moments))] if moments else []


async def note(ctx: Context, tx: AsyncConnection, schedule: str, *several: MomentOutcome) -> None:
    """Write down what came of the moments of a schedule."""
    await ctx[Outcomes].note(tx, *((schedule, one) for one in several))


def omissions(window: Window, now: datetime) -> list[Omission]:
    """The dates of late that the hours left out, the newest first; none from before they were made."""
    since = max(window.cause.since, now - BEHIND)
    return list(left_out(window.rule, window.exceptions, since, now))[::-1]


def newest(window: Window, outcomes: Sequence[MomentOutcome], now: datetime) -> Iterator[Reply]:
    """What the hours did last, and why not on a date since."""
    for outcome in outcomes[:1]:
        yield said(outcome)
    since = outcomes[0].moment if outcomes else window.cause.since
    for one in omissions(window, now)[:1]:
        if window.rule.starts(one.date) > since:
            yield Reply("Not on {date}: {why}.", date=one.date, why=one.why)


def each(outcomes: Sequence[MomentOutcome]) -> Iterator[Reply]:
    """What came of the moments of a schedule, a line each."""
    for outcome in outcomes:
        yield Reply("\n•") + said(outcome)


def said(outcome: MomentOutcome) -> Reply:
    """What came of a moment, how late that was where it was late, or why nothing did."""
    words = SAID[outcome.came]
    if outcome.came in LATELY and outcome.lateness >= LATE:
        words = LATELY[outcome.came]
    elif outcome.came in SEVERAL and outcome.times > 1:
        words = SEVERAL[outcome.came]
    late = roughly(outcome.lateness)
    times = Counted(outcome.times, "time", "times")
    return Reply(words, at=outcome.done_at, moment=outcome.moment, late=late, times=times)
