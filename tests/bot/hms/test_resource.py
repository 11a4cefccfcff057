import json

import httpx
import jwt
import pytest
from structlog.testing import capture_logs

from bot.hms import (
    Conflict,
    Forbidden,
    HmsError,
    Invalid,
    NotFound,
    Rejected,
    TooManyRequests,
    Unauthorized,
    Unknown,
)

ROOM = {"id": "r", "name": "standup", "enabled": True}
DOWN = httpx.Response(503, text="<html>upstream is away</html>")


def ok(body: object = ROOM) -> httpx.Response:
    return httpx.Response(200, json=body)


def refused(status: int, message: str, *details: str) -> httpx.Response:
    return httpx.Response(status, json={"code": status, "message": message, "details": list(details)})


async def test_a_call_carries_the_token_and_its_arguments(office, script) -> None:
    answers = script(ok({"message": "session is ending"}))
    hms = office.calls(answers)

    await hms.active_rooms.end_room("r 1", reason="time is up")

    [request] = answers.requests
    assert request.method == "POST"
    assert str(request.url) == "https://api.example/v2/active-rooms/r%201/end-room"
    assert json.loads(request.content) == {"reason": "time is up", "lock": False}
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Authorization"].startswith("Bearer ey")


async def test_what_is_not_given_is_not_sent(office, script) -> None:
    answers = script(ok(), ok(), ok({"id": "r", "enabled": False}))
    hms = office.calls(answers)

    await hms.rooms.create()
    await hms.rooms.update("r", name="lobby", polls=[])
    await hms.rooms.set_enabled("r", enabled=False)

    assert [json.loads(request.content) for request in answers.requests] == [
        {},
        {"name": "lobby", "polls": []},
        {"enabled": False},
    ]


async def test_filters_travel_in_the_query(office, script, clock) -> None:
    answers = script(ok({"data": None}))
    hms = office.calls(answers)

    await hms.rooms.list(name="a+b & c", enabled=False, after=clock(), limit=20)
    await hms.rooms.list()

    filtered, plain = answers.requests
    assert dict(filtered.url.params) == {
        "name": "a+b & c",
        "enabled": "false",
        "after": "2026-03-01T10:00:00.000Z",
        "limit": "20",
    }
    assert plain.url.query == b""


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Invalid),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (429, TooManyRequests),
        (408, Unknown),
        (410, Rejected),
    ],
)
async def test_a_refusal_speaks_in_the_words_of_100ms(
    office, script, status: int, kind: type[HmsError]
) -> None:
    hms = office.calls(script(refused(status, "no", "the very reason")))

    with pytest.raises(HmsError) as caught:
        await hms.active_rooms.end_room("r")

    error = caught.value
    assert type(error) is kind
    assert (error.status, error.message, error.details) == (status, "no", ("the very reason",))
    assert str(error) == f"active_rooms.end_room: no; the very reason ({status})"


async def test_a_summary_that_the_details_repeat_is_said_once(office, script) -> None:
    hms = office.calls(
        script(refused(400, "Invalid body param", "Invalid body param: room size greater than 20000"))
    )
    with pytest.raises(Invalid) as caught:
        await hms.rooms.create(size=30_000)
    assert caught.value.words == "Invalid body param: room size greater than 20000"


@pytest.mark.parametrize(
    "body", ["<html>", "", "null", "[]", "{}", '{"message": 7}', '{"message": "x", "details": 7}']
)
async def test_a_refusal_without_the_envelope_is_named_by_its_status(office, script, body: str) -> None:
    hms = office.calls(script(httpx.Response(404, text=body)))
    with pytest.raises(NotFound) as caught:
        await hms.rooms.retrieve("r")
    assert caught.value.words == "Not Found"


async def test_a_refused_token_is_replaced_once(office, script) -> None:
    answers = script(refused(401, "Token validation error"), ok())

    assert (await office.calls(answers).rooms.retrieve("r")).name == "standup"

    first, second = (request.headers["Authorization"].removeprefix("Bearer ") for request in answers.requests)
    assert _jti(first) != _jti(second)


async def test_a_token_refused_twice_is_an_error(office, script) -> None:
    answers = script(refused(401, "Token validation error", "not found"))
    with pytest.raises(Unauthorized):
        await office.calls(answers).active_rooms.end_room("r")
    assert len(answers.requests) == 2


def _jti(token: str) -> str:
    return jwt.decode(token, options={"verify_signature": False})["jti"]


async def test_a_log_line_names_the_operation_and_no_secret(office, script) -> None:
    answers = script(refused(401, "Token validation error"), httpx.ReadError("reset"), ok({"data": []}))
    with capture_logs() as lines:
        await office.calls(answers).rooms.list(name="payroll")

    assert [(line["operation"], line.get("status"), line.get("broken")) for line in lines] == [
        ("rooms.list", 401, None),
        ("rooms.list", None, "ReadError"),
        ("rooms.list", 200, None),
    ]
    assert all(line["milliseconds"] >= 0 and line["log_level"] == "debug" for line in lines)
    tokens = [request.headers["Authorization"].removeprefix("Bearer ") for request in answers.requests]
    assert [word for word in ("payroll", *tokens) if word in str(lines)] == []


async def test_an_error_shows_no_secret(office, script) -> None:
    answers = script(httpx.ReadError("reset"))
    with pytest.raises(Unknown) as caught:
        await office.calls(answers).rooms.create(name="payroll")
    token = answers.requests[0].headers["Authorization"].removeprefix("Bearer ")
    shown = repr(caught.value) + str(caught.value) + repr(caught.value.__cause__)
    assert token not in shown
    assert "payroll" not in shown
