"""What somebody waits for just now, and whom that waits for itself."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.clock import Clock
from bot.hms.connection import PUT_OFF
from bot.reply import Reply
from bot.request.book import Click
from bot.request.request import Origin, Request, State
from bot.store import JSON, is_down
from bot.work.journal import Journal

OPEN = frozenset({State.ASKED, State.RUNNING})
OLD = timedelta(minutes=10)
GIVEN_UP = timedelta(minutes=30)
COMES_HERE = Reply("The answer comes here. To ask once more does no harm, and does not make it faster.")
NOTHING_YET = Reply("Nothing was done yet. What comes of it you read here: do not ask again.")
GOES_ON = Reply("It goes on by itself, also after a restart. What came of it you read here.")


class Whom(StrEnum):
    """Somebody else, without whose answer it does not go on."""

    HMS = "100ms"
    PUT_OFF = "100ms, later"  # it has answered: not now
    SLACK = "slack"


@dataclass(frozen=True)
class Unanswered:
    """Something that was asked of somebody else."""

    whom: Whom
    since: datetime


@dataclass(frozen=True)
class Left:
    """A look whose process died before it was answered."""

    at: datetime
    who: str
    said: str
    origin: Origin

    def json(self) -> dict[str, JSON]:
        """As it stands in a journal; ``load`` reads it."""
        return {"at": self.at.isoformat(), "who": self.who, "said": self.said, "origin": self.origin.json()}

    @classmethod
    def load(cls, note: Mapping[str, Any]) -> "Left":
        """Read it back."""
        at = datetime.fromisoformat(note["at"])
        return cls(at, note["who"], note["said"], Origin(**note["origin"]))

    @classmethod
    def read(cls, notes: Iterable[Mapping[str, Any]]) -> Iterator["Left"]:
        """Those that can be read: what another release wrote keeps no start from going on."""
        for note in notes:
            with suppress(KeyError, TypeError, ValueError):
                yield cls.load(note)


@dataclass(eq=False)
class Step:
    """A line or a click from its ack to what comes of it; ``then`` says what comes next.

    ``mark`` is remembered on disk once who waits was told so; empty for a look, which no database knows of.
    ``replace`` says that they read it where they read the card. ``at_work`` is what a process does just now,
    ``held`` what comes back when the database does.
    """

    key: str
    who: str
    origin: Origin
    clock: Clock
    then: Reply
    mark: str = ""
    replace: bool = False
    at_work: bool = False
    held: bool = False
    told: bool = False
    said: bool = False
    since: datetime = field(init=False)
    unanswered: list[Unanswered] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.since = self.clock()

    @property
    def is_old(self) -> bool:
        """Whether who waits was told long ago, and nobody here is at it."""
        return self.told and not self.at_work and self.clock() - self.since > OLD

    def is_silent(self, span: timedelta) -> bool:
        """Whether who waits has heard nothing for so long; a clock that was set back begins anew."""
        self.since = min(self.since, self.clock())
        return not self.told and self.clock() - self.since >= span


_STEP: ContextVar[Step | None] = ContextVar("step", default=None)


class Awaited:
    """Every step that is under way here, by its key."""

    def __init__(self, clock: Clock, journal: Journal | None = None) -> None:
        self._clock = clock
        self._journal = journal
        self._steps: dict[str, Step] = {}

    def look(self, origin: Origin, who: str, said: str = "") -> Step:
        """Somebody waits for what they wanted to see; ``said`` are the words of its command."""
        if self._journal:
            note = Left(self._clock(), who, said, origin).json()
            self._journal.begin(f"look:{origin.key}", note)
        return self._add(Step(f"look:{origin.key}", who, origin, self._clock, COMES_HERE))

    def click(self, click: Click, token: str) -> Step:
        """Somebody waits for what comes of their click on a card."""
        mark = f"under way:{token}:{click.who}"
        return self._add(Step(f"click:{click.id}", click.who, click.origin, self._clock, NOTHING_YET, mark))

    def request(self, request: Request) -> Step | None:
        """Somebody waits for what comes of a request, unless it waits for somebody itself, or is over."""
        if request.state not in OPEN:
            self.over(f"request:{request.id}")
            return None
        decided = request.state is State.RUNNING and request.consequence is not None
        step = Step(
            f"request:{request.id}",
            request.actor.id,
            request.origin,
            self._clock,
            _goes_on(request) if request.state is State.RUNNING else NOTHING_YET,
            f"under way:{request.token}" + (f":{request.actor.id}" if decided else ""),
            replace=decided and request.origin.instead,  # its own card says so
        )
        return self._add(step)

    def over(self, key: str) -> None:
        """Nobody waits for it any more."""
        self._steps.pop(key, None)
        if self._journal:
            self._journal.over(key)

    async def left(self) -> Sequence[Left]:
        """Those who wait for a look of a process that died; after half an hour they have asked again."""
        notes = await asyncio.to_thread(self._journal.left) if self._journal else ()
        return [left for left in Left.read(notes) if self._clock() - left.at < GIVEN_UP]

    def close(self) -> None:
        """Nothing is under way any more."""
        if self._journal:
            self._journal.close()

    def silent(self, span: timedelta) -> Sequence[Step]:
        """Those that somebody has heard nothing of for so long; each is answered once."""
        found = [step for step in self._steps.values() if step.is_silent(span)]
        # Another process may have ended what was told of here; what is remembered on disk is not told again.
        self._steps = {key: step for key, step in self._steps.items() if not step.is_old}
        for step in found:
            step.told = True
        return found

    def _add(self, step: Step) -> Step:
        known = self._steps.get(step.key)
        if known is None or known.mark != step.mark:
            self._steps[step.key] = step
            return step
        known.then = step.then
        return known


@contextmanager
def at_work(step: Step | None) -> Iterator[None]:
    """What is asked of others in here is asked for this step."""
    token = _STEP.set(step)
    if step:
        step.at_work, step.held = True, False
    try:
        yield
    except Exception as error:
        if step and is_down(error):
            step.held = True
        raise
    finally:
        _STEP.reset(token)
        if step:
            step.at_work = False


@contextmanager
def waiting_for(whom: Whom) -> Iterator[None]:
    """Whoever waits for the step that is at work waits for somebody else in here."""
    step = _STEP.get()
    if step is None:
        yield
        return
    asked = Unanswered(whom, step.clock())
    step.unanswered.append(asked)
    try:
        yield
    finally:
        step.unanswered.remove(asked)


@contextmanager
def waiting_for_hms(how: str) -> Iterator[None]:
    """The same for 100ms, which may answer that it does not want to be asked yet."""
    with waiting_for(Whom.PUT_OFF if how == PUT_OFF else Whom.HMS):
        yield


def _goes_on(request: Request) -> Reply:
    """What comes next of something that runs: what takes long says so in its own words."""
    said = request.consequence
    return said.under_way() if said and said.meanwhile else GOES_ON
