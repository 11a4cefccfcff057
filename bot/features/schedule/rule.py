"""When a room is open: given a rule, its exceptions and two instants, the moments between them.

A span is named by the local date on which it starts, and its date alone says whether it counts. The spans of
one rule never overlap: an end that the clocks push past the next start comes with that start, an end that
somebody moved comes with the next opening at the latest, and no opening comes before the end before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import islice, pairwise
from typing import Self

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from bot.clock import known_zone
from bot.command import Days, Hours
from bot.command.local_time import day_of, exists, first, last
from bot.features.schedule.exceptions import Exceptions
from bot.reply import Phrase, Term

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
YEAR = timedelta(days=366)
EARLIEST = timedelta(hours=12)  # before a start: the span before it is then at most one day earlier
BARREN = 2 * YEAR  # without a span, after which nobody looks further: holidays may be every Sunday
EVERY_CHANGE = timedelta(days=400)  # a year, and both changes of the clocks twice over


class Rule(BaseModel):
    """The hours of some days of the week in a zone, and how long before them the room opens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: Days
    hours: Hours
    zone: str
    open_before: timedelta = MINUTE

    @field_validator("zone")
    @classmethod
    def _is_known(cls, zone: str) -> str:
        if not known_zone(zone):
            raise ValueError("no such zone")
        return zone

    @model_validator(mode="after")
    def _opens_in_time(self) -> Self:
        if not timedelta() <= self.open_before <= EARLIEST:
            raise ValueError("it opens too early, or after its start")
        return self

    def said(self) -> Phrase:
        """How a reply shows it: in its own zone, which the reader's may not be."""
        return Phrase("{days} {hours} {zone}", days=self.days, hours=self.hours, zone=self.zone)

    def starts(self, day: date) -> datetime:
        """When it starts on a date."""
        return first(day, self.hours.start, self.zone)

    def ends(self, day: date) -> datetime:
        """When that ends which started on a date."""
        return last(day + DAY if self.hours.past_midnight else day, self.hours.end, self.zone)


@dataclass(frozen=True, slots=True)
class Span:
    """One time that a room is open, by the local date of its start.

    With ``held`` its end was called off: it lasts until the room opens again, and nothing is done then.
    """

    date: date
    opens: datetime
    starts: datetime
    ends: datetime
    held: bool = False

    def overlaps(self, other: "Span") -> bool:
        """Whether the room would be open for both at once."""
        return self.opens < other.ends and other.opens < self.ends


@dataclass(frozen=True, slots=True)
class Omission:
    """A date that the rule names and that did not come, and why: ours to say, or a holiday's name."""

    date: date
    why: Term | Phrase


def spans(
    rule: Rule, exceptions: Exceptions, after: datetime, before: datetime | None = None
) -> Iterator[Span]:
    """Every span that is open at some moment after the one and before the other instant, in their order."""
    for day in _days(rule, exceptions, after, before):
        span = _span(rule, exceptions, day)
        if span and span.ends > after:
            if before and span.opens >= before:
                return
            yield span


def span_at(rule: Rule, exceptions: Exceptions, now: datetime) -> Span | None:
    """The span for which the room is open now."""
    return next((span for span in spans(rule, exceptions, now, now + MINUTE) if span.opens <= now), None)


def is_open(rule: Rule, exceptions: Exceptions, now: datetime) -> bool:
    """Whether the rule says that the room is open; in a pause it says nothing, which is no."""
    return span_at(rule, exceptions, now) is not None


def upcoming(rule: Rule, exceptions: Exceptions, now: datetime, count: int) -> list[Span]:
    """The next spans that have not opened yet."""
    return list(islice((span for span in spans(rule, exceptions, now) if span.opens > now), count))


def left_out(rule: Rule, exceptions: Exceptions, after: datetime, before: datetime) -> Iterator[Omission]:
    """The dates on which the rule would have started between two instants and did not."""
    for day in _days(rule, exceptions, after, before):
        if day in rule.days and after < rule.starts(day) < before:
            why = _why_not(rule, exceptions, day) or _why_cut(rule, exceptions, day)
            if why:
                yield Omission(day, why)


def clash(
    rule: Rule, exceptions: Exceptions, other: Rule, others: Exceptions, after: datetime
) -> tuple[Span, Span] | None:
    """The first two spans of two rules that overlap within a year, that of the first rule first.

    A rule that is paused clashes with nothing meanwhile: ask without its pauses whether both may stand. A
    year of two rules is ten milliseconds and more: ask beside the event loop.
    """
    until = after + EVERY_CHANGE
    mine = ((span.opens, 0, span) for span in spans(rule, exceptions, after, until))
    theirs = ((span.opens, 1, span) for span in spans(other, others, after, until))
    for (_, one, span), (_, two, following) in pairwise(merge(mine, theirs, key=lambda each: each[:2])):
        # Spans of one rule never overlap, so the first two that do stand beside each other.
        if one != two and span.overlaps(following):
            return (span, following) if one == 0 else (following, span)
    return None


def resumed(rule: Rule, exceptions: Exceptions, now: datetime) -> Exceptions:
    """End a pause now, so that a span counts that would be running."""
    running = span_at(rule, exceptions.model_copy(update={"pauses": ()}), now)
    return exceptions.resuming(running.opens if running else now)


def _days(rule: Rule, exceptions: Exceptions, after: datetime, before: datetime | None) -> Iterator[date]:
    """The dates whose spans may be open between two instants: also those with a moved moment."""
    begin = day_of(after, rule.zone) - DAY  # a span may end on the day after its start
    early = (day for day, at in exceptions.openings.items() if before and at < before)
    final = max(day_of(before, rule.zone), *early, begin) if before else _last_day(rule, exceptions, begin)
    yield from sorted(day for day in exceptions.ends if day < begin)
    while begin <= final + DAY:
        yield begin
        begin += DAY


def _last_day(rule: Rule, exceptions: Exceptions, begin: date) -> date:
    """Where to stop to look: a rule that is paused for years has a span behind that."""
    if any(pause.until is None for pause in exceptions.pauses):
        since = max(pause.since for pause in exceptions.pauses if pause.until is None)
        return max(day_of(since, rule.zone), begin)
    pauses = (day_of(pause.until, rule.zone) for pause in exceptions.pauses if pause.until)
    return max(begin, exceptions.counts_from or begin, *pauses) + BARREN


def _span(rule: Rule, exceptions: Exceptions, day: date) -> Span | None:
    if not _counts(rule, exceptions, day):
        return None
    starts, moved = rule.starts(day), exceptions.ends.get(day)
    held = day in exceptions.ends and moved is None
    ends = _moved_end(rule, exceptions, day, moved) if day in exceptions.ends else _end(rule, exceptions, day)
    if ends <= starts or exceptions.paused(ends):
        return None
    return Span(day, _opens(rule, exceptions, day, starts), starts, ends, held)


def _counts(rule: Rule, exceptions: Exceptions, day: date) -> bool:
    """Whether the rule names this date and nothing takes it out."""
    begun = exceptions.counts_from is None or day >= exceptions.counts_from
    return begun and day in rule.days and _why_not(rule, exceptions, day) is None


def _why_not(rule: Rule, exceptions: Exceptions, day: date) -> Term | Phrase | None:
    starts = rule.starts(day)
    if exceptions.counts_from and day < exceptions.counts_from:
        return None
    if exceptions.paused(starts):
        return Term("paused")
    if rule.ends(day) <= starts or (day_of(starts, rule.zone) != day and not exists(day, rule.zone)):
        return Term("the clocks skip it")
    return exceptions.why(day)


def _why_cut(rule: Rule, exceptions: Exceptions, day: date) -> Term | None:
    """Why a date that counts has no span: its end is in a pause, or was moved to before its start."""
    begun = exceptions.counts_from is None or day >= exceptions.counts_from
    if not begun or _span(rule, exceptions, day):
        return None
    return Term("paused") if exceptions.paused(rule.ends(day)) else Term("called off")


def _end(rule: Rule, exceptions: Exceptions, day: date) -> datetime:
    """When a span ends that nobody moved: in autumn the next may start in the hour that comes twice."""
    ends = rule.ends(day)
    follows = rule.hours.past_midnight and ends > rule.starts(day + DAY)
    return rule.starts(day + DAY) if follows and _counts(rule, exceptions, day + DAY) else ends


def _moved_end(rule: Rule, exceptions: Exceptions, day: date, moved: datetime | None) -> datetime:
    """When a span ends whose end was moved or called off: with the next opening at the latest."""
    latest = moved or rule.starts(day) + YEAR
    early = (one for one, opens in exceptions.openings.items() if one > day and opens < latest)
    for following in _between(day + DAY, max([day_of(latest, rule.zone) + DAY, *early])):
        if _counts(rule, exceptions, following):
            return min(latest, _opens(rule, exceptions, following, rule.starts(following)))
    return latest


def _opens(rule: Rule, exceptions: Exceptions, day: date, starts: datetime) -> datetime:
    """When a span opens: never before the end of the one before it, unless that one lasts until then."""
    wanted = exceptions.openings.get(day, starts - rule.open_before)
    for earlier in _between(day_of(wanted, rule.zone) - DAY, day - DAY):
        if _counts(rule, exceptions, earlier):
            ends = _end(rule, exceptions, earlier)
            wanted = max(wanted, min(ends, exceptions.ends.get(earlier) or ends))
    return min(wanted, starts)


def _between(begin: date, final: date) -> Iterator[date]:
    return (begin + DAY * number for number in range((final - begin).days + 1))
