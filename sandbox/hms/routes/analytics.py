"""Analytics: what happened to tracks, recordings and apps, and how well somebody was seen and heard."""

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.events.event_type import EventType
from sandbox.hms.events.journal import Event
from sandbox.hms.operation import Call, operation
from sandbox.hms.query import Query, bad
from sandbox.hms.routes import peer_stats
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, stamp


@operation("analytics.list_events", "GET", "/analytics/events")
def list_events(world: World, call: Call) -> Answer:
    """Page through what happened in a room, oldest first; later pages show what there was at the first."""
    return page_of(world, call.query, call.query.words("type", _ASKED_FOR))


def page_of(world: World, query: Query, kinds: list[str]) -> Answer:
    """Answer one page of the events of a room: of these kinds, or of all."""
    room = query.get("room_id")
    if not room:
        raise bad("room_id", "is required")
    limit = query.number("limit", choices.DEFAULT_LIMIT, 1, choices.HIGHEST_LIMIT)
    asked_at, seen, skip = _cursor(world, query.get("start"))
    newest = asked_at - timedelta(seconds=world.settings.analytics_lag_s)
    oldest, meant = asked_at - choices.EVENTS_ARE_KEPT, _meant(query, kinds)
    of_room = world.journal.of_room(room, seen)
    found = [event for event in of_room if oldest <= event.at <= newest and meant(event)]
    page = found[skip : skip + limit]
    more = skip + limit < len(found)
    return {
        "limit": len(page),
        "total": len(found),
        "next": _written(asked_at, seen, skip + limit) if more else "",
        "events": [_shown(event) for event in page],
    }


@operation("analytics.peer_stats", "GET", "/analytics/peer-stats")
def peer_quality(world: World, call: Call) -> Answer:
    """Show how well somebody was seen and heard in a session that is over."""
    query = call.query
    for name in ("peer_id", "session_id"):
        if not query.get(name):
            raise bad(name, "is required")
    session = world.session(query.get("session_id"))
    if query.get("peer_id") not in session.peers:
        raise not_found("peer")
    if session.active:
        raise ApiError(400, choices.STILL_RUNNING)
    peer = session.peers[query.get("peer_id")]
    sizes = world.room(session.room_id).template.sizes(peer.role)
    return peer_stats.shown(session, peer, sizes)


_ASKED_FOR = frozenset(each.value for each in EventType if each.is_asked_for)
_MEMBERS = ("room_id", "session_id", "peer_id", "user_id", "beam_id")


def _meant(query: Query, kinds: list[str]) -> Callable[[Event], bool]:
    """Whether an event is asked for; what a query says is read once for all of them."""
    errors = query.flag("error")
    members = {name: query.get(name) for name in _MEMBERS if query.get(name)}

    def is_meant(event: Event) -> bool:
        if not event.type.is_asked_for or (kinds and event.type not in kinds):
            return False
        if errors and not event.type.is_error:
            return False
        return all(event.data.get(name) == value for name, value in members.items())

    return is_meant


def _shown(event: Event) -> Answer:
    return {
        "version": event.type.version,
        "id": event.id,
        "timestamp": stamp(event.at),
        "type": event.type.value,
        "data": event.data,
    }


def _cursor(world: World, start: str) -> tuple[datetime, int, int]:
    """Read where a page begins: when the first was asked for, how much there was then, how much was seen."""
    if not start:
        return world.now(), len(world.journal.events), 0
    try:
        asked_at, seen, skip = json.loads(base64.urlsafe_b64decode(start))
        first = datetime.fromisoformat(asked_at)
    except (ValueError, TypeError) as error:
        raise bad("start", "is not a cursor") from error
    if world.now() - first > choices.CURSOR_IS_GOOD:
        raise bad("start", "has expired")
    return first, seen, skip


def _written(asked_at: datetime, seen: int, skip: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([asked_at.isoformat(), seen, skip]).encode()).decode()
