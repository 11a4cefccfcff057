"""Webhooks delivered again: what was asked for, and how far it is."""

from pydantic import Field

from bot.hms.objects import Object, Timestamp

RUNNING = frozenset({"started", "already_running", "Running"})


class ReplayFilters(Object):
    """Which events are delivered again; at most ``limit``, after the first ``offset``."""

    start_time: Timestamp = None
    end_time: Timestamp = None
    room_id: str = ""
    event_types: tuple[str, ...] = ()
    limit: int = 0
    offset: int = 0


class ReplayProgress(Object):
    """How many are done."""

    total: int = 0
    completed: int = 0
    failed: int = 0


class ReplayResult(ReplayProgress):
    """How many were done, and the ids of those that failed again."""

    failed_events: tuple[str, ...] = ()


class Replay(Object):
    """One replay, and how far it is; asked for, it is ``started`` or ``already_running``.

    Later it is ``Running``, ``completed``, ``completed_with_failures``, ``failed``, ``Canceled`` or
    ``Terminated``, in these capitals. Source: 100ms docs, analytics/replay-webhook-events.
    """

    workflow_id: str
    status: str = ""
    message: str = ""
    started_at: Timestamp = None
    completed_at: Timestamp = None
    filters: ReplayFilters = Field(default_factory=ReplayFilters)
    progress: ReplayProgress = Field(default_factory=ReplayProgress)
    result: ReplayResult = Field(default_factory=ReplayResult)

    @property
    def is_running(self) -> bool:
        """True until all are delivered or given up."""
        return self.status in RUNNING
