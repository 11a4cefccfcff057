"""Days of the week."""

import re
from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, field_validator

from bot.command.kinds.base import Kind
from bot.command.times import WEEKDAYS, Weekday, weekday
from bot.errors import UserError
from bot.reply import Phrase, Term

_ONE = (Term("mon"), Term("tue"), Term("wed"), Term("thu"), Term("fri"), Term("sat"), Term("sun"))
_SETS = {
    **dict.fromkeys(("daily", "nightly", "everyday"), range(7)),
    **dict.fromkeys(("day", "morning", "afternoon", "evening", "night"), range(7)),  # behind "every"
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), range(5)),
    "weekend": range(5, 7),
    "weekends": range(5, 7),
}
_RANGE = re.compile(r"\s*(?:[-‐‑–—]|\b(?:to|until|through)\b)\s*")  # noqa: RUF001 -- the dashes that phones type
_BETWEEN = re.compile(r"\s*(?:[,;+&]|\band\b|\s)\s*")


class Days(BaseModel):
    """Days of the week, such as ``mon-fri``: a set, whatever was typed first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: tuple[Weekday, ...]

    @field_validator("on")
    @classmethod
    def _in_order(cls, on: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
        if not on:
            raise ValueError("no day is no rule")
        return tuple(day for day in WEEKDAYS if day in on)

    @classmethod
    def of(cls, words: str) -> "Days":
        """Read ``mon-fri``, ``sat,sun``, ``daily``, ``weekdays``; a range may go on past Sunday.

        Raises UserError when the words are something else, such as numbers.
        """
        found = _read(words)
        if not found:
            raise UserError(
                "“{words}” is not days of the week. Write them like `mon-fri`, `sat,sun` or `daily`.",
                words=words,
            )
        return cls(on=tuple(day for at, day in enumerate(WEEKDAYS) if at in found))

    def __contains__(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] in self.on

    @property
    def following(self) -> "Days":
        """The days after these: their nights end there."""
        return Days(on=tuple(WEEKDAYS[(WEEKDAYS.index(day) + 1) % 7] for day in self.on))

    @property
    def written(self) -> str:
        """How one types them."""
        if len(self.on) == 7:
            return "daily"
        return ",".join(
            f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}"
            if len(run) > 2
            else ",".join(WEEKDAYS[at] for at in run)
            for run in self._runs()
        )

    def said(self) -> Phrase:
        """How a reply shows them."""
        if len(self.on) == 7:
            return Phrase("{days}", days=Term("daily"))
        return Phrase("{days}", days=tuple(each for run in self._runs() for each in _shown(run)))

    def _runs(self) -> Iterator[tuple[int, ...]]:
        """The days that follow each other; those around a Sunday are one run: ``fri-mon``."""
        there = [day in self.on for day in WEEKDAYS]
        firsts = [at for at in range(7) if there[at] and not there[at - 1]]
        for first in firsts:
            length = next(number for number in range(1, 8) if not there[(first + number) % 7])
            yield tuple((first + number) % 7 for number in range(length))


class DaysKind(Kind):
    """Days of the week."""

    annotation, sample = Days, "mon-fri"
    widths = (3, 2, 1)  # mon to fri

    def read(self, words: str) -> Days:
        """Read names, ranges and sets; never numbers, of which nobody knows where they begin."""
        return Days.of(words)

    def write(self, value: Days) -> str:
        """The shortest way to type them."""
        return value.written


def _shown(run: tuple[int, ...]) -> tuple[Phrase | Term, ...]:
    if len(run) > 2:
        return (Phrase("{first}–{last}", first=_ONE[run[0]], last=_ONE[run[-1]]),)  # noqa: RUF001 -- a range
    return tuple(_ONE[at] for at in run)


def _read(words: str) -> set[int]:
    """Which days they are; none where a word of it is no day."""
    plain = _RANGE.sub("-", " ".join(words.split()).casefold()).replace("every day", "daily").strip(" ,.")
    parts = [_part(part) for part in _BETWEEN.split(plain.removeprefix("every "))]
    return {at for part in parts for at in part} if all(parts) else set()


def _part(word: str) -> set[int]:
    if word in _SETS:
        return set(_SETS[word])
    first, dash, last = word.partition("-")
    begin, end = weekday(first), weekday(last) if dash else weekday(first)
    if begin is None or end is None:
        return set()
    return {(begin + number) % 7 for number in range((end - begin) % 7 + 1)}
