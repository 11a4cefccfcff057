"""The receipt of a session: who was there, what was done and what is left of it, as one value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from bot.command import RoomRef
from bot.features.record.files import Storage
from bot.features.session.attendance import Attendee, Stay
from bot.features.session.tracks import Coverage, Tracks
from bot.hms import Beam, RecordingAsset
from bot.reply import Mention
from bot.request.request import Request
from bot.work.arrivals import Source

MOST_STEPS = 20  # of the curve: Slack draws no more
STEPS = (1, 2, 3, 5, 10, 15, 20, 30, 60)  # minutes, as people divide an hour
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
class Crowd:
    """How many people were there from one moment on."""

    since: datetime
    people: int


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
        return curve(span for one in self.people for span in one.attendee.spans)

    @property
    def peak(self) -> int:
        """How many were there at once, at most."""
        return max((one.people for one in self.curve), default=0)

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


def curve(spans: Iterable[Stay]) -> tuple[Crowd, ...]:
    """How many were there from each moment on; who goes as another comes was never there beside them."""
    changes = [change for start, end in spans if start < end for change in ((start, 1), (end, -1))]
    people, found = 0, list[Crowd]()
    for at, together in groupby(sorted(changes), key=lambda change: change[0]):
        people += sum(change for _, change in together)
        if not found or found[-1].people != people:
            found.append(Crowd(at, people))
    return tuple(found)


def stepped(steps: Sequence[Crowd], began: datetime, until: datetime) -> tuple[int, tuple[int, ...]]:
    """The curve in equal steps: how many minutes one is, and the most people that were there in each."""
    minutes = max(-(-(until - began) // MINUTE), 1)
    width = next((one for one in STEPS if minutes <= one * MOST_STEPS), STEPS[-1])
    starts = [began + MINUTE * at for at in range(0, minutes, width)]
    return width, tuple(_most(steps, start, start + MINUTE * width) for start in starts[:MOST_STEPS])


def _most(steps: Sequence[Crowd], start: datetime, end: datetime) -> int:
    before = [one.people for one in steps if one.since <= start]
    within = [one.people for one in steps if start < one.since < end]
    return max([*before[-1:], *within], default=0)


def _part(attendee: Attendee, tracks: Tracks) -> Participation:
    sent = tracks.of(attendee.peers)
    return Participation(attendee, _length(sent.heard), _length(sent.seen))


def _length(spans: Iterable[Stay]) -> timedelta:
    return sum((end - start for start, end in spans), start=timedelta())
