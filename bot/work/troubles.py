"""Trouble of the whole bot: one state that readiness, ``doctor``, the log and the admins all go by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.clock import Clock, is_fresh

log = structlog.get_logger()

AGAIN = timedelta(minutes=1)  # between two lines of the log about one trouble
WORTH_TELLING = timedelta(minutes=1)  # what was shorter is in the log alone


class Trouble(StrEnum):
    """What keeps all of it from working; the word is what ``/readyz`` says."""

    TOKEN = "slack token"  # noqa: S105 -- its name
    CONNECTION = "slack connection"
    DATABASE = "database"
    HMS = "100ms"


@dataclass(frozen=True)
class Over:
    """A trouble that has ended; ``why`` is the word of whoever refused."""

    trouble: Trouble
    why: str
    since: datetime
    until: datetime


@dataclass
class _Going:
    why: str
    since: datetime
    said: datetime


class Troubles:
    """What is wrong now. Whoever notices says so, as often as they notice; it is logged once a minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._now: dict[Trouble, _Going] = {}
        self.on_over: Callable[[Over], object] = _nobody

    @property
    def now(self) -> dict[Trouble, str]:
        """What is wrong, and in whose word."""
        return {trouble: going.why for trouble, going in self._now.items()}

    def noticed(self, trouble: Trouble, why: str) -> None:
        """It is so now."""
        now = self._clock()
        going = self._now.get(trouble)
        if going and is_fresh(going.said, now, AGAIN):
            going.why = why
            return
        self._now[trouble] = _Going(why, going.since if going else now, now)
        log.error("trouble", trouble=str(trouble), why=why, since=self._now[trouble].since.isoformat())

    def passed(self, trouble: Trouble) -> None:
        """It is not so; what lasted is told to the admins."""
        going = self._now.pop(trouble, None)
        if going is None:
            return
        over = Over(trouble, going.why, going.since, self._clock())
        log.info("trouble is over", trouble=str(trouble), why=going.why, since=going.since.isoformat())
        if over.until - over.since >= WORTH_TELLING:
            self.on_over(over)


def _nobody(_: Over) -> None:
    """Nobody is told before the road is there."""
