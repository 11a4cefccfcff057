"""The receipt as a value: its curve, its peak, when it is whole, and the file that hostile names are in."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from bot.command import PersonRef, RoomRef
from bot.features.session import report
from bot.features.session.attendance import Attendee
from bot.features.session.crowd import Crowd, curve, stepped
from bot.features.session.receipt import Participation, Receipt
from bot.features.session.tracks import Coverage
from bot.hms import Beam, RecordingAsset
from bot.reply import Plain, Reply
from bot.reply.file import FORMULA

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def part(name: str, *stays: tuple[float, float], unmuted: float | None = None) -> Participation:
    spans = tuple((at(came), at(left)) for came, left in stays)
    person = PersonRef(peer_id=name, name=name, role="guest")
    length = None if unmuted is None else timedelta(minutes=unmuted)
    return Participation(Attendee(person, spans, spans[-1][1], (name,)), length, length)


def there(*stays: tuple[float, float]) -> Attendee:
    return part("Gus", *stays).attendee


def receipt(*people: Participation, lasted: float = 60, **more: object) -> Receipt:
    return Receipt(RoomRef(id="r", name="standup"), "s", NINE, at(lasted), at(lasted), people, **more)  # type: ignore[arg-type]


def test_who_goes_as_another_comes_was_never_there_beside_them() -> None:
    steps = curve([there((0, 10)), there((10, 20)), there((5, 8))])

    assert steps == (Crowd(at(0), 1), Crowd(at(5), 2), Crowd(at(8), 1), Crowd(at(20), 0))


def test_who_came_and_went_in_one_moment_was_there_for_none() -> None:
    assert curve([there((5, 5))]) == ()
    assert receipt(part("Gus", (5, 5))).peak == 0


def test_somebody_who_is_back_counts_once_at_each_time() -> None:
    assert receipt(part("Gus", (0, 10), (12, 60)), part("Ivy", (10, 12))).peak == 1


@pytest.mark.parametrize(
    ("lasted", "width", "number"), [(0.1, 1, 1), (20, 1, 20), (21, 2, 11), (95, 5, 19), (720, 60, 12)]
)
def test_the_curve_has_twenty_steps_at_most_and_reaches_to_the_end(
    lasted: float, width: int, number: int
) -> None:
    found, figures = stepped(curve([there((0, lasted))]), NINE, at(lasted))

    assert (found, len(figures)) == (width, number)
    assert set(figures) == {1}


def test_a_peak_of_seconds_shows_in_the_curve() -> None:
    steps = curve([there((0, 60)), there((31, 31.2)), there((31.1, 31.3))])

    assert stepped(steps, NINE, at(60))[1] == (1,) * 10 + (3,) + (1,) * 9


def test_the_curve_is_said_in_words() -> None:
    drawn = report.chart(receipt(part("Gus", (0, 60)), part("Ivy", (30, 60))))

    assert drawn
    lines = Reply("", chart=drawn).charted()
    assert [Plain().text(line).strip() for line in lines] == [
        "minute 0 to 30: 1 person",
        "minute 30 to 60: 2 people",
    ]


def test_a_second_alone_is_no_session_worth_telling() -> None:
    assert not receipt().is_worth_telling
    assert not receipt(part("Gus", (0, 0.5)), lasted=0.5).is_worth_telling
    assert receipt(part("Gus", (0, 1)), lasted=1).is_worth_telling
    assert receipt(part("Gus", (0, 0.2)), part("Ivy", (0.1, 0.2)), lasted=0.2).is_worth_telling


def test_it_is_whole_when_nothing_is_made_any_more() -> None:
    whole = {"told": Coverage.WHOLE}
    running, done = (Beam(id="b", status=status) for status in ("post_processing", "completed"))
    making, ready = (RecordingAsset(id="a", status=status) for status in ("processing", "completed"))

    assert receipt(**whole, recordings=(done,), files=(ready,)).is_whole
    assert not receipt(**whole, recordings=(running,)).is_whole
    assert not receipt(**whole, recordings=(done,), files=(making,)).is_whole
    assert not receipt(told=Coverage.PART).is_whole


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", 'Gus", =1', "Zo\u00eb"]


def test_no_name_is_a_formula_and_each_is_what_it_was() -> None:
    listed = report.attached(receipt(*(part(name, (0, 60)) for name in HOSTILE))).content

    rows = list(csv.reader(StringIO(listed.removeprefix("\ufeff"), newline="")))[1:]
    assert [row[0] for row in rows] == [*(f"'{name}" for name in HOSTILE[:8]), *HOSTILE[8:]]
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]


def test_the_file_says_when_each_came_and_went_and_how_long() -> None:
    listed = report.attached(
        receipt(part("Gus", (0, 10), (15, 60), unmuted=1.5), part("Ivy", (5, 6)))
    ).content

    _, gus, ivy = listed.splitlines()
    assert gus == (
        "Gus,,guest,2026-03-02T09:00:00Z,2026-03-02T10:00:00Z,"
        "2026-03-02T09:00:00Z/2026-03-02T09:10:00Z; 2026-03-02T09:15:00Z/2026-03-02T10:00:00Z,55.0,1.5,1.5"
    )
    assert ivy == (
        "Ivy,,guest,2026-03-02T09:05:00Z,2026-03-02T09:06:00Z,2026-03-02T09:05:00Z/2026-03-02T09:06:00Z,1.0,,"
    )


def test_the_same_facts_are_the_same_bytes() -> None:
    once, twice = (report.attached(receipt(part("Gus", (0, 60)), part("Ivy", (5, 60)))) for _ in range(2))

    assert once.data == twice.data
    assert once.name == "standup-2026-03-02-0900.csv"
