import asyncio
from datetime import timedelta

import httpx
import pytest

from bot.hms import HmsError, Illegible, Role, TooManyRequests, Unavailable, Unknown, Unsettled

ROOM = {"id": "r", "name": "standup", "enabled": True}
OK = httpx.Response(200, json=ROOM)
DOWN = httpx.Response(503, text="<html>upstream is away</html>")


LOST = [
    httpx.ReadError("reset"),
    httpx.RemoteProtocolError("gone"),
    httpx.ReadTimeout("slow"),
    httpx.WriteError("broken pipe"),
    httpx.Response(500),
    DOWN,
    httpx.Response(302, headers={"Location": "https://login.example"}),
    httpx.Response(200, text="<html>hello</html>"),
    httpx.Response(200),
]


@pytest.mark.parametrize("lost", LOST, ids=str)
async def test_a_lost_answer_is_asked_for_again_where_that_is_harmless(office, script, lost) -> None:
    answers = script(lost, lost, OK)
    assert (await office.calls(answers).rooms.set_enabled("r", enabled=True)).enabled
    assert len(answers.requests) == 3


@pytest.mark.parametrize("lost", LOST, ids=str)
async def test_a_lost_answer_to_something_else_is_unknown_and_never_repeated(office, script, lost) -> None:
    answers = script(lost)
    with pytest.raises(Unknown):
        await office.calls(answers).recordings.start_for_room("r")
    assert len(answers.requests) == 1


ODD = [["not", "an", "object"], {"name": "standup"}, {"id": 5}, "hello", 4]


@pytest.mark.parametrize("odd", ODD, ids=str)
async def test_an_answer_of_another_shape_is_not_asked_for_again(office, script, odd) -> None:
    answers = script(httpx.Response(200, json=odd))
    with pytest.raises(Illegible):
        await office.calls(answers).rooms.retrieve("r")
    assert len(answers.requests) == 1


@pytest.mark.parametrize("odd", ODD, ids=str)
async def test_an_act_answered_in_another_shape_is_unknown(office, script, odd) -> None:
    answers = script(httpx.Response(200, json=odd))
    with pytest.raises(Unknown):
        await office.calls(answers).rooms.set_enabled("r", enabled=True)
    assert len(answers.requests) == 1


async def test_what_never_left_is_not_unknown(office, script) -> None:
    answers = script(httpx.ConnectError("refused"))
    with pytest.raises(Unavailable, match="could not be reached"):
        await office.calls(answers).active_rooms.end_room("r")
    assert len(answers.requests) == 1


async def test_repeats_end_at_the_deadline(office, script, clock) -> None:
    answers = script(DOWN)
    started = clock()

    with pytest.raises(Unavailable, match="Service Unavailable") as caught:
        await office.calls(answers).rooms.retrieve("r")

    assert caught.value.status == 503
    assert (clock() - started).total_seconds() <= 10
    assert len(answers.requests) == len(clock.waits) + 1 >= 4


@pytest.mark.parametrize(
    "busy",
    [
        httpx.Response(429, headers={"Retry-After": "4"}, json={"message": "slow down"}),
        httpx.Response(429, json={"message": "rate limit exceeded, retry after 4 seconds"}),
        httpx.Response(503, headers={"Retry-After": "4"}),
    ],
)
async def test_the_wait_that_100ms_asks_for_is_kept(office, script, clock, busy) -> None:
    answers = script(busy, OK)
    await office.calls(answers).rooms.retrieve("r")
    [wait] = clock.waits
    assert 4 <= wait < 5


async def test_a_wait_beyond_the_deadline_is_reported_at_once(office, script, clock) -> None:
    answers = script(httpx.Response(429, json={"message": "rate limit exceeded, retry after 45 seconds"}))
    with pytest.raises(TooManyRequests) as caught:
        await office.calls(answers).rooms.retrieve("r")
    assert caught.value.retry_after == 45
    assert clock.waits == []


async def test_what_was_put_off_did_not_happen_and_is_asked_again(office, script, clock) -> None:
    busy = httpx.Response(429, headers={"Retry-After": "1"})
    answers = script(busy, httpx.Response(200, json={"message": "message sent"}))
    assert (await office.calls(answers).active_rooms.send_message("r", "hello")).message == "message sent"
    assert len(answers.requests) == 2
    assert 1 <= clock.waits[0] < 2


async def test_what_was_put_off_and_then_lost_is_unknown(office, script) -> None:
    busy = httpx.Response(429, headers={"Retry-After": "1"})
    answers = script(busy, httpx.ReadError("reset"), OK)
    with pytest.raises(Unknown):
        await office.calls(answers).active_rooms.send_message("r", "hello")
    assert len(answers.requests) == 2


async def test_time_spent_on_an_answer_counts_towards_the_deadline(office, clock) -> None:
    async def slow(_: httpx.Request) -> httpx.Response:
        clock.now += timedelta(seconds=3)
        return httpx.Response(429, headers={"Retry-After": "8"})

    with pytest.raises(TooManyRequests):
        await office.calls(slow).active_rooms.send_message("r", "hello")
    assert clock.waits == []


@pytest.mark.parametrize(("operation", "kind"), [("retrieve", Unavailable), ("end_room", Unknown)])
async def test_an_answer_that_never_comes_ends_at_the_deadline(
    office, operation: str, kind: type[HmsError]
) -> None:
    async def never(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    hms = office.calls(never).within(timedelta(seconds=0.02))
    with pytest.raises(kind, match="did not answer in time"):
        await getattr(hms.active_rooms, operation)("r")


async def test_a_caller_may_wait_longer_or_not_so_long(office, script, clock) -> None:
    hms = office.calls(script(httpx.Response(429, headers={"Retry-After": "20"}), OK))
    with pytest.raises(TooManyRequests):
        await hms.rooms.retrieve("r")

    hms = office.calls(script(httpx.Response(429, headers={"Retry-After": "20"}), OK))
    assert (await hms.within(timedelta(minutes=1)).rooms.retrieve("r")).name == "standup"


async def test_a_role_that_is_renamed_is_renamed_once(office, script) -> None:
    answers = script(DOWN)
    hms = office.calls(answers)
    with pytest.raises(Unknown):
        await hms.templates.upsert_role("t", "guest", Role(name="visitor"))
    assert len(answers.requests) == 1
    with pytest.raises(Unavailable):
        await hms.templates.upsert_role("t", "guest", Role(name="guest"))
    assert len(answers.requests) > 2


async def test_a_caller_that_gives_up_is_not_told_of_an_error(office) -> None:
    reached = asyncio.Event()

    async def never(_: httpx.Request) -> httpx.Response:
        reached.set()
        await asyncio.Event().wait()
        raise AssertionError

    call = asyncio.create_task(office.calls(never).rooms.retrieve("r"))
    await reached.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call


async def test_what_was_lost_before_it_could_not_be_asked_again_may_have_been_done(office, script) -> None:
    answers = script(httpx.ReadError("reset"), httpx.Response(429, headers={"Retry-After": "60"}))
    with pytest.raises(Unsettled, match="the connection to 100ms broke"):
        await office.calls(answers).rooms.set_enabled("r", enabled=False)
    assert len(answers.requests) == 2
