"""Which of those in a room are 100ms's own bots, that record or stream and are nobody to count."""

from asyncio import gather, timeout
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.hms import Beam, Hms, HmsError, Peer
from bot.hms.beam import WhichBeams

PATIENCE = 3.0  # seconds; people wait for who is there, not for what runs
REMEMBERED = 1000  # rooms; then all are forgotten, which costs three calls each


@dataclass(frozen=True)
class Jobs:
    """The newest jobs of a room: one page is enough, since at most one of each kind runs, the newest."""

    recordings: Sequence[Beam] = ()
    live_streams: Sequence[Beam] = ()
    streams: Sequence[Beam] = ()

    @property
    def all(self) -> tuple[Beam, ...]:
        """The jobs of every kind."""
        return (*self.recordings, *self.live_streams, *self.streams)


async def jobs(hms: Hms, room: str, session: str = "") -> Jobs:
    """Look what is recorded and streamed in a room, or was in one session: three calls, at once."""
    which: WhichBeams = {"room_id": room, "session_id": session} if session else {"room_id": room}
    recordings, live_streams, streams = await gather(
        hms.recordings.list(**which), hms.live_streams.list(**which), hms.external_streams.list(**which)
    )
    return Jobs(recordings.data, live_streams.data, streams.data)


def recorders(peers: Iterable[Peer], beams: Iterable[Beam]) -> frozenset[str]:
    """Tell 100ms's own bots by their role, or since they came in the role of a job and as it began.

    A job that runs has its bot in the room. Where more came so at that moment than jobs began, nobody can
    tell, and all of them count as people: it is worse to overlook a person than to show a bot.
    """
    return claimed(peers, (beam for beam in beams if beam.is_inside))


def claimed(peers: Iterable[Peer], beams: Iterable[Beam]) -> frozenset[str]:
    """The same of a session that is over, where jobs have had their bots in the room."""
    there = tuple(peers)
    own = {peer.id for peer in there if peer.is_recorder}
    claims = Counter(frozenset(peer.id for peer in there if beam.may_be_done_by(peer)) for beam in beams)
    certain = (ids for ids, claimed in claims.items() if len(ids) <= claimed)
    return frozenset(own.union(*certain))


class Recorders:
    """Remembers whom it has judged: a look into a room asks for its jobs only when somebody is new."""

    def __init__(self, hms: Hms) -> None:
        self._hms = hms
        self._judged: dict[str, dict[str, bool]] = {}

    async def among(
        self, room: str, peers: Sequence[Peer], known: Sequence[Beam] | None = None
    ) -> frozenset[str]:
        """The ids of those who are 100ms's own; ``known`` are the room's jobs, where somebody just looked."""
        judged = self._judged.get(room, {})
        new = [peer for peer in peers if peer.id not in judged and not peer.is_recorder]
        found = await self._look(room) if new and known is None else known
        if new and found is not None:
            judged = self._judge(room, peers, found, judged)
        return frozenset(peer.id for peer in peers if peer.is_recorder or judged.get(peer.id))

    async def _look(self, room: str) -> Sequence[Beam] | None:
        """The jobs of a room; None when they cannot be seen, which is no reason not to see the people."""
        try:
            async with timeout(PATIENCE):
                return (await jobs(self._hms, room)).all
        except (HmsError, TimeoutError):
            return None

    def _judge(
        self, room: str, peers: Sequence[Peer], found: Sequence[Beam], judged: dict[str, bool]
    ) -> dict[str, bool]:
        own = recorders(peers, found)
        verdicts = {peer.id: judged.get(peer.id, peer.id in own) for peer in peers}
        if not any(beam.is_starting for beam in found):  # its bot may be among those who are new
            if len(self._judged) >= REMEMBERED:
                self._judged.clear()
            self._judged[room] = verdicts
        return verdicts
