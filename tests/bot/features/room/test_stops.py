"""Which stop is the nearest, what bounds a move, which warnings are still to come: nothing but values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.command import RoomRef
from bot.features.room.stops import Note, Stop, bound, in_order, in_session
from bot.reply import Mention, Reply
from bot.request.request import Cause

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CAUSE = Cause(7, Mention("U0MO", "Mo"), NOW)


def stop(
    minutes: float, name: str = "7", *, warn: tuple[int, ...] = (10, 5, 1), session: str = "one"
) -> Stop:
    return Stop(name, RoomRef(id="standup"), NOW + minutes * MINUTE, CAUSE, session, warn=warn)


def test_the_nearest_comes_first_and_of_two_at_once_always_the_same() -> None:
    late, soon, too = stop(30, "7"), stop(10, "8"), stop(10, "9")

    assert in_order([late, too, soon]) == (soon, too, late)


def test_what_would_lie_in_the_past_is_no_warning() -> None:
    assert stop(30).warnings(NOW) == ((10, NOW + 20 * MINUTE), (5, NOW + 25 * MINUTE), (1, NOW + 29 * MINUTE))
    assert stop(7).warnings(NOW) == ((5, NOW + 2 * MINUTE), (1, NOW + 6 * MINUTE))
    assert stop(5).warnings(NOW) == ((1, NOW + 4 * MINUTE),)  # this very moment is none to come
    assert stop(0.5).warnings(NOW) == ()


def test_of_warnings_that_came_late_together_the_nearest_is_given() -> None:
    late = stop(0.5)

    assert [minutes for minutes in late.warn if late.warns_now(minutes, NOW)] == [1]


def test_a_warning_is_given_late_while_no_nearer_one_has_come() -> None:
    assert stop(2).warns_now(5, NOW)
    assert not stop(2).warns_now(10, NOW)
    assert not stop(2).warns_now(1, NOW)


def test_nobody_is_warned_of_an_end_that_came() -> None:
    assert not stop(0).warns_now(1, NOW)
    assert not stop(-1).warns_now(1, NOW)


def test_a_move_is_by_exactly_so_much_and_arms_the_warnings_again() -> None:
    soon = stop(3)
    assert soon.warnings(NOW) == ((1, NOW + 2 * MINUTE),)

    moved = soon.moved(5 * MINUTE)

    assert moved.ends_at == NOW + 8 * MINUTE
    assert moved.warnings(NOW) == ((5, NOW + 3 * MINUTE), (1, NOW + 7 * MINUTE))


def test_a_later_end_bounds_a_move() -> None:
    soon, later = stop(10, "7"), stop(12, "8")

    assert bound(soon, [soon, later]) is None
    assert bound(soon.moved(1 * MINUTE), [soon, later]) is None
    assert bound(soon.moved(2 * MINUTE), [soon, later]) == later
    assert bound(soon.moved(15 * MINUTE), [soon, later]) == later


def test_another_session_is_none_of_its_business() -> None:
    one, other, any_ = stop(10), stop(10, session="two"), stop(10, session="")

    assert in_session([one, other, any_], "one") == (one,)
    assert in_session([any_], "") == ()


def test_what_a_request_brought_is_found_again() -> None:
    note = Note(8, Reply("Max gave {room} more.", room="standup"))
    noted = stop(10).noted(note)

    assert noted.note_of(8) == note
    assert noted.note_of(9) is None
    assert Note.load(note.json()) == note
    assert replace(noted, notes=()) == stop(10)
