"""What is an event, what it tells, and what is none."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.work.arrivals import Malformed, Source, read

GUS = {"session_id": "s1", "peer_id": "p1", "user_name": "Gus"}


def event(**changes: Any) -> dict[str, Any]:
    return {
        "version": "2.0",
        "id": "evt-1",
        "timestamp": "2026-03-02T09:00:00Z",
        "type": "peer.join.success",
        "data": GUS,
    } | changes


def read_of(value: object) -> Any:
    return read(json.dumps(value).encode())


def test_an_event_is_read() -> None:
    arrival = read_of(event())

    assert (arrival.id, arrival.type, arrival.data) == ("evt-1", "peer.join.success", GUS)
    assert arrival.at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert (arrival.source, arrival.fits) == (Source.WEBHOOK, True)


def test_a_replay_says_so() -> None:
    assert read_of(event(is_replay=True)).source is Source.REPLAY


@pytest.mark.parametrize(
    ("kind", "data", "fact"),
    [
        ("session.open.success", {"session_id": "s1"}, "session.open.success:s1"),
        ("peer.leave.success", GUS, "peer.leave.success:s1:p1"),
        ("beam.recording.success", {"recording_id": "a1"}, "beam.recording.success:a1"),
        ("session.close.success", {"session_id": ""}, "evt-1"),
        ("session.close.success", {}, "evt-1"),
        ("session.close.success", {"session_id": "s" * 300}, "evt-1"),
        ("role.change.success", GUS, "evt-1"),
        ("never.heard.of", GUS, "evt-1"),
    ],
)
def test_what_a_look_finds_too_is_known_by_the_fact_and_the_rest_by_its_id(
    kind: str, data: dict[str, str], fact: str
) -> None:
    assert read_of(event(type=kind, data=data)).fact == fact


def test_a_look_at_the_same_fact_is_another_event() -> None:
    told = read_of(event())
    assert (told.looked_up().id, told.looked_up().fact) == (f"look:{told.fact}", told.fact)


@pytest.mark.parametrize(
    "changes",
    [
        {"data": {"session_id": 5}},
        {"data": {"joined_at": "soon"}},
        {"data": [1, 2]},
        {"data": "text"},
        {"data": {"rtmp": "rtmp://x"}},
        {"timestamp": {"no": "time"}},
        {"is_replay": "perhaps"},
    ],
)
def test_what_is_of_another_type_than_100ms_says_is_kept_as_unknown(changes: dict[str, Any]) -> None:
    arrival = read_of(event(**changes))
    assert (arrival.id, arrival.fits) == ("evt-1", False)


@pytest.mark.parametrize("stamp", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_beyond_all_days_is_none(stamp: str) -> None:
    assert read_of(event(timestamp=stamp)).at is None


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"nonsense",
        b"[]",
        b"5",
        b"null",
        b"{}",
        b'{"id": "evt-1"}',
        b'{"id": 5, "type": "x"}',
        b'{"id": "", "type": "x"}',
        b'{"id": "\\u0000", "type": "x"}',
        b'{"id": "\\ud800", "type": "x"}',
        b'{"id": "evt-1", "type": "x", "data": NaN}',
        b'{"id": "evt-1", "type": "x", "data": -Infinity}',
        b'{"id": "evt-1", "type": "x", "data": 1e999}',
        b'{"id": "evt-1", "type": "x", "data": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        json.dumps(event(id="x" * 201)).encode(),
        json.dumps(event(type="x" * 201)).encode(),
        json.dumps(event(data=nested(40))).encode(),
        json.dumps(event(data=[0] * 10_001)).encode(),
    ],
)
def test_what_is_no_event_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body)


def test_what_no_store_takes_is_left_out() -> None:
    arrival = read(b'{"id": "evt\\u0000-1", "type": "x", "data": {"\\ud800a": "b\\udfff\\u0000"}}')
    assert (arrival.id, arrival.data) == ("evt-1", {"a": "b"})
