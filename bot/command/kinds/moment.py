"""An instant, told by the clock or the calendar."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime

from bot.command.errors import Ambiguous
from bot.command.kinds.base import Input, Kind, Pinned, Slot
from bot.command.references import Reference
from bot.command.times import (
    WORDS,
    is_day,
    is_hour,
    is_local,
    moment,
    next_hours,
    not_a_moment,
    of_tomorrow,
    readable,
)
from bot.errors import UserError
from bot.reply import Reply

_MOSTLY = ("00:00", "09:00")  # of the hours of a day: when it begins, and when people do


class Time(Reference):
    """A moment: ``18:30``, ``tomorrow 09:00``, ``in 10m`` or ISO, in the zone of where it was asked.

    ``unknown_zone`` is that zone where nobody knows it; then it was ``read_in`` another one.
    """

    at: AwareDatetime | None = None
    read_in: str = ""
    unknown_zone: str = ""

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

    def note(self) -> Reply | None:
        """What has to be said of how it was read."""
        if not self.unknown_zone:
            return None
        return Reply(
            "I do not know the time zone {unknown}, so the time was read in {zone}.",
            unknown=self.unknown_zone,
            zone=self.read_in,
        )


class MomentKind(Kind):
    """An instant, told by the clock or the calendar."""

    annotation, form = Time, Input.MOMENT
    widths, sample = tuple(range(WORDS + 1, 0, -1)), "18:30"  # "in" stands before a length

    def read(self, words: str) -> Time:
        """Keep the words until ``pin`` knows the zone, if they can mean a moment, a day or an hour alone."""
        if not (readable(words) or is_day(words) or is_hour(words)):
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
        if is_day(value.words):
            buttons = [slot.button(label, Pinned(at)) for label, at in await self.hours(value.words, slot)]
            raise Ambiguous("At what time, {day}?", day=value.words).offering(buttons)
        zone = await slot.names.zone()
        hours = next_hours(value.words, slot.names.now, zone.name)
        if len(hours) > 1:
            buttons = [slot.button(words, Pinned(Time(words=words))) for words in hours]
            raise Ambiguous("“{hour}” comes twice a day. Which one?", hour=value.words).offering(buttons)
        try:
            at = moment(hours[0] if hours else value.words, slot.names.now, zone.name)
        except UserError as over:
            raise _or_tomorrow(over, value.words, slot) from over
        if not zone.unknown or not is_local(value.words):
            return Pinned(Time(at=at))
        return Pinned(Time(at=at, read_in=zone.name, unknown_zone=zone.unknown))

    async def hours(self, day: str, slot: Slot) -> Sequence[tuple[str | Reply, Time]]:  # noqa: ARG002 -- below
        """The hours of a day to choose from, as they are called."""
        return _usual(day)


def _or_tomorrow(over: UserError, words: str, slot: Slot) -> UserError:
    """What to say of a time that is over; of one of today that of tomorrow may be meant."""
    later = of_tomorrow(words)
    if not later:
        return over
    button = slot.button(later, Pinned(Time(words=later)))
    return Ambiguous(over.template, **over.values).offering([button])


class Opens:
    """Marks the moment at which a room is to open: asked for its hour, that of its own hours comes first."""


OpeningTime = Annotated[Time, Opens]


class OpeningKind(MomentKind):
    """An instant at which a room is to be open."""

    mark = Opens

    async def hours(self, day: str, slot: Slot) -> Sequence[tuple[str | Reply, Time]]:
        """Those that are mostly meant, and before them when the room opens by itself on that day."""
        usual, zone = _usual(day), (await slot.names.zone()).name
        for opens in await slot.names.openings(slot.place.id) if slot.place else ():
            words = f"{day} {opens.astimezone(ZoneInfo(zone)):%H:%M}"
            if moment(words, slot.names.now, zone) == opens:
                others = [(label, at) for label, at in usual if at.words != words]
                return [(Reply("{when}, with its hours", when=words), Time(words=words)), *others]
        return usual


def _usual(day: str) -> Sequence[tuple[str, Time]]:
    """The hours of a day that are mostly meant."""
    return [(words, Time(words=words)) for words in (f"{day} {hour}" for hour in _MOSTLY)]
