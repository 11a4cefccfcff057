"""Paths that one of the seeds invented: production knows none of them, so they answer only when asked to."""

from collections.abc import Callable
from dataclasses import replace

from pydantic import BaseModel

from sandbox.hms.events.event_type import TRACKS, EventType
from sandbox.hms.operation import Call, Endpoint
from sandbox.hms.routes import analytics, polls, room_codes, rooms, stream_keys, webhook_history
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer


class ReplayBody(BaseModel, strict=True):
    """Which events to send once more."""

    event_ids: list[str]


class LinkBody(BaseModel, strict=True):
    """Which polls belong to a room."""

    poll_ids: list[str]


def _with_code(world: World, call: Call) -> Answer:
    return room_codes.switched(world, replace(call, body={**call.body, "code": call.path["code"]}))


def _linked(world: World, call: Call) -> Answer:
    return polls.linked(world, call, call.read(LinkBody).poll_ids)


def _of(kinds: Callable[[EventType], bool]) -> Endpoint:
    meant = [kind.value for kind in EventType if kinds(kind)]
    return lambda world, call: analytics.page_of(world, call.query, meant)


def _replayed(world: World, call: Call) -> Answer:
    wanted = call.read(ReplayBody).event_ids
    chosen = [each for each in world.history.ask() if each.event.id in wanted and not each.is_replay]
    nothing: Answer = {"start_time": "", "end_time": "", "room_id": "", "event_types": []}
    workflow = world.history.replays.start(chosen, nothing | {"event_ids": wanted})
    return webhook_history.started(workflow, "started")


_EVENTS = analytics.list_events

ALIASES = (
    replace(rooms.set_enabled, path="/rooms/{room_id}/enabled", members=None),
    replace(room_codes.update, path="/room-codes/code/{code}", does=_with_code),
    replace(stream_keys.disable, method="DELETE", path="/stream-keys/room/{room_id}"),
    replace(polls.link_room, path="/polls/room/{room_id}/link", members=None, does=_linked),
    replace(_EVENTS, path="/analytics/track-events", does=_of(lambda kind: kind in TRACKS)),
    replace(
        _EVENTS, path="/analytics/recording-events", does=_of(lambda kind: kind == EventType.BEAM_RECORDING)
    ),
    replace(_EVENTS, path="/analytics/error-events", does=_of(lambda kind: kind.is_error)),
    replace(webhook_history.replay_webhooks, path="/analytics/events/replay", does=_replayed),
    replace(analytics.peer_quality, path="/analytics/peer-quality"),
)
