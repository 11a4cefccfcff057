"""An instant, told by the clock or the calendar."""

from datetime import datetime

from pydantic import AwareDatetime

from bot.command.kinds.base import Input, Kind, Pinned, Slot
from bot.command.references import Reference
from bot.command.times import moment, not_a_moment, readable


class Time(Reference):
    """A moment: ``18:30``, ``tomorrow 09:00``, ``in 10m`` or ISO, in the zone of where it was asked."""

    at: AwareDatetime | None = None

    @property
    def exact(self) -> str:
        """What names this moment wherever it is read."""
        return self.at.isoformat() if self.at else self.words

    @property
    def shown(self) -> str:
        """The same: a moment has no other name."""
        return self.exact

    def said(self) -> datetime | str:
        """How a reply shows it: in the reader's zone once it is pinned."""
        return self.at or self.words


class MomentKind(Kind):
    """An instant, told by the clock or the calendar."""

    annotation, form = Time, Input.MOMENT
    widths, sample = (2, 1), "18:30"

    def read(self, words: str) -> Time:
        """Keep the words until ``pin`` knows the zone, if they can mean a moment at all."""
        if not readable(words):
            raise not_a_moment(words)
        return Time(words=words)

    def write(self, value: Time) -> str:
        """The words, or the instant once it is known."""
        return value.exact

    def blank(self, value: Time | None) -> bool:
        """No moment was named."""
        return not value or not value.exact

    async def pin(self, value: Time | None, slot: Slot) -> Pinned:
        """Find the instant that the words mean now, in the zone of where they were said."""
        if not value or value.at or not value.words:
            return Pinned(value)
        return Pinned(Time(at=moment(value.words, slot.names.now, await slot.names.zone())))
