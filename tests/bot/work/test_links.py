"""Nothing that opens a door is written down, however it is wrapped."""

import json
import time

import pytest

from bot.work.links import without_links

SIGNED = "https://bucket.example/rec.mp4?X-Amz-Algorithm=AWS4&X-Amz-Signature=0ddba11"
BARE = "https://bucket.example/rec.mp4"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (SIGNED, BARE),
        (f"see {SIGNED} soon", f"see {BARE} soon"),
        (f"<a href='{SIGNED}'>", f"<a href='{BARE}'>"),
        ("https://bucket.example/rec.mp4#sig=0ddba11", BARE),
        ("https://ada:0ddba11@bucket.example/rec.mp4", BARE),
        ("bucket.example/rec.mp4?sig=0ddba11", "bucket.example/rec.mp4"),
        ("//bucket.example/rec.mp4?token=0ddba11", "//bucket.example/rec.mp4"),
        (r"https:\/\/bucket.example\/rec.mp4?sig=0ddba11", r"https:\/\/bucket.example\/rec.mp4"),
        ("https%3A%2F%2Fbucket.example%2Fx%3Fsig%3D0ddba11", "https%3A%2F%2Fbucket.example%2Fx"),
        (
            "https%253A%252F%252Fbucket.example%252Fx%253Fsig%253D0ddba11",
            "https%253A%252F%252Fbucket.example%252Fx",
        ),
        ("https://bucket.example/x&X-Goog-Signature=0ddba11", "https://bucket.example/x&"),
        ("rtmp://ingest.example/live/0ddba11", "rtmp://ingest.example"),
        ("rtmps://ingest.example/live/0ddba11", "rtmps://ingest.example"),
    ],
)
def test_a_link_keeps_where_it_leads_and_nothing_else(text: str, kept: str) -> None:
    assert without_links(text) == kept


@pytest.mark.parametrize(
    "text", ["What? Now!", "a?b", "3/4 = x?", "#standup", "50 %", "", "Gus & Ivy", "//", "{"]
)
def test_what_is_no_link_stays(text: str) -> None:
    assert without_links(text) == text


def test_the_address_of_a_meeting_is_a_door() -> None:
    assert without_links({"meeting_url": "https://school.app.example/meeting/abc-def-ghi"}) == {
        "meeting_url": "https://school.app.example"
    }


def test_no_depth_and_no_wrapping_hides_one() -> None:
    inner = json.dumps({"a": [SIGNED, json.dumps({"b": SIGNED}).replace("?", "\\u003f")]})
    event = {SIGNED: [{"x": {"y": [SIGNED]}}, inner], "number": 1, "yes": True, "no": None}

    kept = json.dumps(without_links(event))

    assert "0ddba11" not in kept
    assert kept.count(BARE) == 4


def test_a_value_without_links_is_the_same_value() -> None:
    value = {"a": [1, 2.5, None, True, "x"], "b": {"c": "d e"}}
    assert without_links(value) == value


@pytest.mark.parametrize("sign", ["?", "%", "://", "x-amz-", "%25", "//", "=", "@", "%3a", "\\u00", "sig"])
def test_it_takes_no_longer_for_what_is_written_to_be_slow(sign: str) -> None:
    def seconds(length: int) -> float:
        began = time.process_time()
        without_links(sign * (length // len(sign)))
        return time.process_time() - began

    short = min(seconds(16_000) for _ in range(3))
    assert min(seconds(128_000) for _ in range(3)) < 40 * short + 0.01  # eight times as long, not sixty-four
