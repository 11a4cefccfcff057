"""What a job is, and what both carriers promise about it."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import JSON
from bot.text import storable

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Job:
    """Something to be done now, and to be done even if the process dies first.

    ``payload`` holds ids, not state: what is done follows from what is true when the job runs. At most one
    job of a ``key`` waits; one that runs may have one successor. Jobs of one ``lane`` run one at a time, in
    the order they were handed over; without a lane a job stands in a lane of its key.
    """

    kind: str
    key: str
    payload: Mapping[str, JSON] = field(default_factory=dict)
    lane: str = ""


Handler = Callable[[Job], Awaitable[None]]


LONGEST = 900.0  # seconds that a job is put off at once; whoever needs more asks again then
PUT_OFF = LONGEST + 60  # no job waits longer than this: what seems to was written before a clock was set back
UNKNOWN = ""  # the kind whose handler takes jobs of every kind that has none


@dataclass(frozen=True)
class Bounded:
    """A handler that is not tried for ever: after so many ``attempts`` it is given up, and somebody is told.

    What it raises of ``hopeless`` is never tried again.
    """

    handle: Handler
    attempts: int
    give_up: Callable[[Job, Exception], Awaitable[None]]
    hopeless: tuple[type[Exception], ...] = ()

    async def __call__(self, job: Job) -> None:
        """Do the job."""
        await self.handle(job)

    def ends_with(self, error: Exception, failures: int) -> bool:
        """Whether it is not tried again after so many failures, the last of them this one."""
        return failures >= self.attempts or isinstance(error, self.hopeless)


class Later(Exception):  # noqa: N818 - it is no error: the handler asks to be called again
    """Raised by a handler that cannot do its job yet; it is called again, and its lane waits."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


class Work(Protocol):
    """Carries jobs from the transaction that asked for them to the handler that does them."""

    @property
    def kinds(self) -> Collection[str] | None:
        """The kinds that are handled here; None until ``run`` was told."""

    async def later(self, tx: AsyncConnection, *jobs: Job) -> None:
        """Hand jobs over; they exist once ``tx`` is committed. One whose key waits already is left out.

        Raises LookupError for a kind that is not handled here, once that is known.
        """

    async def forget(self, tx: AsyncConnection, key: str) -> None:
        """Take back the job of this key that waits; one that runs goes on."""

    async def is_open(self, tx: AsyncConnection, key: str) -> bool:
        """Whether a job of this key waits or runs, in whichever process."""

    async def is_alone(self, tx: AsyncConnection) -> bool:
        """Whether no other process takes jobs."""

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Start taking jobs, by their kind; returns once it has started."""

    async def drain(self, seconds: float) -> None:
        """Stop taking jobs and finish those taken; what is not done by then is done after the next start."""

    async def idle(self) -> None:
        """Return when no job waits or runs; raises what a job failed with as often as Backoff allows."""


@dataclass(frozen=True)
class Backoff:
    """How long a job that failed waits: 1, 2, 4 … seconds, at most ten minutes, and never given up.

    Five times it holds its lane meanwhile, so that the order is kept; then the lane goes on without it.
    ``raised`` is for tests: after so many failures ``idle`` raises the job's own error.
    """

    first: float = 1.0
    most: float = 600.0
    in_lane: int = 5
    raised: int | None = None

    def after(self, failures: int) -> float:
        """Seconds to wait after so many failures; the first is 1."""
        return min(self.most, self.first * 2.0 ** min(failures - 1, 30))


@dataclass(frozen=True)
class Again:
    """A job that is not done yet: when to try again, how often it failed, whether it keeps its lane."""

    seconds: float
    failures: int
    keeps_lane: bool
    error: Exception | None = None  # what ``idle`` is to raise


async def attempt(handlers: Mapping[str, Handler], job: Job, failures: int, backoff: Backoff) -> Again | None:
    """Run a job's handler; None when it is done. A defect is logged whole and comes back as ``Again``."""
    try:
        handler = _handler(handlers, job.kind)
        try:
            await _called(handler, job)
        except Exception as error:
            if not isinstance(handler, Bounded) or not handler.ends_with(error, failures + 1):
                raise
            log.exception("job given up", kind=job.kind, key=job.key, failures=failures + 1)
            await handler.give_up(job, error)
    except Later as later:
        return Again(min(later.seconds, LONGEST), failures, keeps_lane=failures < backoff.in_lane)
    except Exception as error:
        # Whatever the handler raises is a defect of one job; the others go on.
        log.exception("job failed", kind=job.kind, key=job.key, failures=failures + 1)
        return _failed(error, failures + 1, backoff)
    return None


async def _called(handler: Handler, job: Job) -> None:
    """Call it; where what it waited for was cancelled, and not we, that is a defect like any other."""
    try:
        await handler(job)
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task and task.cancelling():
            raise
        raise RuntimeError("What it waited for was cancelled.") from error


def _failed(error: Exception, failures: int, backoff: Backoff) -> Again:
    raised = error if failures == backoff.raised else None
    return Again(
        min(backoff.after(failures), LONGEST), failures, keeps_lane=failures < backoff.in_lane, error=raised
    )


def _handler(handlers: Mapping[str, Handler], kind: str) -> Handler:
    handler = handlers.get(kind) or handlers.get(UNKNOWN)
    if handler is None:
        raise LookupError(f"Nobody handles jobs of the kind {kind!r}.")
    return handler


def storable_jobs(jobs: Sequence[Job]) -> Sequence[Job]:
    """Jobs under names as any store keeps them, since by these they are found; a payload is only kept."""
    return [Job(storable(job.kind), storable_key(job.key), job.payload, storable(job.lane)) for job in jobs]


def storable_key(key: str) -> str:
    """A key as it is kept: on one line, since procrastinate reads it back out of the words of an error."""
    kept: str = storable(key)
    return kept.replace("\n", " ")


def refuse_unknown(kinds: Collection[str] | None, jobs: Sequence[Job]) -> None:
    """Raise LookupError for a job that would be tried for ever, where the mistake was made."""
    for job in jobs:
        if kinds is not None and job.kind not in kinds:
            raise LookupError(f"Nobody handles jobs of the kind {job.kind!r}.")


async def emptied(left: Callable[[], Awaitable[bool]], errors: Sequence[Exception]) -> None:
    """Return when ``left`` says that nothing is left; other processes may be at work too, so it is asked.

    Raises the first of ``errors`` when there is one.
    """
    while await left():
        if errors:
            raise errors[0]
        await asyncio.sleep(0.005)
