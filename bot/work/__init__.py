"""What must happen later, and what must not be lost.

Jobs are done as soon as may be, timers at a moment, effects once. Killing the process at any moment loses
none of them.
"""

from bot.clock import Clock
from bot.store import Database
from bot.work.counts import Counts, Drift, Uncounted, counted
from bot.work.effects import Effects, EffectUnknown
from bot.work.embedded import Embedded
from bot.work.failures import Failures, SetAside
from bot.work.jobs import UNKNOWN, Backoff, Bounded, Handler, Job, Later, Work
from bot.work.timers import CatchUp, Due, Moment, Timer, Timers, due, packs
from bot.work.troubles import Over, Trouble, Troubles

__all__ = [
    "UNKNOWN",
    "Backoff",
    "Bounded",
    "CatchUp",
    "Counts",
    "Drift",
    "Due",
    "EffectUnknown",
    "Effects",
    "Failures",
    "Handler",
    "Job",
    "Later",
    "Moment",
    "Over",
    "SetAside",
    "Timer",
    "Timers",
    "Trouble",
    "Troubles",
    "Uncounted",
    "Work",
    "counted",
    "due",
    "open_work",
    "packs",
]


def open_work(
    db: Database, clock: Clock, *, at_once: int = 50, backoff: Backoff | None = None, guest: bool = False
) -> Work:
    """Choose the carrier for a database; ``at_once`` jobs may be in flight.

    A ``guest`` works beside the process that serves a SQLite file, on nothing but its own jobs.
    """
    patience = backoff or Backoff()
    if db.dialect == "sqlite":
        return Embedded(db, clock, patience, at_once, guest=guest)
    from bot.work.procrastinate import Procrastinate  # noqa: PLC0415 -- SQLite starts sooner without its driver

    return Procrastinate(db, patience, at_once)
