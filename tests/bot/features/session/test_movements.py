"""Who came, went and was back at once is worked out from the whole session, in any window of time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.features.session.attendance import attendance
from bot.features.session.crowd import curve, most_at_once
from bot.features.session.movements import Between, Move, movements
from bot.hms import Session
from bot.hms.sessions import SessionPeer

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALL = Between(NINE - timedelta(minutes=1), NINE + timedelta(hours=1))
STAY = st.tuples(st.just("Gus"), st.integers(0, 200), st.none() | st.integers(0, 300))


def at(seconds: int) -> datetime:
    return NINE + timedelta(seconds=seconds)


def session(*stays: tuple[str, int, int | None], over: int | None = None) -> Session:
    """People by name, from when to when each connection of theirs was there."""
    peers = {
        str(number): SessionPeer(
            id=str(number),
            name=name,
            user_id=name,
            role="guest",
            joined_at=at(came),
            left_at=None if left is None else at(left),
        )
        for number, (name, came, left) in enumerate(stays)
    }
    end = at(over) if over else None
    return Session(id="s", room_id="r", active=over is None, peers=peers, created_at=NINE, updated_at=end)


def told(found: Session, between: Between = ALL) -> list[tuple[str, Move, int]]:
    moved = movements(found, (), between)
    return [(one.person.name, one.move, int((one.at - NINE).total_seconds())) for one in moved]


def test_who_is_back_within_a_minute_was_never_gone() -> None:
    found = session(("Gus", 0, 100), ("Gus", 130, None))
    assert told(found) == [("Gus", Move.CAME, 0), ("Gus", Move.BACK, 130)]


def test_who_stays_away_for_longer_has_left_and_come_again() -> None:
    found = session(("Gus", 0, 100), ("Gus", 161, None))
    assert told(found) == [("Gus", Move.CAME, 0), ("Gus", Move.LEFT, 100), ("Gus", Move.CAME, 161)]


def test_a_ghost_that_is_still_listed_is_the_same_person() -> None:
    found = session(("Gus", 0, 150), ("Gus", 100, None))
    assert told(found) == [("Gus", Move.CAME, 0), ("Gus", Move.BACK, 100)]
    assert most_at_once(curve(attendance(found, (), at(600)))) == 1


def test_another_device_is_nothing_to_tell_of() -> None:
    found = session(("Gus", 0, 600), ("Gus", 100, None))
    assert told(found) == [("Gus", Move.CAME, 0)]


def test_who_leaves_with_the_session_does_not_leave_it() -> None:
    found = session(("Gus", 0, 600), ("Ivy", 0, 300), over=600)
    assert told(found) == [("Gus", Move.CAME, 0), ("Ivy", Move.CAME, 0), ("Ivy", Move.LEFT, 300)]


@given(st.lists(STAY, max_size=8))
def test_it_is_told_as_if_every_earlier_connection_were_looked_at(stays: list[tuple[str, int, int]]) -> None:
    assert told(session(*stays)) == sorted(retold(stays), key=lambda one: one[2])


def retold(stays: list[tuple[str, int, int]]) -> Iterator[tuple[str, Move, int]]:
    """The same in the plainest way, which looks at every pair of connections."""
    there: list[int | None] = []
    for name, came, left in sorted(stays, key=lambda stay: stay[1]):
        gone = None if None in there else max(filter(None, there), default=0)
        if not there:
            yield name, Move.CAME, came
        elif gone is not None and gone + 60 < came:
            yield name, Move.LEFT, gone
            yield name, Move.CAME, came
        elif (gone is not None and gone <= came) or any(end and came < end <= came + 60 for end in there):
            yield name, Move.BACK, came
        there.append(left)
    if there and None not in there:
        yield "Gus", Move.LEFT, max(there)


class Counted(datetime):
    """A moment that counts how often it is compared."""

    compared = 0

    def __lt__(self, other: datetime) -> bool:
        Counted.compared += 1
        return super().__lt__(other)

    def __gt__(self, other: datetime) -> bool:
        Counted.compared += 1
        return super().__gt__(other)


def test_a_line_that_breaks_a_thousand_times_is_told_without_comparing_each_with_each() -> None:
    found = session(*(("Gus", number, number + 30) for number in range(1000)))
    peers = {key: peer.model_copy(update={"left_at": counted(peer)}) for key, peer in found.peers.items()}
    Counted.compared = 0

    assert len(told(found.model_copy(update={"peers": peers}))) == 1001
    assert Counted.compared < 50_000


def counted(peer: SessionPeer) -> Counted:
    assert peer.left_at
    return Counted.fromtimestamp(peer.left_at.timestamp(), UTC)


def test_windows_that_follow_each_other_tell_everything_once() -> None:
    found = session(("Gus", 0, 100), ("Gus", 130, 400), ("Ivy", 60, None))
    edges = [NINE - timedelta(seconds=1), at(60), at(130), at(400), at(900)]
    parts = [told(found, Between(*pair)) for pair in pairwise(edges)]
    assert [one for part in parts for one in part] == told(found)


def test_the_most_at_once_counts_nobody_who_had_gone_when_another_came() -> None:
    found = session(("Gus", 0, 100), ("Ivy", 100, 200), ("Uma", 50, 60), over=300)
    assert most_at_once(curve(attendance(found, (), at(300)))) == 2
