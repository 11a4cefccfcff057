"""What is otherwise than a rule says: dates left out, pauses, single ends and openings that were moved."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict

from bot.features.schedule.holiday import holiday
from bot.reply import Phrase, Term


class Pause(BaseModel):
    """From when to when a rule does nothing; without an end until somebody ends it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: AwareDatetime
    until: AwareDatetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether an instant is in it."""
        return self.since <= at and (self.until is None or at < self.until)


class Exceptions(BaseModel):
    """What is otherwise than a rule says; every date is the local one on which a span starts.

    An end of None was called off: the room stays open until it would open again. A date whose end stands here
    has begun, and is left out as no holiday. Each method answers new exceptions, so that whoever keeps them
    writes them down with the timer in one transaction.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    counts_from: date | None = None
    skipped: tuple[date, ...] = ()
    holidays: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    ends: dict[date, AwareDatetime | None] = {}
    openings: dict[date, AwareDatetime] = {}

    def why(self, day: date) -> "Term | Phrase | None":
        """Why the rule leaves this date out, as a reply says it; None where it does not."""
        if day in self.skipped:
            return Term("skipped")
        for calendar in self.holidays:
            name = holiday(calendar, day)
            if name and day not in self.ends:
                return Phrase("{holiday} ({calendar})", holiday=name, calendar=calendar)
        return None

    def paused(self, at: datetime) -> Pause | None:
        """The pause that an instant is in."""
        return next((pause for pause in self.pauses if pause.holds(at)), None)

    def skipping(self, *days: date) -> "Exceptions":
        """Leave these dates out."""
        return self._with(skipped=tuple(sorted({*self.skipped, *days})))

    def keeping(self, *days: date) -> "Exceptions":
        """Leave these dates out no more."""
        return self._with(skipped=tuple(day for day in self.skipped if day not in days))

    def observing(self, *calendars: str) -> "Exceptions":
        """Leave the holidays of these calendars out; no calendar, and all of them count again."""
        return self._with(holidays=tuple(dict.fromkeys((*self.holidays, *calendars))) if calendars else ())

    def pausing(self, since: datetime, until: datetime | None = None) -> "Exceptions":
        """Do nothing from then on."""
        earlier = self.resuming(since).pauses
        return self._with(pauses=(*earlier, Pause(since=since, until=until)))

    def resuming(self, at: datetime) -> "Exceptions":
        """Let every pause end at the latest then; one that had not begun is none."""
        begun = (pause for pause in self.pauses if pause.since < at)
        return self._with(
            pauses=tuple(Pause(since=one.since, until=min(one.until or at, at)) for one in begun)
        )

    def ending(self, day: date, at: datetime | None) -> "Exceptions":
        """Move the end of one span; None calls it off."""
        return self._with(ends={**self.ends, day: at})

    def opening(self, day: date, at: datetime | None) -> "Exceptions":
        """Move the opening of one span; None lets it open as the rule says."""
        moved = {**self.openings, day: at}
        return self._with(openings={one: opens for one, opens in moved.items() if opens})

    def since(self, day: date) -> "Exceptions":
        """Forget what is only about dates before this one."""
        return self._with(
            skipped=tuple(one for one in self.skipped if one >= day),
            pauses=tuple(one for one in self.pauses if one.until is None or _reaches(one.until, day)),
            ends=_from(self.ends.items(), day),
            openings=_from(self.openings.items(), day),
        )

    def _with(self, **changes: object) -> "Exceptions":
        return Exceptions.model_validate({**dict(self), **changes})


def _reaches(until: datetime, day: date) -> bool:
    """A day more is kept than needed: which date it is there, only the rule's zone tells."""
    return until.date() + timedelta(days=1) >= day


def _from(moved: Iterable[tuple[date, datetime | None]], day: date) -> dict[date, datetime | None]:
    return {one: at for one, at in moved if one >= day}
