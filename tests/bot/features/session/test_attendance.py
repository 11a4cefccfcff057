"""Attendance: reconnects and devices are one person, and no minute counts twice."""

from datetime import UTC, datetime, timedelta

from bot.features.session.attendance import attendance, merged
from bot.hms import Session

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def session(*stays: tuple[str, str, int, int | None], active: bool = False) -> Session:
    peers = {
        f"peer-{number}": {
            "id": f"peer-{number}",
            "name": name,
            "user_id": user,
            "role": "guest",
            "joined_at": at(came).isoformat(),
            **({"left_at": at(left).isoformat()} if left is not None else {}),
        }
        for number, (name, user, came, left) in enumerate(stays)
    }
    end = at(60).isoformat()
    return Session.model_validate(
        {"id": "s", "active": active, "peers": peers, "created_at": NINE.isoformat(), "updated_at": end}
    )


def test_what_overlaps_is_counted_once() -> None:
    assert merged([(at(5), at(9)), (at(0), at(6)), (at(20), at(30))]) == ((at(0), at(9)), (at(20), at(30)))


def test_who_reconnects_is_one_person_whose_absence_does_not_count() -> None:
    [gus] = attendance(session(("Gus", "g", 0, 10), ("Gus", "g", 15, 30)), (), at(90))

    assert (gus.came, gus.left, gus.there) == (at(0), at(30), timedelta(minutes=25))


def test_two_devices_at_once_are_one_person() -> None:
    [gus] = attendance(session(("Gus", "g", 0, 20), ("Gus", "g", 10, 30)), (), at(90))

    assert gus.there == timedelta(minutes=30)


def test_an_id_that_two_people_share_makes_no_one_of_them() -> None:
    found = attendance(session(("Gus", "guest", 0, 10), ("Ivy", "guest", 5, 10)), (), at(90))

    assert [one.person.name for one in found] == ["Gus", "Ivy"]


def test_who_is_there_has_not_left_and_who_never_left_went_with_the_end() -> None:
    [gus] = attendance(session(("Gus", "g", 0, None), active=True), (), at(7))
    assert (gus.left, gus.there) == (None, timedelta(minutes=7))

    [gus] = attendance(session(("Gus", "g", 0, None)), (), at(90))
    assert (gus.left, gus.there) == (at(60), timedelta(minutes=60))


def test_bots_of_100ms_are_nobody() -> None:
    assert attendance(session(("Recorder", "", 0, 10)), {"peer-0"}, at(90)) == ()
