"""Lengths of time and moments, as people write them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.clock import known_zone
from bot.command.local_time import first
from bot.errors import UserError
from bot.reply import Code

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

LONGEST = timedelta(days=366)  # whoever writes more has slipped: nobody is there to see it happen
WORDS = 8  # of the longest length: 2 days 3 hours 15 minutes 30 seconds
_LENGTH = re.compile(
    r"(?:(?P<days>\d{1,5}) ?d(?:ays?)?)? ?"
    r"(?:(?P<hours>\d{1,6}) ?h(?:(?:ou)?rs?)?)? ?"
    r"(?:(?P<minutes>\d{1,6}) ?m(?:in(?:ute)?s?)?)? ?"
    r"(?:(?P<seconds>\d{1,6}) ?s(?:ec(?:ond)?s?)?)?"
)
_HALF = re.compile(r"half (?:an )?hour")
_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FURTHER = {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45}
_NUMBERS = {said: number for number, said in enumerate(_TO_TEN, 1)} | _FURTHER
_NUMBER = re.compile(rf"\b(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b")
_CLOCK = re.compile(r"(?:(?P<day>(?!at )[^\W\d_]\S*) )?(?P<at>(?:at )?)(?P<time>\S+(?: ?[ap]\.?m\.?)?)")
_INSTANT = re.compile(r"2\d{3}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d:\d\d)?")
_TIME_OF_DAY = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?: ?(?P<half>[ap])\.?m\.?)?")
_HOUR = re.compile(r"(?:at )?(?P<hour>\d{1,2})")
_NOON, _DAY = 12, 24
_ENDS_A_DAY = ("midnight", "24")
_NAMED = {"noon": time(12), "midnight": time(0)}
_TODAY, _TOMORROW = "today", "tomorrow"
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def length(words: str) -> timedelta | None:
    """Read ``90s``, ``15m``, ``1h 30m``, ``2 days``; None when it is no length of time, or none at all."""
    found = _LENGTH.fullmatch(in_digits(words))
    if not found:
        return None
    parts = {unit: int(number) for unit, number in found.groupdict().items() if number}
    return timedelta(**parts) or None


def in_digits(words: str) -> str:
    """``half an hour`` as ``30 m``, ``ten minutes`` as ``10 minutes``."""
    said = _HALF.sub("30 m", _plainly(words))
    return _NUMBER.sub(lambda found: str(_NUMBERS[found[0]]), said)


def length_in_words(value: timedelta) -> str:
    """Write a length of time so that ``length`` reads it back; below a second counts as one."""
    seconds, written = max(1, round(value.total_seconds())), ""
    for letter, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        number, seconds = divmod(seconds, size)
        written += f"{number}{letter}" if number else ""
    return written


@dataclass(frozen=True)
class Zone:
    """The zone in which times are meant; ``unknown`` is the one that was to count, where nobody knows it."""

    name: str
    unknown: str = ""

    @classmethod
    def of(cls, *wanted: str) -> "Zone":
        """The first of these that is said and known."""
        said = [name for name in wanted if name]
        known = next((name for name in said if known_zone(name)), "UTC")
        return cls(known, unknown="" if known in said[:1] else next(iter(said), ""))


def weekday(words: str) -> int | None:
    """Read ``mon``, ``Thurs``, ``Fridays``; Monday is 0, and None is no day of the week."""
    said = words.strip(" .").casefold()
    names = (said, said.removesuffix("s"))
    return next((at for at, full in enumerate(_FULL) if len(said) > 2 and full.startswith(names)), None)


def time_of_day(words: str) -> time | None:
    """Read ``9``, ``9:30``, ``09.30``, ``9am``; ``24:00`` is the midnight that ends a day."""
    said = " ".join(words.split()).casefold()
    found = _TIME_OF_DAY.fullmatch(said)
    if not found:
        return _NAMED.get(said)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "p") if 1 <= hour <= 12 else 99
    if (hour, minute) == (24, 0):
        return time(0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def ends_a_day(words: str) -> bool:
    """Whether a time of day is the midnight after the day that stands before it, which begins the next."""
    return time_of_day(words) == time(0) and words.strip().casefold().startswith(_ENDS_A_DAY)


def readable(words: str) -> bool:
    """Whether the words are a moment, whenever they are read."""
    return _reading(words) is not None


def is_day(words: str) -> bool:
    """Whether the words are a day to come that lacks its hour."""
    return words.strip().casefold() == _TOMORROW or weekday(words) is not None


def is_hour(words: str) -> bool:
    """Whether the words are an hour alone, of which it takes the clock to say when it comes."""
    return bool(_hours(words))


def next_hours(words: str, now: datetime, zone: str) -> Sequence[str]:
    """When an hour alone comes next, the soonest first: ``9`` is ``today 21:00``, or ``tomorrow 09:00``."""
    here = now.astimezone(ZoneInfo(zone))
    found = sorted((hour <= here.hour, hour) for hour in _hours(words))
    return [f"{'tomorrow' if over else 'today'} {hour:02}:00" for over, hour in found]


def _hours(words: str) -> Sequence[int]:
    """The hours of a day that a number alone may be: one, or two where its half of the day is not said."""
    found = _HOUR.fullmatch(_plainly(words))
    if not found or int(found["hour"]) >= _DAY:
        return ()
    hour = int(found["hour"])
    halved = 1 <= hour <= _NOON and not found["hour"].startswith("0")
    return (hour % _NOON, hour % _NOON + _NOON) if halved else (hour,)


def is_local(words: str) -> bool:
    """Whether it takes a zone to know which moment the words mean."""
    plain = _plainly(words)
    if _after(plain):
        return False
    return not _INSTANT.fullmatch(plain) or datetime.fromisoformat(plain.upper()).tzinfo is None


def moment(words: str, now: datetime, zone: str) -> datetime:
    """Find the instant that the words mean at ``now`` in a zone, in UTC.

    Raises UserError when they mean none, one that is over, or one too far ahead.
    """
    found = _reading(words)
    if found is None:
        raise not_a_moment(words)
    then = found(now.astimezone(ZoneInfo(zone))).astimezone(UTC)
    if then <= now:
        raise UserError(
            "“{words}” is over. Write a later time, such as {example}.", words=words, example=_LATER
        )
    if then - now > LONGEST:
        raise UserError(
            "“{words}” is too far ahead: {longest} at most. Write an earlier time.",
            words=words,
            longest=LONGEST,
        )
    return then


def of_tomorrow(words: str) -> str:
    """The same time of tomorrow, of words that are a time of today: ``09:00``, ``today at 9am``."""
    found = _CLOCK.fullmatch(_day_first(_plainly(words)))
    is_today = found and (found["day"] or _TODAY) == _TODAY and time_of_day(found["time"])
    return f"{_TOMORROW} {found['time']}" if found and is_today else ""


def not_a_moment(words: str) -> UserError:
    """What to say to somebody whose words are no moment."""
    return UserError(
        "“{words}” is no time. Write it like `18:30`, {later}, `in 10m` or `2030-01-31 18:30`.",
        words=words,
        later=_LATER,
    )


_LATER = Code("tomorrow 09:00")

Reading = Callable[[datetime], datetime]


def _reading(words: str) -> Reading | None:
    plain = _plainly(words)
    return _after(plain) or _instant(plain) or _clock(_day_first(plain))


def _plainly(words: str) -> str:
    return " ".join(words.split()).casefold()


def _after(words: str) -> Reading | None:
    span = words.removeprefix("in ")
    said = in_digits(span)
    wait = length(f"{said}m" if span != words and said.isdecimal() else said)
    # Counted in UTC: in a zone the sum is one of clock faces, wrong by an hour when they change.
    return (lambda now: now.astimezone(UTC) + wait) if wait else None


def _instant(words: str) -> Reading | None:
    if not _INSTANT.fullmatch(words):
        return None
    try:
        then = datetime.fromisoformat(words.upper())
    except ValueError:
        return None
    return lambda now: then if then.tzinfo else _on(now, then.date(), then.time())


def _day_first(words: str) -> str:
    """``at 9 on monday`` as ``monday at 9``."""
    said = words.removeprefix("on ").split()
    if len(said) > 1 and (said[-1] in (_TODAY, _TOMORROW) or weekday(said[-1]) is not None):
        said = [said[-1], *(said[:-2] if said[-2] == "on" else said[:-1])]
    return " ".join(said)


def _clock(words: str) -> Reading | None:
    """A bare number is an hour only where a day or *at* stands before it."""
    found = _CLOCK.fullmatch(words)
    at = time_of_day(found["time"]) if found else None
    if not found or at is None or (found["time"].isdigit() and not (found["day"] or found["at"])):
        return None
    day, ends = found["day"] or _TODAY, int(ends_a_day(found["time"]))
    if day in (_TODAY, _TOMORROW):
        ahead = timedelta(days=int(day == _TOMORROW) + ends)
        return lambda now: _on(now, now.date() + ahead, at)
    which = weekday(day)
    return None if which is None else lambda now: _next_weekday(now, which + ends, at)


def _next_weekday(now: datetime, weekday: int, at: time) -> datetime:
    then = _on(now, now.date() + timedelta(days=(weekday - now.weekday()) % 7), at)
    return then if then > now else _on(now, then.date() + timedelta(days=7), at)


def _on(now: datetime, day: date, at: time) -> datetime:
    """The same moment as a rule means: the first that shows this time, or the one after the gap."""
    return first(day, at, str(now.tzinfo)).astimezone(now.tzinfo)
