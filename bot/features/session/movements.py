"""Who came, went, and was back at once, as 100ms tells it of a whole session, however we heard of that."""

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from bot.command import PersonRef
from bot.command.identity import identified, persons
from bot.features.room import live
from bot.hms import Beam, Session
from bot.hms.sessions import SessionPeer

BACK_WITHIN = timedelta(minutes=1)  # for so long 100ms lists somebody whose line was lost
NEVER = datetime.max.replace(tzinfo=UTC)  # when the end of a connection is that goes on


class Move(Enum):
    """What somebody did."""

    CAME = auto()
    BACK = auto()
    LEFT = auto()


@dataclass(frozen=True)
class Movement:
    """One person who came, left, or was gone for less than a minute."""

    at: datetime
    move: Move
    person: PersonRef


@dataclass(frozen=True)
class BeamTurn:
    """A recording or stream that began or ended."""

    at: datetime
    beam: Beam
    began: bool


@dataclass(frozen=True)
class Between:
    """What was after one moment and not after another."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Whether something falls into it."""
        return self.since < at <= self.until


def movements(session: Session, own: Collection[str], between: Between) -> list[Movement]:
    """Who came and went in a while; whoever leaves in its last minute leaves with the session."""
    peers = {peer.id: peer for peer in session.peers.values() if peer.id not in own and peer.joined_at}
    people = persons(identified(live.someone(peer) for peer in peers.values()))
    told = [one for devices in people for one in _of([peers[each.peer_id] for each in devices], devices[0])]
    end = None if session.active else session.updated_at
    return sorted(
        (one for one in told if between.holds(one.at) and not _is_the_end(one, end)), key=lambda one: one.at
    )


def turns(beams: Iterable[Beam], between: Between) -> list[BeamTurn]:
    """What began and ended in a while."""
    moments = [(beam.started_at, beam, True) for beam in beams] + [
        (beam.stopped_at, beam, False) for beam in beams
    ]
    found = [BeamTurn(at, beam, began) for at, beam, began in moments if at and between.holds(at)]
    return sorted(found, key=lambda one: one.at)


def _of(connections: Iterable[SessionPeer], person: PersonRef) -> Iterator[Movement]:
    """What one person did, from connection to connection; another device is nothing to tell of.

    The ends stand in order: somebody may have thousands, and each is looked at once.
    """
    ends: list[datetime] = []
    for peer in sorted(connections, key=lambda one: (one.joined_at, one.id)):
        at = peer.joined_at
        if at is None:
            continue
        if not ends:
            yield Movement(at, Move.CAME, person)
        elif at - ends[-1] > BACK_WITHIN:
            yield Movement(ends[-1], Move.LEFT, person)
            yield Movement(at, Move.CAME, person)
        elif ends[-1] <= at or _gives_way(ends, at):
            yield Movement(at, Move.BACK, person)
        insort(ends, peer.left_at or NEVER)
    if ends and ends[-1] < NEVER:
        yield Movement(ends[-1], Move.LEFT, person)


def _gives_way(ends: Sequence[datetime], at: datetime) -> bool:
    """Whether a connection was only still listed when another began: a ghost, that counts for nobody."""
    following = bisect_right(ends, at)
    return following < len(ends) and ends[following] - at <= BACK_WITHIN


def _is_the_end(one: Movement, end: datetime | None) -> bool:
    return one.move is Move.LEFT and end is not None and one.at >= end - BACK_WITHIN
