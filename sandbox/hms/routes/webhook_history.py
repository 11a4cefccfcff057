"""What became of webhooks, and sending them once more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Annotated

from pydantic import BaseModel, Field

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.events.delivery import Delivery, State
from sandbox.hms.events.event_type import EventType
from sandbox.hms.events.replay import Workflow
from sandbox.hms.operation import Body, Call, operation
from sandbox.hms.query import bad, read_moment
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, stamp, stamp_or_null

_LONGEST_LOOK_BACK = timedelta(days=30)
_LONGEST_SPAN = timedelta(days=14)
_LATEST_PAGE = 10**8
_FILTERABLE = (
    EventType.SESSION_OPEN,
    EventType.SESSION_CLOSE,
    EventType.PEER_JOIN,
    EventType.PEER_LEAVE,
    EventType.RECORDING,
    EventType.RECORDING_FAILED,
    EventType.TRANSCRIPTION,
    EventType.BEAM_STARTED,
    EventType.BEAM_STOPPED,
    EventType.BEAM_RECORDING,
    EventType.HLS_RECORDING,
    EventType.STREAM_RECORDING,
)


class Status(StrEnum):
    """Which deliveries are meant."""

    ALL = "all"
    FAILED = "failed"
    SUCCESS = "success"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which deliveries somebody asks for."""

    start: datetime
    end: datetime
    status: Status
    room_id: str
    names: Collection[str]

    def fits(self, delivery: Delivery) -> bool:
        """Tell whether this one is meant."""
        arrived = delivery.state is State.DELIVERED
        return (
            self.start <= delivery.event.at <= self.end
            and self.status in {Status.ALL, Status.SUCCESS if arrived else Status.FAILED}
            and self.room_id in {"", delivery.event.room_id}
            and (not self.names or delivery.event.type in self.names)
        )


class ReplayBody(BaseModel, strict=True):
    """What to send once more."""

    start_time: str = ""
    end_time: str = ""
    room_id: str = ""
    event_names: list[str] = []
    status: Annotated[Status, Field(strict=False)] = Status.FAILED
    limit: Annotated[int, Field(ge=1, le=50_000)] = 50_000
    offset: Annotated[int, Field(ge=0)] = 0


@operation("analytics.list_webhook_events", "GET", "/analytics/webhooks")
def list_webhook_events(world: World, call: Call) -> Answer:
    """Page through what was delivered and what was not, newest first."""
    query, history = call.query, world.history.ask()
    start, end = _span(world, query.moment("start_time"), query.moment("end_time"))
    wanted = Wanted(
        start=start,
        end=end,
        status=query.word("status", Status) or Status.ALL,
        room_id=query.get("room_id"),
        names=query.words("event_names", _FILTERABLE),
    )
    size = query.number("limit", choices.HISTORY_PAGE, 1, choices.HIGHEST_LIMIT)
    page = query.number("page", 1, 1, _LATEST_PAGE)
    return _page([delivery for delivery in history if wanted.fits(delivery)], page, size)


@operation("analytics.replay_webhooks", "POST", "/analytics/webhooks/replay", body=Body.REQUIRED)
def replay_webhooks(world: World, call: Call) -> Answer:
    """Send once more what was delivered in a time, or by default what was not."""
    history, body = world.history.ask(), call.read(ReplayBody)
    filters = body.model_dump(exclude={"event_names"}, mode="json") | {"event_types": body.event_names}
    if running := world.history.replays.running(filters):
        return started(running, "already_running")
    if not {*body.event_names} <= {*_FILTERABLE}:
        raise bad("event_names", "is not one of the known values")
    start, end = _span(
        world, read_moment("start_time", body.start_time), read_moment("end_time", body.end_time)
    )
    wanted = Wanted(start=start, end=end, status=body.status, room_id=body.room_id, names=body.event_names)
    oldest_first = [each for each in reversed(history) if wanted.fits(each) and not each.is_replay]
    chosen = oldest_first[body.offset : body.offset + body.limit]
    return started(world.history.replays.start(chosen, filters), "started")


@operation("analytics.get_webhook_replay", "GET", "/analytics/webhooks/replay/{workflow_id}")
def get_webhook_replay(world: World, call: Call) -> Answer:
    """Show how far a replay is."""
    workflow = world.history.replays.find(call.path["workflow_id"])
    progress = {
        "total": workflow.total,
        "completed": workflow.completed,
        "failed": len(workflow.failed),
    }
    return {
        "workflow_id": workflow.id,
        "status": workflow.status,
        "started_at": stamp(workflow.started_at),
        "completed_at": stamp_or_null(workflow.completed_at),
        "filters": {name: value for name, value in workflow.filters.items() if name != "status"},
        "progress": progress,
        "result": progress | {"failed_events": workflow.failed},
    }


def _span(world: World, start: datetime | None, end: datetime | None) -> tuple[datetime, datetime]:
    now = world.now()
    start, end = start or now - choices.HISTORY_SPAN, end or now
    if start < now - _LONGEST_LOOK_BACK:
        raise _refused("start_time must be within the last 30 days")
    if not start <= end <= start + _LONGEST_SPAN:
        raise _refused("end_time must be within 14 days after start_time")
    return start, end


def _refused(text: str) -> ApiError:
    return ApiError(400, text)


def _page(found: list[Delivery], page: int, size: int) -> Answer:
    pages = ceil(len(found) / size)
    return {
        "events": [_shown(each) for each in found[(page - 1) * size : page * size]],
        "pagination": {
            "current_page": page,
            "page_size": size,
            "total_pages": pages,
            "total_items": len(found),
            "has_next": page < pages,
            "has_prev": page > 1,
        },
        "summary": {"total_events": len(found)},
    }


def _shown(delivery: Delivery) -> Answer:
    event, arrived = delivery.event, delivery.state is State.DELIVERED
    payload: Answer = {
        "event_data": {name: event.data.get(name, "") for name in ("session_id", "peer_id", "user_id")},
        "webhook_url": delivery.endpoint.url,
        "original_event_name": event.type.value,
    }
    return {
        "event_id": event.id,
        "event_name": choices.DELIVERED if arrived else choices.UNDELIVERED,
        "room_id": event.room_id,
        "event_timestamp": stamp(event.at),
        "payload": payload if arrived else payload | {"error_reason": delivery.attempts[-1].reason},
    }


def started(workflow: Workflow, status: str) -> Answer:
    """Show a replay to whoever asked for it."""
    names = ("start_time", "end_time", "room_id", "event_types")
    return {
        "workflow_id": workflow.id,
        "status": status,
        "message": f"replay of {workflow.total} events",
        "filters": {name: workflow.filters[name] for name in names},
    }
