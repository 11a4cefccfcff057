"""Who was in a session and how long: reconnects and several devices are one person, counted once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.command import PersonRef
from bot.command.identity import identified, persons
from bot.features.room import live
from bot.hms import Session

Stay = tuple[datetime, datetime]


@dataclass(frozen=True)
class Attendee:
    """One person with the ``spans`` in which they were there; ``left`` is None while they are.

    ``peers`` are the ids of all their connections.
    """

    person: PersonRef
    spans: tuple[Stay, ...]
    left: datetime | None
    peers: tuple[str, ...] = ()

    @property
    def came(self) -> datetime:
        """When they first came."""
        return self.spans[0][0]

    @property
    def there(self) -> timedelta:
        """How long they were there in all."""
        return sum((end - start for start, end in self.spans), start=timedelta())


def attendance(session: Session, own: Collection[str], now: datetime) -> tuple[Attendee, ...]:
    """Everybody who took part but 100ms's ``own`` bots, in the order in which they came."""
    peers = {peer.id: peer for peer in session.peers.values() if peer.id not in own and peer.joined_at}
    several = persons(identified(live.someone(peer) for peer in peers.values()))
    found = [_attendee(devices, session, now) for devices in several]
    return tuple(sorted(found, key=lambda one: one.came))


def merged(spans: Iterable[Stay]) -> tuple[Stay, ...]:
    """Spans without what they have in common, the first first."""
    found: list[Stay] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, max(start, end)))
    return tuple(found)


def _attendee(devices: tuple[PersonRef, ...], session: Session, now: datetime) -> Attendee:
    peers = [session.peers[one.peer_id] for one in devices]
    # Of a session that is over 100ms may not say when the last of them left: they left with it.
    end = now if session.active else session.updated_at or now
    spans = merged((peer.joined_at, peer.left_at or end) for peer in peers if peer.joined_at)
    there = session.active and any(peer.left_at is None for peer in peers)
    ids = tuple(peer.id for peer in peers)
    return Attendee(devices[0], spans, None if there else spans[-1][1], ids)
