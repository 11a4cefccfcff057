"""What must happen later, and what must not be lost.

Jobs are done as soon as may be, timers at a moment, effects once; posts go to Slack in the order of their
channel. Killing the process at any moment loses none of them.
"""

from bot.clock import Clock
from bot.store import Database
from bot.work.embedded import Embedded
from bot.work.jobs import Backoff, Handler, Job, Later, Work
from bot.work.procrastinate import Procrastinate

__all__ = ["Backoff", "Handler", "Job", "Later", "Work", "open_work"]


def open_work(db: Database, clock: Clock, *, at_once: int = 50, backoff: Backoff | None = None) -> Work:
    """Choose the carrier for a database; ``at_once`` jobs may be in flight."""
    patience = backoff or Backoff()
    if db.dialect == "sqlite":
        return Embedded(db, clock, patience, at_once)
    return Procrastinate(db, patience, at_once)
