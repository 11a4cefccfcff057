"""The receipt of a session: who was there, what was done and what is left of it, as one value."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.command import RoomRef
from bot.features.record.files import Storage
from bot.features.session.attendance import Attendee, Stay
from bot.features.session.crowd import Crowd, curve, peak
from bot.features.session.tracks import Coverage, Tracks
from bot.hms import Beam, RecordingAsset
from bot.reply import Mention
from bot.request.request import Request
from bot.work.arrivals import Source

MINUTE = timedelta(minutes=1)
MAKING = frozenset({"starting", "running", "stopping", "post_processing"})


@dataclass(frozen=True)
class Participation:
    """One person's part; how long they were heard and seen is None where 100ms does not tell."""

    attendee: Attendee
    unmuted: timedelta | None = None
    camera: timedelta | None = None


@dataclass(frozen=True)
class ActDone:
    """One act: what was asked for, by whom, who agreed, and how long it took until it was done."""

    number: int
    what: str
    by: Mention
    approved: tuple[Mention, ...]
    delay: timedelta

    @classmethod
    def of(cls, request: Request) -> "ActDone":
        """The act of a request that is done."""
        delay = (request.ended_at or request.asked_at) - request.asked_at
        return cls(request.id, request.sentence, request.actor.mention, request.cause.approved, delay)


@dataclass(frozen=True)
class Receipt:
    """A session as a whole; the same facts make the same receipt, whoever told them first.

    ``ended`` is None while it goes on, and ``until`` is up to when it is told. ``told`` says how much is
    known of microphones and cameras, ``sources`` how the bot heard of the session while it ran.
    """

    room: RoomRef
    session: str
    began: datetime
    until: datetime
    ended: datetime | None
    people: tuple[Participation, ...]
    acts: tuple[ActDone, ...] = ()
    recordings: tuple[Beam, ...] = ()
    files: tuple[RecordingAsset, ...] = ()
    storage: Storage = field(default_factory=Storage)
    told: Coverage = Coverage.NOTHING
    sources: frozenset[Source] = frozenset()

    @property
    def lasted(self) -> timedelta:
        """How long it lasted, so far."""
        return self.until - self.began

    @property
    def curve(self) -> tuple[Crowd, ...]:
        """How many were there, from each moment on at which that changed."""
        return curve(one.attendee for one in self.people)

    @property
    def peak(self) -> int:
        """How many were there at once, at most."""
        return peak(self.curve)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is still on its way."""
        recorded = not any(one.status in MAKING for one in self.recordings)
        written = not any(one.status == "processing" for one in self.files)
        return recorded and written and self.told in {Coverage.WHOLE, Coverage.FORGOTTEN}

    @property
    def is_worth_telling(self) -> bool:
        """Whether anybody wants to read of it: somebody who looked in alone for a moment is no session."""
        return len(self.people) > 1 or (bool(self.people) and self.lasted >= MINUTE)


def participations(attendees: Iterable[Attendee], tracks: Tracks) -> tuple[Participation, ...]:
    """Everybody's part."""
    is_told = tracks.told in {Coverage.WHOLE, Coverage.PART}
    return tuple(_part(one, tracks) if is_told else Participation(one) for one in attendees)


def _part(attendee: Attendee, tracks: Tracks) -> Participation:
    sent = tracks.of(attendee.peers)
    return Participation(attendee, _length(sent.heard), _length(sent.seen))


def _length(spans: Iterable[Stay]) -> timedelta:
    return sum((end - start for start, end in spans), start=timedelta())
