"""Replays: webhooks of the past, sent once more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sandbox.hms import choices
from sandbox.hms.api_error import not_found
from sandbox.hms.engine import Engine
from sandbox.hms.events.delivery import Delivery, State
from sandbox.hms.events.webhooks import Webhooks
from sandbox.hms.wire import Answer


@dataclass(eq=False, kw_only=True)
class Workflow:
    """One replay, from being asked for to its last delivery."""

    id: str
    filters: Answer
    started_at: datetime
    total: int
    sent: list[Delivery] = field(default_factory=list)

    @property
    def completed(self) -> int:
        """How many have arrived."""
        return sum(delivery.state is State.DELIVERED for delivery in self.sent)

    @property
    def failed(self) -> list[str]:
        """The ids of the events that have not, and will not."""
        return [delivery.event.id for delivery in self.sent if delivery.state is State.FAILED]

    @property
    def is_running(self) -> bool:
        """Whether some are still to come."""
        return self.completed + len(self.failed) < self.total

    @property
    def status(self) -> str:
        """How it stands, with the capitals of the API."""
        if self.is_running:
            return "Running"
        return "completed_with_failures" if self.failed else "completed"

    @property
    def completed_at(self) -> datetime | None:
        """When its last delivery was over."""
        ends = [delivery.attempts[-1].at for delivery in self.sent if delivery.is_over]
        return None if self.is_running else max(ends, default=self.started_at)


class Replays:
    """Every replay there ever was."""

    def __init__(self, engine: Engine, webhooks: Webhooks) -> None:
        self._engine = engine
        self._webhooks = webhooks
        self._workflows: dict[str, Workflow] = {}

    def running(self, filters: Answer) -> Workflow | None:
        """Find the replay that does just this now."""
        alike = (each for each in self._workflows.values() if each.filters == filters)
        return next((each for each in alike if each.is_running), None)

    def start(self, deliveries: Sequence[Delivery], filters: Answer) -> Workflow:
        """Send them once more, ten a second."""
        workflow = Workflow(
            id=f"webhook-replay-{self._engine.uuid()}",
            filters=filters,
            started_at=self._engine.now(),
            total=len(deliveries),
        )
        self._workflows[workflow.id] = workflow
        for place, delivery in enumerate(deliveries):
            self._engine.after(choices.REPLAY_PACE * place, partial(self._send, workflow, delivery))
        self._engine.changed()
        return workflow

    def find(self, workflow_id: str) -> Workflow:
        """Find a replay by its id."""
        if workflow_id in self._workflows:
            return self._workflows[workflow_id]
        raise not_found("workflow")

    def _send(self, workflow: Workflow, delivery: Delivery) -> None:
        workflow.sent.append(self._webhooks.send_again(delivery))
