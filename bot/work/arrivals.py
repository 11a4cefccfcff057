"""An event of 100ms as it came in: read from a stranger's bytes, and known by the fact that it tells."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, NoReturn

from pydantic import ValidationError

from bot.hms.event import ReportedEvent
from bot.store import JSON
from bot.text import storable
from bot.work.links import without_links

LONGEST_NAME: Final = 200  # signs of an id or a type: an index takes no more than a page of it
DEEPEST: Final = 32  # of what 100ms sends nothing is deeper than four
MOST_VALUES: Final = 10_000

# What looking at 100ms finds out too: whoever hears of it first, it is the same fact. A rejoin has a new peer
# id, and a job and its file are each known by their own.
_TOLD_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "session.open.success": ("session_id",),
    "session.close.success": ("session_id",),
    "peer.join.success": ("session_id", "peer_id"),
    "peer.leave.success": ("session_id", "peer_id"),
    "beam.started.success": ("beam_id",),
    "beam.stopped.success": ("beam_id",),
    "beam.failure": ("beam_id",),
    "beam.recording.success": ("recording_id",),
    "transcription.success": ("recording_id",),
}


class Source(StrEnum):
    """How an event reached us."""

    WEBHOOK = "webhook"
    REPLAY = "replay"
    LOOK = "look"  # it was not delivered: somebody looked


class Malformed(Exception):  # noqa: N818 -- what was sent, not what we did
    """It is no event, whoever sent it."""


@dataclass(frozen=True)
class Arrival:
    """One event: its ``id`` is its own, its ``fact`` is shared by all that tell the same.

    ``data`` holds no link that opens anything. One that does not ``fit`` is kept, and handed to nobody.
    """

    id: str
    type: str
    data: Mapping[str, JSON]
    at: datetime | None
    source: Source = Source.WEBHOOK
    fits: bool = True

    @property
    def fact(self) -> str:
        """What it tells, by a name that a look at 100ms finds too; by its id where only 100ms can tell."""
        members = [self.data.get(name) for name in _TOLD_BY.get(self.type, ())]
        named = [one for one in members if isinstance(one, str) and 0 < len(one) <= LONGEST_NAME]
        return ":".join([self.type, *named]) if members and len(named) == len(members) else self.id

    def looked_up(self) -> "Arrival":
        """The same, found by looking: its id is made of the fact."""
        return replace(self, id=f"look:{self.fact}", source=Source.LOOK)


def read(body: bytes) -> Arrival:
    """Read what was sent to the webhook; raises Malformed for what is no event."""
    event = without_links(storable(_parsed(body)))
    if not isinstance(event, dict):
        raise Malformed
    reported = _fitting(event)
    data = event.get("data")
    replayed = bool(reported and reported.is_replay)
    return Arrival(
        _name(event, "id"),
        _name(event, "type"),
        data if isinstance(data, dict) else {"data": data},
        _moment(reported.timestamp) if reported else None,
        Source.REPLAY if replayed else Source.WEBHOOK,
        fits=reported is not None,
    )


def _parsed(body: bytes) -> JSON:
    try:
        value = json.loads(body.decode(), parse_constant=_refused, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    _measure(value)
    return value


def _measure(value: JSON) -> None:
    """Refuse what is deeper, or holds more, than any event: to walk it would hold up everybody."""
    level, seen = [value], 0
    for _ in range(DEEPEST):
        level = [member for one in level for member in _members(one)]
        seen += len(level)
        if not level:
            return
        if seen > MOST_VALUES:
            break
    raise Malformed


def _members(value: JSON) -> list[JSON]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _refused(_: str) -> NoReturn:
    raise ValueError("no store takes NaN or Infinity")


def _finite(written: str) -> float:
    number = float(written)
    return number if math.isfinite(number) else _refused(written)


def _name(event: Mapping[str, Any], member: str) -> str:
    name = event.get(member)
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        raise Malformed
    return name


def _fitting(event: Mapping[str, Any]) -> ReportedEvent | None:
    """The event as our client reads it; None where something in it is of another type than 100ms says."""
    try:
        return ReportedEvent.model_validate(event)
    except (ValidationError, OverflowError):
        return None


def _moment(stamp: datetime | None) -> datetime | None:
    try:
        return stamp.astimezone(UTC) if stamp else None
    except OverflowError:  # the first and the last day there are, in another zone
        return None
