"""Moments before an end, in minutes."""

import re
from typing import Annotated, Any, ClassVar

from bot.command.kinds.base import Kind
from bot.errors import UserError

NONE = "none"
MOST = 5  # warnings of one end: more of them nobody heeds
EARLIEST = 24 * 60  # minutes

_MINUTES = re.compile(r"([0-9]{1,4})(?: ?m(?:in)?)?")


class Before:
    """Marks minutes before an end: ``10,5,1``."""


Warnings = Annotated[tuple[int, ...], Before]


def minutes_before(words: str) -> tuple[int, ...]:
    """Read minutes before an end, the most first and each once; UserError where the words are none."""
    said = words.strip().casefold()
    if said == NONE:
        return ()
    found = [_MINUTES.fullmatch(one.strip()) for one in said.split(",")]
    minutes = {int(one[1]) for one in found if one}
    if None in found or not all(0 < one <= EARLIEST for one in minutes):
        raise UserError(
            "“{words}” are no minutes before the end. Write them like `10,5,1`, or `none`.", words=words
        )
    if len(minutes) > MOST:
        raise UserError(
            "“{words}” are too many warnings: {most} at most. Write fewer.", words=words, most=MOST
        )
    return tuple(sorted(minutes, reverse=True))


def in_minutes(before: tuple[int, ...]) -> str:
    """Minutes before an end as ``minutes_before`` reads them back."""
    return ",".join(map(str, before)) or NONE


class WarningsKind(Kind):
    """Minutes before an end, at which people are warned of it; ``none`` where they are not."""

    mark: ClassVar[Any] = Before
    sample = "10,5,1"

    def read(self, words: str) -> tuple[int, ...]:
        """The minutes, the most first and each once."""
        return minutes_before(words)

    def write(self, value: tuple[int, ...]) -> str:
        """Numbers with commas between them."""
        return in_minutes(value)

    def word(self, value: tuple[int, ...]) -> str:
        """As it is written: its commas stand in no list."""
        return self.write(value)
