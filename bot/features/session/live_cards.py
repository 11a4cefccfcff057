"""The card of a session through its life, and the lines in its thread: the same however we heard of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.command import PersonRef, RoomRef
from bot.command.identity import persons
from bot.features.room import cockpit
from bot.features.room.cockpit import NOTHING_COMES, Sight
from bot.features.session.attendance import Attendee
from bot.features.session.crowd import curve, most_at_once
from bot.features.session.movements import BeamTurn, Move, Movement
from bot.features.subscription import cards
from bot.features.subscription.book import Feature, Subscription
from bot.hms import ExternalStream, Recording, Session
from bot.reply import Button, Counted, Invocation, Message, Name, Phrase, Reply, TimeOfDay, roughly

ROLES = 6  # that are named with how many people have them
NAMED = 5  # people in one line of a thread


@dataclass(frozen=True)
class Seen:
    """A session as one look found it; ``sight`` is its room now, ``here`` who is in it."""

    session: Session
    sight: Sight
    here: tuple[PersonRef, ...]
    people: tuple[Attendee, ...]
    recordings: int

    @property
    def begun(self) -> datetime | None:
        """When it began."""
        return self.session.created_at

    @property
    def over(self) -> datetime | None:
        """When it ended; None while it goes on."""
        return None if self.session.active else self.session.updated_at

    @property
    def peak(self) -> int:
        """How many were there at once, at most."""
        return most_at_once(curve(self.people))


@dataclass(frozen=True)
class RoleChange:
    """Somebody who has another role now, as 100ms reported it."""

    name: str
    role: str
    before: str


@dataclass(frozen=True)
class News:
    """What happened since the thread told of it last."""

    movements: Sequence[Movement]
    turns: Sequence[BeamTurn]
    changes: Sequence[RoleChange]


def card(seen: Seen, followed: Subscription, now: datetime) -> Message:
    """What a channel reads of a session, as it is now or as it was."""
    said = _over(seen) if seen.over else _live(seen, followed, now)
    return Message(said, state=cards.named(followed))


def line(news: News, followed: Subscription) -> Reply | None:
    """What the thread of a channel says of what happened; None for nothing it wants to hear."""
    said = [*_came_and_went(news, followed), *_roles(news, followed), *_beams(news, followed)]
    return sum(said[1:], start=said[0]) if said else None


def _live(seen: Seen, followed: Subscription, now: datetime) -> Reply:
    """The room's own block, without what ticks: who looks at a card wants to see what changed."""
    coming = seen.sight.coming if Feature.SCHEDULE in followed.features else NOTHING_COMES
    sight = replace(seen.sight, since=None, coming=coming)
    return cockpit.block(sight, now, may=lambda _: True) + Reply("\n") + _there(seen)


def _there(seen: Seen) -> Reply:
    most = Counted(seen.peak, "person", "people")
    about: dict[str, Any] = {"begun": TimeOfDay(seen.begun) if seen.begun else "", "most": most}
    if not seen.here:
        return Reply("Since {begun}; {most} at most at once.", **about)
    return Reply("Since {begun}: {roles}; {most} at most at once.", roles=_by_role(seen.here), **about)


def _by_role(here: Sequence[PersonRef]) -> tuple[Phrase | Counted, ...]:
    """How many people have which role, the most first; who is there with several devices has one."""
    counted = Counter(devices[0].role for devices in persons(here))
    listed = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    said = [Phrase("{number} {role}", number=number, role=role) for role, number in listed[:ROLES]]
    more = sum(number for _, number in listed[ROLES:])
    return (*said, Counted(more, "other", "others")) if more else tuple(said)


def _over(seen: Seen) -> Reply:
    begun, over = seen.begun or seen.over, seen.over
    shows = Button("Show", Invocation("session show", session=seen.session.id, room=seen.sight.room))
    said = Reply(
        "The session in {room} is over. It lasted {span}, from {begun} to {over}.",
        room=seen.sight.room,
        span=roughly(over - begun) if over and begun else "",
        begun=begun,
        over=TimeOfDay(over) if over else "",
        buttons=[shows],
    )
    return said + _took_part(seen) + _recorded(seen)


def _took_part(seen: Seen) -> Reply:
    people = Counted(len(seen.people), "person", "people")
    return Reply("\n{people} took part, {most} at most at once.", people=people, most=seen.peak)


def _recorded(seen: Seen) -> Reply:
    if not seen.recordings:
        return Reply("")
    return Reply("It has {recordings}.", recordings=Counted(seen.recordings, "recording", "recordings"))


def _came_and_went(news: News, followed: Subscription) -> Iterator[Reply]:
    if not followed.hears(Feature.PEERS):
        return
    for move in Move:
        people = tuple(one.person for one in news.movements if one.move is move)
        if people:
            yield _moved(move, people)


def _moved(move: Move, people: tuple[PersonRef, ...]) -> Reply:
    """People by name where they are few, else how many: forty who come are one line."""
    who = people if len(people) <= NAMED else Counted(len(people), "person", "people")
    match move:
        case Move.CAME:
            return Reply("{who} joined.", who=who)
        case Move.BACK:
            return Reply("{who} dropped out and came back at once.", who=who)
    return Reply("{who} left.", who=who)


def _roles(news: News, followed: Subscription) -> Iterator[Reply]:
    if not followed.hears(Feature.ROLES):
        return
    if len(news.changes) <= NAMED:
        yield from (
            Reply("{who} is now {role}, was {before}.", who=Name(one.name), role=one.role, before=one.before)
            for one in news.changes
        )
        return
    for role, number in Counter(one.role for one in news.changes).items():
        yield Reply("Now {role}: {people}.", role=role, people=Counted(number, "person", "people"))


def _beams(news: News, followed: Subscription) -> Iterator[Reply]:
    yield from (_turned(one, followed.room) for one in news.turns if followed.hears(_feature(one)))


def _feature(turn: BeamTurn) -> Feature:
    return Feature.RECORDINGS if isinstance(turn.beam, Recording) else Feature.STREAMS


def _turned(turn: BeamTurn, _: RoomRef) -> Reply:
    if isinstance(turn.beam, Recording):
        return Reply("A recording began.") if turn.began else Reply("A recording ended.")
    if isinstance(turn.beam, ExternalStream):
        return Reply("A stream began.") if turn.began else Reply("A stream ended.")
    return Reply("A live stream began.") if turn.began else Reply("A live stream ended.")
