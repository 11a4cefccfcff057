"""Who is 100ms's own is told from roles and moments, and a person is never overlooked for it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.features.room.recorders import recorders
from bot.hms import Beam, Peer

ORDERED = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
JOB = {
    "id": "job",
    "status": "running",
    "meeting_url": "https://school.app.100ms.live/preview/r1/front%20row?skip_preview=true",
    "created_at": ORDERED,
    "started_at": ORDERED + timedelta(seconds=5),
}


def job(**changes: object) -> Beam:
    return Beam.model_validate(JOB | changes)


def peer(id_: str, role: str = "front row", came: float = 4) -> Peer:
    return Peer(id=id_, role=role, joined_at=ORDERED + timedelta(seconds=came))


def test_who_comes_in_the_role_of_a_job_as_it_begins_is_its_bot() -> None:
    assert recorders([peer("early", came=-60), peer("bot"), peer("late", came=60)], [job()]) == {"bot"}


def test_a_role_of_100ms_itself_needs_no_job() -> None:
    assert recorders([peer("bot", "__internal_recorder"), peer("gus", "guest")], []) == {"bot"}


@pytest.mark.parametrize("other", ["gus", "bot"])
def test_where_two_fit_one_job_both_are_people(other: str) -> None:
    assert recorders([peer("bot"), peer(f"{other}-2")], [job()]) == frozenset()


def test_two_jobs_that_begin_together_have_two_bots() -> None:
    assert recorders([peer("one"), peer("two")], [job(), job(id="stream")]) == {"one", "two"}


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "starting", "started_at": None},
        {"status": "completed"},
        {"meeting_url": "https://school.app.100ms.live/meeting/abc-defg-hij"},
        {"meeting_url": ""},
        {"meeting_url": "https://school.app.100ms.live/preview/r1/guest"},
        {"created_at": None},
    ],
)
def test_a_job_that_tells_too_little_makes_nobody_a_bot(changes: dict[str, object]) -> None:
    assert recorders([peer("gus")], [job(**changes)]) == frozenset()


def test_a_person_who_was_there_when_it_was_ordered_is_no_bot() -> None:
    assert recorders([peer("gus", came=0)], [job()]) == frozenset()


def test_a_bot_of_100ms_does_not_make_a_person_one() -> None:
    internal = "https://school.app.100ms.live/preview/r1/__internal_recorder"
    there = [peer("bot", "__internal_recorder"), peer("gus")]
    assert recorders(there, [job(meeting_url=internal)]) == {"bot"}
