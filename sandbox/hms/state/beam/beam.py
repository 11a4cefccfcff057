"""A beam: the job of a bot that joins a room to record it or to stream it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto
from functools import partial
from typing import Protocol

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.engine import Engine
from sandbox.hms.state.beam.asset import Asset, Plan, Take
from sandbox.hms.state.peer import Peer
from sandbox.hms.wire import Json


class Kind(StrEnum):
    """Which resource a job belongs to."""

    RECORDING = "recording"
    LIVE_STREAM = "live_stream"
    EXTERNAL_STREAM = "external_stream"

    @property
    def slot(self) -> str:
        """A room has two slots: one for HLS, one shared by recording and external stream."""
        return "hls" if self is Kind.LIVE_STREAM else "beam"


class Status(StrEnum):
    """Where a job stands; pausing is not a status."""

    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    POST_PROCESSING = "post_processing"
    COMPLETED = "completed"
    FAILED = "failed"


class Step(Enum):
    """What becomes of a job that others want to hear of."""

    STARTED = auto()
    STOPPED = auto()
    COMPLETED = auto()
    TRANSCRIBED = auto()
    FAILED = auto()


class Place(Protocol):
    """What a job needs of its room."""

    id: str
    empty_since: datetime | None
    upload_error: str

    def enter_recorder(self, session_id: str, role: str = "") -> Peer | None:
        """Let the recorder in, if that session still runs; without a role of its job it has the usual one."""

    def release(self, recorder: Peer | None) -> None:
        """Let the recorder out and close a session nobody is in any more."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What somebody asked a job to do."""

    kind: Kind
    meeting_url: str
    role: str = ""  # in which the recorder comes, if the job says so
    destination: str = ""
    parameters: Mapping[str, Json] = field(default_factory=dict)
    plans: tuple[Plan, ...] = ()
    empty_room: timedelta = choices.EMPTY_ROOM
    longest: timedelta = choices.LONGEST_JOB


@dataclass(eq=False, kw_only=True)
class Beam:
    """One job: starting → running → stopping → post_processing → completed, or failed."""

    engine: Engine = field(repr=False)
    room: Place = field(repr=False)
    order: Order = field(repr=False)
    hears: Callable[["Beam", Step], None] = field(repr=False)
    id: str
    session_id: str
    created_at: datetime
    updated_at: datetime
    status: Status = Status.STARTING
    paused: bool = False
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    reason: str = ""
    error: str = ""
    assets: list[Asset] | None = field(default=None, repr=False)
    timed_metadata: list[str] = field(default_factory=list, repr=False)
    recorder: Peer | None = field(default=None, repr=False)

    @property
    def live(self) -> bool:
        """Whether it can still be stopped."""
        return self.status in {Status.STARTING, Status.RUNNING}

    @property
    def holds_slot(self) -> bool:
        """Whether it keeps another job out, and its session open."""
        return self.live or self.status is Status.STOPPING

    @property
    def transcripts(self) -> list[Asset]:
        """The files that are made from the film afterwards."""
        return [asset for asset in self.assets or () if asset.plan.transcribed]

    @property
    def length(self) -> timedelta:
        """How long it ran, or has run so far."""
        until = self.stopped_at or self.engine.now()
        return until - self.started_at if self.started_at else timedelta()

    def begin(self) -> None:
        """Set off: the bot joins in a moment, and leaves at the latest when its time is over."""
        self.engine.after(choices.STARTING, self._run)
        self.engine.after(self.order.longest, partial(self.end, "max duration reached"))
        self.room_emptied()

    def room_emptied(self) -> None:
        """Stop some minutes after the last person left, unless somebody comes back."""
        self.engine.after(self.order.empty_room, partial(self._leave_empty_room, self.room.empty_since))

    def stop(self) -> None:
        """Stop because somebody asked; a job that was not even running will turn out failed."""
        if not self.live:
            raise ApiError(404, "beam not found")
        self.end("client request")

    def end(self, reason: str) -> None:
        """Stop for a reason of the platform's own; nothing happens to a job that is over."""
        if not self.live:
            return
        self.reason = reason
        self._move(Status.STOPPING)
        if self.started_at:
            self.hears(self, Step.STOPPED)
        self.engine.after(choices.STOPPING, self._stopped)

    def pause(self, *, paused: bool) -> None:
        """Pause or resume what is being kept; doing it twice changes nothing."""
        self.paused = paused
        self._touch()

    def fail(self, error: str) -> None:
        """Break."""
        self.error, self.reason = error, f"failure: {error}"
        self.stopped_at = self.stopped_at or self.engine.now()
        self._move(Status.FAILED)
        self.hears(self, Step.FAILED)
        self.room.release(self.recorder)

    def _run(self) -> None:
        if self.status is Status.STARTING:
            self.started_at = self.engine.now()
            self.recorder = self.room.enter_recorder(self.session_id, self.order.role)
            self._move(Status.RUNNING)
            self.hears(self, Step.STARTED)

    def _leave_empty_room(self, since: datetime | None) -> None:
        if since and self.room.empty_since == since:
            self.end("last peer left")

    def _stopped(self) -> None:
        if self.status is not Status.STOPPING:
            return
        if not self.started_at:
            self.fail(choices.STOPPED_TOO_EARLY)
            return
        self.stopped_at = self.engine.now()
        self._move(Status.POST_PROCESSING)
        self.room.release(self.recorder)
        self.engine.after(choices.POST_PROCESSING, self._complete)

    def _complete(self) -> None:
        if self.status is Status.POST_PROCESSING and self.started_at and self.stopped_at:
            take = Take(
                job_id=self.id,
                room_id=self.room.id,
                session_id=self.session_id,
                started_at=self.started_at,
                stopped_at=self.stopped_at,
            )
            self.assets = [self._keep(plan, take) for plan in self.order.plans]
            self._move(Status.COMPLETED)
            self.hears(self, Step.COMPLETED)
            if self.transcripts:
                self.engine.after(take.transcribing, self._transcribed)

    def _keep(self, plan: Plan, take: Take) -> Asset:
        return Asset(
            id=self.engine.object_id(),
            plan=plan,
            take=take,
            created_at=self.engine.now(),
            status="processing" if plan.transcribed else "completed",
            store=self.engine.store,
        )

    def _transcribed(self) -> None:
        for asset in self.transcripts:
            asset.status = "failed" if self.room.upload_error else "completed"
        self._touch()
        self.hears(self, Step.TRANSCRIBED)

    def _move(self, status: Status) -> None:
        self.status = status
        self._touch()

    def _touch(self) -> None:
        self.updated_at = self.engine.now()
        self.engine.changed()
