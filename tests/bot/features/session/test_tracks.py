"""Microphones and cameras: what 100ms tells of them becomes minutes, whatever order it comes in."""

from datetime import UTC, datetime, timedelta
from random import Random

from bot.features.session.tracks import Coverage, Sent, sent_in
from bot.hms import ReportedEvent, Session

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADDED, CHANGED, REMOVED = "track.add.success", "track.update.success", "track.remove.success"


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def session(**left: float | None) -> Session:
    peers = {
        name: {
            "id": name,
            "name": name,
            "joined_at": NINE.isoformat(),
            **({"left_at": at(gone).isoformat()} if gone is not None else {}),
        }
        for name, gone in left.items()
    }
    return Session.model_validate({"id": "s", "peers": peers})


def event(
    kind: str,
    minutes: float,
    *,
    mute: bool = False,
    peer: str = "gus",
    track: str = "mic",
    sends: str = "audio",
) -> ReportedEvent:
    source = "screen" if track == "screen" else "regular"
    data = {"peer_id": peer, "track_id": track, "type": sends, "source": source, "mute": mute}
    moment = at(minutes).isoformat()
    return ReportedEvent.model_validate(
        {"id": f"{kind}{minutes}", "type": kind, "timestamp": moment, "data": data}
    )


TALK = [
    event(ADDED, 1, mute=True),
    event(CHANGED, 5),
    event(CHANGED, 8, mute=True),
    event(CHANGED, 10),
    event(REMOVED, 20),
]


def test_only_what_is_not_muted_counts() -> None:
    found = sent_in(session(gus=20), TALK, at(30))

    assert found.told is Coverage.WHOLE
    assert found.by_peer["gus"] == Sent(heard=((at(5), at(8)), (at(10), at(20))))


def test_the_order_in_which_it_is_told_is_of_no_matter() -> None:
    mixed = [event(ADDED, 1), event(CHANGED, 1, mute=True), *TALK[1:]]
    wanted = sent_in(session(gus=20), mixed, at(30))

    for seed in range(20):
        assert sent_in(session(gus=20), Random(seed).sample(mixed, len(mixed)), at(30)) == wanted


def test_a_camera_is_not_a_screen() -> None:
    shown = [event(ADDED, 2, track="screen", sends="video"), event(REMOVED, 9, track="screen", sends="video")]
    seen = [event(ADDED, 3, track="cam", sends="video"), event(REMOVED, 4, track="cam", sends="video")]

    assert sent_in(session(gus=20), shown + seen, at(30)).by_peer["gus"] == Sent(seen=((at(3), at(4)),))


def test_who_went_took_it_along_and_that_it_is_not_told_is_known() -> None:
    found = sent_in(
        session(gus=12, ivy=None), [event(ADDED, 2), event(ADDED, 4, peer="ivy", track="2")], at(30)
    )

    assert found.told is Coverage.PART
    assert found.by_peer == {"gus": Sent(((at(2), at(12)),)), "ivy": Sent(((at(4), at(30)),))}


def test_two_devices_of_one_person_count_once() -> None:
    events = [event(ADDED, 2), event(REMOVED, 6)]
    events += [event(ADDED, 4, peer="phone", track="b"), event(REMOVED, 9, peer="phone", track="b")]

    assert sent_in(session(gus=20, phone=20), events, at(30)).of(["gus", "phone"]).heard == ((at(2), at(9)),)


def test_nothing_told_is_not_nobody_heard() -> None:
    assert sent_in(session(gus=20), [], at(30)).told is Coverage.NOTHING
