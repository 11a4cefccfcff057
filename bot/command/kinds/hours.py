"""Hours of a day, from when to when."""

import re
from datetime import date, datetime, time, timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from bot.command.kinds.base import Kind
from bot.command.times import ends_a_day, time_of_day
from bot.errors import UserError
from bot.reply import Code

_TO = re.compile(r"\s*(?:[-‐‑–—]|\bto\b|\buntil\b)\s*")  # noqa: RUF001 -- the dashes that phones type


class Hours(BaseModel):
    """From a time of day to a later one, past midnight where it is earlier: ``22:00-02:00``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: time
    end: time

    @model_validator(mode="after")
    def _are_some(self) -> Self:
        if self.start == self.end:
            raise ValueError("they end where they start")
        return self

    @classmethod
    def of(cls, words: str) -> "Hours":
        """Read ``09:00-17:00``, ``9-17``, ``9am to 5pm``.

        Raises UserError when they are something else, end where they start, or start where their day ends.
        """
        parts = _TO.split(" ".join(words.split()).casefold())
        times = [time_of_day(part) for part in parts]
        if len(times) != 2 or times[0] is None or times[1] is None:
            raise UserError(
                "“{words}” is no hours of a day. Write them like `09:00-17:00` or `22:00-02:00`.", words=words
            )
        if times[0] == times[1]:
            raise UserError(
                "“{words}” ends where it starts. Write a later end, at most a minute before the next start.",
                words=words,
            )
        if ends_a_day(parts[0]):
            raise UserError(
                "“{words}” starts where its day ends. Write {hours} on the day after.",
                words=words,
                hours=Code(f"00:00-{times[1]:%H:%M}"),
            )
        return cls(start=times[0], end=times[1])

    @property
    def past_midnight(self) -> bool:
        """Whether they end on the day after."""
        return self.end < self.start

    @property
    def lasts(self) -> timedelta:
        """How long they are on a day on which no clock is changed."""
        day = timedelta(days=int(self.past_midnight))
        return day + (datetime.combine(date.min, self.end) - datetime.combine(date.min, self.start))

    @property
    def written(self) -> str:
        """How one types them."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def said(self) -> str:
        """How a reply shows them: the hours of their own zone, which the reader's may not be."""
        return f"{self.start:%H:%M}–{self.end:%H:%M}"  # noqa: RUF001 -- a range


class HoursKind(Kind):
    """Hours of a day."""

    annotation, sample = Hours, "09:00-17:00"
    widths = (5, 4, 3, 2, 1)  # 9 am to 5 pm

    def read(self, words: str) -> Hours:
        """Read two times of day."""
        return Hours.of(words)

    def write(self, value: Hours) -> str:
        """In hours and minutes."""
        return value.written
