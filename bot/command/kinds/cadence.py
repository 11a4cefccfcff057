"""How often something is said or done: each quarter of an hour, each morning, each first of the month."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from bot.command.kinds.base import Kind, Pinned, Slot
from bot.command.kinds.days import Days
from bot.command.local_time import day_of, exists, first
from bot.command.times import LONGEST, WORDS, ends_a_day, length, length_in_words, time_of_day
from bot.command.tokens import quoted
from bot.errors import UserError
from bot.reply import Code, Phrase, Term
from bot.store import JSON

SHORTEST = timedelta(minutes=1)
LAST = -1  # day of a month
EVERY_MONTH_HAS = 28
DAY = timedelta(days=1)
FAR = 62  # days within which each cadence comes again, also where a month's day was no date there

_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_SUCH = (Code("15m"), Code("daily 09:00"), Code("mon-fri 09:00"), Code("1st 08:00"), Code("last 08:00"))


class Cadence(BaseModel):
    """How often: each so long, or at a time of day on days of the week or on one day of the month.

    Of the three, ``every``, ``days`` and ``of_month``, exactly one is said; ``-1`` is the last of the month.
    The ``zone`` is empty until it is pinned.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    zone: str = ""
    every: timedelta | None = None
    days: Days | None = None
    of_month: int | None = None
    at: time | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        said = [each for each in (self.every, self.days, self.of_month) if each is not None]
        if len(said) != 1 or (self.every is None) == (self.at is None):
            raise ValueError("it is no cadence, or several")
        if self.every is not None and not SHORTEST <= self.every <= LONGEST:
            raise ValueError("it comes too often, or never")
        return self

    @classmethod
    def parse(cls, words: str, zone: str = "") -> "Cadence":
        """Read ``15m``, ``daily 09:00``, ``mon-fri 09:00``, ``1st 08:00``, ``last 08:00``.

        ``fri 24:00`` ends Friday: it is ``sat 00:00``, and ``last 24:00`` is ``1st 00:00``.

        Raises UserError when the words are something else, or come more often than each minute.
        """
        plain = " ".join(words.split()).casefold()
        each = plain.removeprefix("every ")
        wait = length(each) or length(f"1 {each}")  # every hour
        if wait:
            return cls(zone=zone, every=_checked(words, wait))
        when, clock = _split(plain)
        at, ends = time_of_day(clock), ends_a_day(clock)
        if at is None:
            raise _no_cadence(words)
        day = _of_month(when)
        if day:
            return cls(zone=zone, of_month=_day_after(words, day) if ends else day, at=at)
        try:
            days = Days.of(when)
        except UserError as error:
            raise _no_cadence(words) from error
        return cls(zone=zone, days=days.following if ends else days, at=at)

    def next_after(self, after: datetime, anchor: datetime | None = None) -> datetime:
        """The next time; a length is counted from the anchor, and nothing missed is made up for."""
        if self.every is not None:
            return _in_step(self.every, after, anchor or after)
        return next(at for at in self._dated(day_of(after, self.zone)) if at > after)

    @staticmethod
    def set_back(payload: Mapping[str, JSON], by: timedelta) -> Mapping[str, JSON] | None:
        """What the moment of a series says after a clock was set back: it is counted from so much earlier.

        None where it comes at times of day, or once.
        """
        if not payload["cadence"] or payload["cadence"]["every"] is None:
            return None
        since = datetime.fromisoformat(payload["since"]) - by
        return {**payload, "since": since.isoformat()}

    @property
    def written(self) -> str:
        """How one types it."""
        if self.every is not None:
            return length_in_words(self.every)
        return f"{self._day_in_words} {self.at:%H:%M}"

    def said(self) -> Phrase:
        """How a reply shows it: in its own zone, which the reader's may not be."""
        if self.every is not None:
            return Phrase("every {length}", length=self.every)
        return Phrase("{days} {time} {zone}", days=self._day_said, time=f"{self.at:%H:%M}", zone=self.zone)

    @property
    def _day_in_words(self) -> str:
        if self.days is not None:
            return self.days.written
        return "last" if self.of_month == LAST else f"{self.of_month}{_ending(self.of_month or 0)}"

    @property
    def _day_said(self) -> Days | Term | Phrase:
        if self.days is not None:
            return self.days
        if self.of_month == LAST:
            return Term("on the last of the month")
        return Phrase("on day {day} of the month", day=self.of_month)

    def _dated(self, today: date) -> "list[datetime]":
        """Its times from a day on: on a date that the place has, at the first moment that shows its time."""
        at = self.at or time()
        days = (today + DAY * number for number in range(-1, FAR))
        return [first(day, at, self.zone) for day in days if self._names(day) and exists(day, self.zone)]

    def _names(self, day: date) -> bool:
        if self.days is not None:
            return day in self.days
        last = monthrange(day.year, day.month)[1]
        return day.day == (last if self.of_month == LAST else self.of_month)


class CadenceKind(Kind):
    """How often something comes."""

    annotation, sample = Cadence, "15m"
    widths = tuple(range(WORDS + 1, 0, -1))  # every last day of the month at 8 am

    def read(self, words: str) -> Cadence:
        """Read it whole; ``pin`` finds the zone."""
        return Cadence.parse(words)

    def write(self, value: Cadence) -> str:
        """The shortest way to type it."""
        return value.written

    def word(self, value: Cadence) -> str:
        """Always quoted: a number behind it would be taken for a part of it."""
        return quoted(value.written, if_needed=False)

    async def pin(self, value: Cadence | None, slot: Slot) -> Pinned:
        """Mean its times of day in the zone of where they were said."""
        if value is None or value.zone:
            return Pinned(value)
        return Pinned(value.model_copy(update={"zone": (await slot.names.zone()).name}))


def _in_step(every: timedelta, after: datetime, anchor: datetime) -> datetime:
    """The first of the steps from the anchor that is later; none is before it."""
    return anchor + every * (max((after - anchor) // every, 0) + 1)


def _checked(words: str, wait: timedelta) -> timedelta:
    if wait < SHORTEST:
        raise UserError("“{words}” is too often: at most once a minute. Write a longer time.", words=words)
    if wait > LONGEST:
        raise UserError(
            "“{words}” is too long: {longest} at most. Write a shorter time.", words=words, longest=LONGEST
        )
    return wait


def _split(plain: str) -> tuple[str, str]:
    """The days and the time of day behind them: ``1st of the month at 8 am``."""
    parts = plain.split(" ")
    for width in (2, 1):
        clock = " ".join(parts[-width:]) if len(parts) > width else ""
        if time_of_day(clock) is not None:
            return " ".join(parts[:-width]).removesuffix(" at"), clock
    return plain, ""


def _of_month(when: str) -> int | None:
    day = when.removeprefix("every ").removeprefix("the ").removesuffix(" of the month").removesuffix(" day")
    if day == "last":
        return LAST
    found = _OF_MONTH.fullmatch(day)
    if not found:
        return None
    number = int(found[1])
    if not 1 <= number <= EVERY_MONTH_HAS:
        raise UserError(
            "Not every month has a day {day}. Write one up to {most}, or {last}.",
            day=number,
            most=EVERY_MONTH_HAS,
            last=Code("last 08:00"),
        )
    return number


def _day_after(words: str, day: int) -> int:
    if day == EVERY_MONTH_HAS:
        raise UserError(
            "“{words}” begins day {day}, which not every month has. Write {earlier}, or {last}.",
            words=words,
            day=day + 1,
            earlier=Code(f"{day}th 23:59"),
            last=Code("last 24:00"),
        )
    return 1 if day == LAST else day + 1


def _ending(number: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")


def _no_cadence(words: str) -> UserError:
    return UserError(
        "“{words}” is not how often something comes. Write it like {such}.", words=words, such=_SUCH
    )
