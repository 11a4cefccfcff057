"""How well somebody's line was in a session that is over, and whether it was theirs."""

from asyncio import gather
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import fmean

from bot.command import Context, PersonRef, RoomRef
from bot.errors import UserError
from bot.features.room import finding, took_part
from bot.hms import PeerStats, Session
from bot.hms.objects import Number
from bot.hms.peer_stats import Series, TrackStats

CATEGORIES = 20  # as many as are drawn
SHORTEST = timedelta(minutes=1)
DEVICES = 10  # of one person: each costs a call
# From here on people hear and see it, as the makers of WebRTC tell it: a loss that is no longer made up for,
# and a round trip after which people talk at the same time.
LOST = 5.0  # per cent
SLOW = 300.0  # milliseconds
OFTEN = 0.2  # of the time: what is shorter is a moment, and no bad line


@dataclass(frozen=True)
class Stretch:
    """A stretch of time: what was sent in it, in kbit/s, how much of it was lost, how long it travelled."""

    at: datetime
    bitrate: float
    loss: float
    round_trip: float

    @property
    def is_bad(self) -> bool:
        """Whether people heard or saw it."""
        return self.loss > LOST or self.round_trip > SLOW


@dataclass(frozen=True)
class MeasuredLine:
    """Somebody's line: what they sent, and how many of those they heard came badly."""

    moments: tuple[Stretch, ...]
    heard: int
    heard_badly: int

    @property
    def measured(self) -> bool:
        """Whether there is anything to judge."""
        return bool(self.moments or self.heard)

    @property
    def sent_badly(self) -> bool:
        """Whether what they sent suffered for long enough."""
        return bool(self.moments) and sum(one.is_bad for one in self.moments) >= OFTEN * len(self.moments)

    @property
    def received_badly(self) -> bool:
        """Whether most of what they heard suffered, from whomever it came: then the way to them is bad."""
        return self.heard > 1 and 2 * self.heard_badly > self.heard


async def session_of(ctx: Context, room: RoomRef, session: str) -> Session:
    """The session to look at; UserError where there is none, or it goes on."""
    found = await took_part.ended(ctx.hms, room.id, session)
    if found is None:
        raise UserError("{room} has had no such session. See which it had: `/hms session list`.", room=room)
    if found.active:
        raise UserError(
            "That session of {room} goes on. 100ms tells how a line was once it has ended: ask then.",
            room=room,
        ).at("session")
    return found


async def of(ctx: Context, session: Session, person: PersonRef) -> MeasuredLine:
    """How somebody's line was, on all their devices."""
    peers = [peer.id for peer in session.peers.values() if _is_of(person, peer.id, peer.user_id)]
    every = await gather(*(_stats(ctx, session, peer) for peer in peers[-DEVICES:]))
    return line(every)


def line(every: Sequence[PeerStats]) -> MeasuredLine:
    """What was measured of one person, put together."""
    sent = [track for stats in every for track in (*stats.publisher.video, *stats.publisher.audio)]
    heard = [track for stats in every for track in stats.subscriber.audio]
    badly = [track for track in heard if _is_lossy(track)]
    return MeasuredLine(tuple(_moments(sent)), len(heard), len(badly))


async def _stats(ctx: Context, session: Session, peer: str) -> PeerStats:
    unknown = UserError("100ms has measured nothing of them in that session.")
    return await finding.found(ctx.hms.analytics.peer_stats(peer, session_id=session.id), unknown)


def _is_of(person: PersonRef, peer: str, user: str) -> bool:
    return peer == person.peer_id or (bool(user) and user == person.user_id and not person.shared)


def _is_lossy(track: TrackStats) -> bool:
    losses = _numbers(track.time_series.packet_loss_percent)
    return bool(losses) and sum(loss > LOST for loss in losses) >= OFTEN * len(losses)


def _moments(sent: Sequence[TrackStats]) -> Iterator[Stretch]:
    """The time in as many equal stretches as are drawn, those in which anything was measured."""
    stamps = sorted(stamp for track in sent for stamp in track.time_series.timestamps)
    if not stamps:
        return
    first, size = stamps[0], _size(stamps[0], stamps[-1])
    for number in range((stamps[-1] - first) // size + 1):
        begin = first + number * size
        within = [_within(track.time_series, begin, begin + size) for track in sent]
        measured = [one for one in within if one.timestamps]
        if measured:
            yield _moment(begin, measured)


def _size(first: int, last: int) -> int:
    """How long each stretch is, in milliseconds, so that there are no more than are drawn."""
    return max(int(SHORTEST.total_seconds() * 1000), (last - first) // CATEGORIES + 1)


def _within(series: Series, begin: int, end: int) -> Series:
    there = [number for number, stamp in enumerate(series.timestamps) if begin <= stamp < end]

    def some(values: Sequence[Number | None]) -> tuple[Number | None, ...]:
        return tuple(values[number] for number in there if number < len(values))

    return Series(
        timestamps=tuple(series.timestamps[number] for number in there),
        bitrate=some(series.bitrate),
        packet_loss_percent=some(series.packet_loss_percent),
        rtt_ms=some(series.rtt_ms),
    )


def _moment(begin: int, measured: Sequence[Series]) -> Stretch:
    """What all tracks sent together, and how it went on average."""
    losses = [loss for one in measured for loss in _numbers(one.packet_loss_percent)]
    trips = [trip for one in measured for trip in _numbers(one.rtt_ms)]
    rates = [_mean(_numbers(one.bitrate)) for one in measured]
    return Stretch(datetime.fromtimestamp(begin / 1000, UTC), sum(rates), _mean(losses), _mean(trips))


def _numbers(values: Iterable[Number | None]) -> list[float]:
    return [float(value) for value in values if value is not None]


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0
