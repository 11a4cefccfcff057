"""Moments as values: what a kind is like, when one comes, and what a job brings of those that came."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.store import JSON
from bot.work.jobs import Job

Packed = TypeVar("Packed")

SUBJECTS = 20  # in one job: on PostgreSQL a job each costs ten times as much

# When a subject's next moment is, by its payload; None when there is none. Pure: it is called in the
# transaction that takes the moment before.
Next = Callable[[Mapping[str, JSON], datetime], datetime | None]

# What a subject's payload says after a clock was set back by so much; None where it goes by a time of day.
SetBack = Callable[[Mapping[str, JSON], timedelta], Mapping[str, JSON] | None]


class CatchUp(StrEnum):
    """What to do about a moment that passed while nobody was awake."""

    ALWAYS = "always"  # a lock late is right
    SKIP = "skip"  # an announcement late is wrong


@dataclass(frozen=True)
class Moment:
    """A kind of moment: what is done about one that comes ``grace`` too late, and when the ``next`` one is.

    ``counted`` says that it comes after a length of time, whatever clocks show then: not at half past six. It
    has no default: what is wrongly left alone stands still for as long as a clock is set back, and what is
    wrongly moved opens a door too early. Where each subject has that of its own, it is asked of its payload.
    ``standing`` are subjects that always have a moment to come: what is missing is set when it is looked for.
    One that ``reconciles`` comes each time: at start, after a clock jump, every five minutes. Of a kind that
    is ``in_order`` an earlier moment is done with before a later one begins.
    """

    kind: str
    late: CatchUp = CatchUp.ALWAYS
    grace: timedelta = timedelta(minutes=1)
    next: Next | None = None
    counted: bool | SetBack = field(kw_only=True)
    standing: tuple[str, ...] = ()
    reconciles: bool = False
    in_order: bool = False

    def is_missed(self, lateness: timedelta) -> bool:
        """Whether it came too late to be acted on."""
        return self.late is CatchUp.SKIP and lateness > self.grace

    def set_back(self, payload: Mapping[str, JSON], by: timedelta) -> Mapping[str, JSON] | None:
        """What a subject's payload says after a clock was set back; None where its moment stays."""
        if callable(self.counted):
            return self.counted(payload, by)
        return payload if self.counted else None


@dataclass(frozen=True)
class Timer:
    """One moment of one subject, of which a kind has at most one; ``cause`` is what provided for it."""

    kind: str
    subject: str
    fire_at: datetime
    payload: Mapping[str, JSON] = field(default_factory=dict)
    cause: Mapping[str, JSON] | None = None


@dataclass(frozen=True)
class Due:
    """One subject of a job that a timer made."""

    subject: str
    fire_at: datetime
    payload: Mapping[str, JSON]
    cause: Mapping[str, JSON] | None = None

    def json(self) -> dict[str, JSON]:
        """The form in which a job carries it; ``due`` reads it."""
        return {**vars(self), "fire_at": self.fire_at.isoformat()}


def due(job: Job) -> tuple[Due, ...]:
    """Read what a job of a timer's kind is about."""
    return tuple(
        Due(**{**one, "fire_at": datetime.fromisoformat(one["fire_at"])}) for one in job.payload["due"]
    )


def packs(several: Sequence[Packed]) -> Iterator[Sequence[Packed]]:
    """What one job each is to bring."""
    return (several[start : start + SUBJECTS] for start in range(0, len(several), SUBJECTS))
