"""A date of the calendar, in the zone of where it was asked."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.command.kinds.base import Kind, Pinned, Slot
from bot.command.references import Reference
from bot.command.times import LONGEST, weekday
from bot.errors import UserError
from bot.reply import Code, Counted

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([a-z]{3,9})\.?(?:,? (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_AHEAD = {"today": 0, "tonight": 0, "tomorrow": 1}
_SUCH = (Code("2026-12-25"), Code("25 dec"), Code("tomorrow"), Code("fri"))

Dating = Callable[[date], date]


class LocalDate(Reference):
    """A date: ``2026-12-25``, ``25 dec``, ``tomorrow`` or ``fri``, in the zone of where it was asked."""

    on: date | None = None

    @property
    def exact(self) -> str:
        """What names this date wherever it is read."""
        return self.on.isoformat() if self.on else self.words

    @property
    def shown(self) -> str:
        """The same: a date has no other name."""
        return self.exact

    def said(self) -> date | str:
        """How a reply shows it; the same day for every reader, whatever their zone."""
        return self.on or self.words


class LocalDateKind(Kind):
    """A date of the calendar."""

    annotation, sample = LocalDate, "2026-12-25"
    widths = (4, 3, 2, 1)  # 25th of december 2026

    def read(self, words: str) -> LocalDate:
        """Keep the words until ``pin`` knows which day it is, if they can mean a date at all."""
        if _reading(words) is None:
            raise _no_date(words)
        return LocalDate(words=words)

    def write(self, value: LocalDate) -> str:
        """The words, or the date once it is known."""
        return value.exact

    def blank(self, value: LocalDate | None) -> bool:
        """No date was named."""
        return not value or not value.exact

    async def pin(self, value: LocalDate | None, slot: Slot) -> Pinned:
        """Find the date that the words mean today, in the zone of where they were said."""
        if not value or value.on or not value.words:
            return Pinned(value)
        zone = await slot.names.zone()
        today = slot.names.now.astimezone(ZoneInfo(zone.name)).date()
        return Pinned(LocalDate(on=date_meant(value.words, today)))


def date_meant(words: str, today: date) -> date:
    """Find the date that the words mean on a day.

    Raises UserError when they mean none, one that is over, or one too far ahead.
    """
    found = _reading(words)
    if found is None:
        raise _no_date(words)
    then = found(today)
    if then < today:
        raise UserError("“{words}” is over. Write a later date.", words=words)
    if then - today > 2 * LONGEST:
        raise UserError(
            "“{words}” is too far ahead: {longest} at most. Write an earlier date.",
            words=words,
            longest=2 * LONGEST,
        )
    return then


def _reading(words: str) -> Dating | None:
    """How to find the date; raises UserError for a day that its month does not have."""
    plain = " ".join(words.split()).casefold()
    if plain in _AHEAD:
        return lambda today: today + timedelta(days=_AHEAD[plain])
    day = weekday(plain)
    if day is not None:
        return lambda today: today + timedelta(days=(day - today.weekday()) % 7)
    return _iso(plain) or _named(plain)


def _iso(words: str) -> Dating | None:
    found = _ISO.fullmatch(words)
    if not found:
        return None
    year, month, day = map(int, found.groups())
    then = _checked(words, year, month, day)
    return lambda _: then


def _named(words: str) -> Dating | None:
    """``25 dec`` is the next one; with a year it is that one."""
    day_month, month_day = _DAY_MONTH.fullmatch(words), _MONTH_DAY.fullmatch(words)
    if day_month:
        day, named, year = day_month.groups()
    elif month_day:
        named, day, year = month_day.groups()
    else:
        return None
    month = _month(named)
    if not month:
        return None
    if year:
        then = _checked(words, int(year), month, int(day))
        return lambda _: then
    _checked(words, 2024, month, int(day))  # a leap year: what it lacks, no year has
    return lambda today: _next(words, today, month, int(day))


def _next(words: str, today: date, month: int, day: int) -> date:
    this = (month, day) >= (today.month, today.day)
    return _checked(words, today.year if this else today.year + 1, month, day)


def _month(named: str) -> int:
    return next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(named)), 0)


def _checked(words: str, year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12 or not 2000 <= year <= 9000:
        raise _no_date(words)
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise UserError(
            "There is no “{words}”: that month has {days}. Write another date.",
            words=words,
            days=Counted(days, "day", "days"),
        )
    return date(year, month, day)


def _no_date(words: str) -> UserError:
    return UserError("“{words}” is no date. Write it like {such}.", words=words, such=_SUCH)
