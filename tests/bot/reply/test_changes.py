"""What has changed since a card was shown is said with old and new, as a reader can check it."""

import json
from datetime import UTC, datetime

from bot.reply import Plain, Reply, Stakes, changes, what_runs

NINE, TEN = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (9, 10))
IVY = Stakes("s1", 3, {"user-ivy": "guest"}, names={"user-ivy": "Ivy", "user-hana": "Hana"}, since=NINE)


def said(then: Stakes, now: Stakes) -> str:
    """The changes as somebody reads them."""
    return " ".join(Plain().text(change) for change in changes(then, now))


def test_a_role_is_said_as_it_is_and_as_it_was() -> None:
    now = Stakes("s1", 3, {"user-ivy": "stage"}, names=IVY.names, since=NINE)

    assert said(IVY, now) == "“Ivy” is now stage, was guest."
    assert said(IVY, IVY) == ""


def test_roles_that_are_not_named_are_counted() -> None:
    crowd = {f"u{number}": "guest" for number in range(6)}
    then, now = (Stakes("s1", 6, dict.fromkeys(crowd, role), names=crowd) for role in ("guest", "stage"))

    assert said(then, now).endswith("The role of 1 other person changed too.")


def test_another_session_is_told_from_the_one_shown_by_when_they_began() -> None:
    now = Stakes("s2", 3, IVY.targets, names=IVY.names, since=TEN)

    assert said(IVY, now) == (
        "Another session runs now, which began 2 Mar 10:00; the one shown began 2 Mar 09:00."
    )


def test_people_who_came_and_went_are_named_and_many_are_counted() -> None:
    crowd = {f"u{number}": "guest" for number in range(9)}
    now = Stakes("s1", 3, crowd, names={key: key.upper() for key in crowd}, since=NINE)

    assert said(IVY, now) == (
        "No longer among them: “Ivy”. New among them: “U0”, “U1”, “U2”, “U3”, “U4”, and 4 others."
    )


def test_what_runs_is_said_as_it_is_and_as_it_was() -> None:
    recorded = Stakes("s1", 3, IVY.targets, running={"r1": "recording"}, names=IVY.names)
    anew = Stakes("s1", 3, IVY.targets, running={"r2": "recording"}, names=IVY.names)
    nothing = Stakes("s1", 3, IVY.targets, names=IVY.names)

    assert said(recorded, nothing) == "Running now: nothing. Before: 1 recording."
    assert said(recorded, anew) == "A recording or stream ended or began. Running now: 1 recording."
    assert what_runs(["stream", "recording", "stream"])[1].number == 2


def test_a_host_who_joined_is_named() -> None:
    now = Stakes("s1", 4, IVY.targets, frozenset({"user-hana"}), names=IVY.names, since=NINE)

    assert said(IVY, now) == "Joined as a host: “Hana”."


def test_a_crowd_counts_once_it_has_more_than_doubled_and_grown_by_ten() -> None:
    few, twelve, thirteen = (Stakes("s1", people, IVY.targets) for people in (3, 12, 13))

    assert said(few, twelve) == ""
    assert said(few, thirteen) == "13 people are there now, not 3."


def test_what_an_earlier_release_kept_is_still_understood() -> None:
    kept = {"session": "s1", "people": 3, "targets": {"p1": "guest"}, "hosts": ["p2"], "running": ["r1"]}

    then = Stakes.load(kept)

    assert changes(then, then) == []
    assert said(then, Stakes("s1", 3, {"p1": "stage"}, then.hosts, then.running)) == (
        "“p1” is now stage, was guest."
    )
    assert "A recording or stream ended or began." in said(then, Stakes("s1", 3, then.targets, then.hosts))


def test_stakes_and_facts_are_read_back_as_they_were_kept() -> None:
    asked = Reply("End {room}?", room="standup", facts=[Reply("{who} stops", who="it")], stakes=IVY)

    assert Reply.load(json.loads(json.dumps(asked.json()))) == asked
