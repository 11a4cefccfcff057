"""Who came, went and was back at once is worked out from the whole session, in any window of time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.features.session.attendance import attendance
from bot.features.session.crowd import curve, peak
from bot.features.session.movements import Between, Move, movements
from bot.hms import Session
from bot.hms.sessions import SessionPeer

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALL = Between(NINE - timedelta(minutes=1), NINE + timedelta(hours=1))


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
    assert peak(curve(attendance(found, (), at(600)))) == 1


def test_another_device_is_nothing_to_tell_of() -> None:
    found = session(("Gus", 0, 600), ("Gus", 100, None))
    assert told(found) == [("Gus", Move.CAME, 0)]


def test_who_leaves_with_the_session_does_not_leave_it() -> None:
    found = session(("Gus", 0, 600), ("Ivy", 0, 300), over=600)
    assert told(found) == [("Gus", Move.CAME, 0), ("Ivy", Move.CAME, 0), ("Ivy", Move.LEFT, 300)]


def test_windows_that_follow_each_other_tell_everything_once() -> None:
    found = session(("Gus", 0, 100), ("Gus", 130, 400), ("Ivy", 60, None))
    edges = [NINE - timedelta(seconds=1), at(60), at(130), at(400), at(900)]
    parts = [told(found, Between(*pair)) for pair in pairwise(edges)]
    assert [one for part in parts for one in part] == told(found)


def test_the_most_at_once_counts_nobody_who_had_gone_when_another_came() -> None:
    found = session(("Gus", 0, 100), ("Ivy", 100, 200), ("Uma", 50, 60), over=300)
    assert peak(curve(attendance(found, (), at(300)))) == 2
