"""How many minutes before something it is warned of."""

import re
from datetime import timedelta

from pydantic import BaseModel, ConfigDict, field_validator

from bot.command.kinds.base import Kind
from bot.errors import UserError
from bot.reply import Counted, Phrase, Term

MOST = 10  # warnings of one end: more are noise
EARLIEST = 24 * 60  # minutes
_MINUTE = re.compile(r"(\d{1,4})\s?(?:m(?:in(?:ute)?s?)?)?")
_BETWEEN = re.compile(r"\s*(?:[,;/]|\band\b)\s*|\s+(?=\d)")
_NONE = ("none", "off", "never", "no")


class Warnings(BaseModel):
    """The minutes before an end at which it is warned of, the earliest first; none are none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minutes: tuple[int, ...] = ()

    @field_validator("minutes")
    @classmethod
    def _in_order(cls, minutes: tuple[int, ...]) -> tuple[int, ...]:
        if len(minutes) > MOST or any(not 0 < one <= EARLIEST for one in minutes):
            raise ValueError("no such warnings")
        return tuple(sorted(set(minutes), reverse=True))

    @classmethod
    def of(cls, words: str) -> "Warnings":
        """Read ``10,5,1`` or ``none``.

        Raises UserError when they are something else.
        """
        plain = " ".join(words.split()).casefold()
        if plain in _NONE:
            return cls()
        found = [_MINUTE.fullmatch(part) for part in _BETWEEN.split(plain)]
        minutes = [int(one[1]) for one in found if one]
        if len(minutes) < len(found) or not all(0 < one <= EARLIEST for one in minutes):
            raise UserError(
                "“{words}” is no list of minutes. Write them like `10,5,1`, or `none`.", words=words
            )
        if len(minutes) > MOST:
            raise UserError(
                "These are more than {most}. Write fewer.", most=Counted(MOST, "warning", "warnings")
            )
        return cls(minutes=tuple(minutes))

    @property
    def before(self) -> tuple[timedelta, ...]:
        """How long before the end each of them is due."""
        return tuple(timedelta(minutes=one) for one in self.minutes)

    @property
    def written(self) -> str:
        """How one types them."""
        return ",".join(map(str, self.minutes)) or "none"

    def said(self) -> Phrase:
        """How a reply shows them: "10, 5 and 1 minute"."""
        if not self.minutes:
            return Phrase("{none}", none=Term("none"))
        *others, last = self.minutes
        said = (*map(str, others), Counted(last, "minute", "minutes"))
        return Phrase("{minutes}", minutes=said)


class WarningsKind(Kind):
    """A list of minutes."""

    annotation, sample = Warnings, "10,5,1"

    def read(self, words: str) -> Warnings:
        """Read numbers of minutes."""
        return Warnings.of(words)

    def write(self, value: Warnings) -> str:
        """The numbers, the largest first."""
        return value.written

    def word(self, value: Warnings) -> str:
        """Never quoted: its commas are its own."""
        return value.written
