"""Who was heard and who was seen, and when: what 100ms tells of microphones and cameras, as spans."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.features.session.attendance import Stay, merged
from bot.hms import ReportedEvent, Session
from bot.hms.event import TRACK_EVENTS

REMOVED = "track.remove.success"
SCREEN = "screen"


class Coverage(StrEnum):
    """How much 100ms tells of the microphones and cameras of a session."""

    WHOLE = "whole"  # each that came has gone
    PART = "part"  # of some it is not known when they went: that may still come
    NOTHING = "nothing"  # nobody sent anything, or nothing is told yet
    REFUSED = "refused"
    FORGOTTEN = "forgotten"  # it was too long ago


@dataclass(frozen=True)
class Sent:
    """When one connection was heard, and when its camera was on."""

    heard: tuple[Stay, ...] = ()
    seen: tuple[Stay, ...] = ()


@dataclass(frozen=True)
class Tracks:
    """What each connection of a session sent, by its peer id."""

    told: Coverage
    by_peer: Mapping[str, Sent] = field(default_factory=dict)

    def of(self, peers: Iterable[str]) -> Sent:
        """What somebody sent with all their devices; what two of them sent at once counts once."""
        sent = [self.by_peer[peer] for peer in peers if peer in self.by_peer]
        heard = merged(span for one in sent for span in one.heard)
        return Sent(heard, merged(span for one in sent for span in one.seen))


def sent_in(session: Session, events: Iterable[ReportedEvent], end: datetime) -> Tracks:
    """Put together what was sent; ``end`` is when the session ended, or now.

    Who went took their microphone along, also where nothing tells of it.
    """
    by_track = _by_track(events)
    if not by_track:
        return Tracks(Coverage.NOTHING)
    heard: dict[str, list[Stay]] = defaultdict(list)
    seen: dict[str, list[Stay]] = defaultdict(list)
    for track in by_track.values():
        about = track[0].data
        peer = session.peers.get(about.peer_id)
        if peer and about.source != SCREEN:
            spans = heard if about.type == "audio" else seen
            spans[about.peer_id] += _on(track, peer.left_at or end)
    whole = all(track[-1].type == REMOVED for track in by_track.values())
    sent = {peer: Sent(merged(heard[peer]), merged(seen[peer])) for peer in heard.keys() | seen.keys()}
    return Tracks(Coverage.WHOLE if whole else Coverage.PART, sent)


def _by_track(events: Iterable[ReportedEvent]) -> dict[str, list[ReportedEvent]]:
    """What happened to each track in its order; at one moment it comes before it changes, and goes last."""
    found: dict[str, list[ReportedEvent]] = defaultdict(list)
    dated = [(one.timestamp, TRACK_EVENTS.index(one.type), one) for one in events if one.timestamp]
    for _, _, one in sorted(dated, key=lambda each: each[:2]):
        found[one.data.track_id].append(one)
    return found


def _on(track: Sequence[ReportedEvent], gone: datetime) -> Iterator[Stay]:
    """When one track was on, until it was removed or who sent it was ``gone``."""
    since: datetime | None = None
    for one in track:
        at = min(one.timestamp or gone, gone)
        is_on = one.type != REMOVED and not one.data.mute
        if is_on and since is None:
            since = at
        elif not is_on and since is not None:
            yield since, at
            since = None
    if since is not None:
        yield since, gone
