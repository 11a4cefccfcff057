"""What is different between two states of a template, in words."""

from typing import Any

import pytest

from bot.features.template.difference import MOST_TOLD, differences, held, told
from bot.features.template.flat import flat, patched, placed, secrets, without_secrets
from bot.reply import Plain

GUEST: dict[str, Any] = {
    "name": "guest",
    "publishParams": {"allowed": ["audio", "video"], "video": {"bitRate": 256}},
    "subscribeParams": {"subscribeToRoles": ["host"]},
    "permissions": {"pollRead": True, "sendRoomState": False},
    "maxPeerCount": 0,
}


def lines(before: dict[str, Any], now: dict[str, Any], whose: str = "") -> list[str]:
    return [Plain().text(line) for line in told(differences(before, now), whose)]


@pytest.mark.parametrize(
    ("place", "value", "line"),
    [
        ("publishParams.allowed.video", False, "guest: may publish video: yes → no"),
        ("publishParams.allowed.screen", True, "guest: may share the screen: no → yes"),
        ("publishParams.video.bitRate", 500, "guest: video, kbit/s: 256 → 500"),
        (
            "subscribeParams.subscribeToRoles",
            ["host", "stage"],
            "guest: sees and hears: host → host and stage",
        ),
        ("subscribeParams.subscribeToRoles", [], "guest: sees and hears: host → nobody"),
        ("permissions.endRoom", True, "guest: may end the session: no → yes"),
        ("permissions.pollRead", False, "guest: may see polls: yes → no"),
        ("maxPeerCount", 20, "guest: people at most: as many as come → 20"),
        ("maxPeerCount", -1, "guest: people at most: as many as come → nobody"),
        ("priority", 3, "guest: priority: not set → 3"),
        ("newThing.inside", 3, "guest: newThing.inside: not set → 3"),
    ],
)
def test_one_value_is_one_line(place: str, value: Any, line: str) -> None:
    assert lines(GUEST, placed(GUEST, tuple(place.split(".")), value), "guest") == [line]


def test_what_100ms_leaves_out_is_no_difference() -> None:
    without = patched(GUEST, {"permissions": {"sendRoomState": None}, "maxPeerCount": None})
    assert lines(GUEST, without) == []


def test_what_100ms_writes_itself_is_no_difference() -> None:
    assert lines({"id": "1", "updatedAt": "now"}, {"id": "2", "updatedAt": "then"}) == []


def test_a_role_of_a_template_is_named_and_comes_and_goes_as_a_whole() -> None:
    before = {"roles": {"guest": GUEST, "stage": GUEST}}
    now = {"roles": {"guest": {**GUEST, "priority": 2}, "host": GUEST}}
    assert lines(before, now) == ["host is new", "stage is gone", "guest: priority: not set → 2"]


def test_a_destination_is_named_by_itself_and_within_a_template() -> None:
    before = {"hlsDestinations": {"broadcast": {"name": "broadcast", "maxDuration": 60}}}
    now = {"hlsDestinations": {"broadcast": {"name": "broadcast", "maxDuration": 90}}}
    line = "broadcast: seconds at most: 60 → 90"
    assert lines(before, now) == [line]
    assert lines({"destinations": before}, {"destinations": now}) == [line]
    assert lines({"destinations": before}, {"destinations": {}}) == ["broadcast is gone"]


def test_a_key_is_told_to_be_another_and_not_what_it_is() -> None:
    before = {"rtmpDestinations": {"out": {"rtmpUrls": ["rtmp://x/secret-1"]}}}
    now = {"rtmpDestinations": {"out": {"rtmpUrls": ["rtmp://x/secret-2"]}}}
    [line] = lines(before, now)
    assert line == "out: address with its key: a key that is not shown → a key that is not shown"
    assert held(before) == ()
    assert "secret" not in repr(flat(before))
    assert without_secrets(before) == {"rtmpDestinations": {"out": {}}}


def test_a_key_is_found_wherever_somebody_writes_it() -> None:
    assert list(secrets({"a": [{"rtmpUrls": []}], "credentials": {}})) == ["credentials", "rtmpUrls"]


def test_many_differences_are_counted_and_not_cut_silently() -> None:
    found = lines({}, {f"x{number}": number for number in range(1, MOST_TOLD + 4)})
    assert len(found) == MOST_TOLD + 1
    assert found[-1] == "3 other differences"


def test_a_patch_says_only_what_is_otherwise_and_null_takes_away() -> None:
    now = patched(GUEST, {"publishParams": {"video": None, "allowed": ["audio"]}, "new": {"a": 1}})
    assert now["publishParams"] == {"allowed": ["audio"]}
    assert now["new"] == {"a": 1}
    assert GUEST["publishParams"]["allowed"] == ["audio", "video"]


def test_layers_are_told_one_by_one() -> None:
    before = {"publishParams": {"simulcast": {"video": {"layers": [{"rid": "f", "maxBitrate": 1}]}}}}
    now = {"publishParams": {"simulcast": {"video": {"layers": [{"rid": "f", "maxBitrate": 2}]}}}}
    assert lines(before, now) == ["publishParams.simulcast.video.layers.1.maxBitrate: 1 → 2"]
