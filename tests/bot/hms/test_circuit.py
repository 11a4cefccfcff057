"""A dead 100ms answers at once, and a mishap does not make it look dead."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from bot.hms import NotFound, Unavailable, Unknown

OK = httpx.Response(200, json={"id": "r", "name": "standup"})
DOWN = httpx.Response(503, text="<html>upstream is away</html>")
GONE = httpx.ConnectError("refused")


async def asked(hms, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(Unavailable):
            await hms.rooms.retrieve("r")


@pytest.mark.parametrize("broken", [GONE, httpx.ReadTimeout("silent")])
async def test_who_asks_a_dead_host_is_answered_at_once(office, script, clock, broken) -> None:
    answers = script(broken)
    hms = office.calls(answers)
    await asked(hms)
    tried, waited = len(answers.requests), len(clock.waits)

    with pytest.raises(Unavailable, match="100ms has stopped answering") as caught:
        await hms.rooms.retrieve("r")

    assert 0 < caught.value.retry_after <= 5
    assert (len(answers.requests), len(clock.waits)) == (tried, waited)


async def test_what_was_not_sent_to_a_dead_host_did_not_happen(office, script) -> None:
    hms = office.calls(script(GONE))
    await asked(hms)
    with pytest.raises(Unavailable, match="100ms has stopped answering"):
        await hms.active_rooms.end_room("r")


async def test_now_and_then_one_call_tries_for_all(office, script, clock) -> None:
    answers = script(GONE)
    hms = office.calls(answers)
    await asked(hms)
    tried = len(answers.requests)

    clock.now += timedelta(seconds=6)
    await asked(hms, times=3)
    assert len(answers.requests) == tried + 1


@pytest.mark.parametrize("broken", [DOWN, GONE])
async def test_the_first_answer_opens_the_way_again(office, script, clock, broken) -> None:
    answers = script(broken)
    hms = office.calls(answers)
    await asked(hms)

    clock.now += timedelta(seconds=6)
    answers.answers = [OK]
    for _ in range(3):
        assert (await hms.rooms.retrieve("r")).name == "standup"
    answers.answers = [DOWN, OK]
    assert (await hms.rooms.retrieve("r")).name == "standup"


async def test_a_host_that_answers_with_server_errors_is_asked_once_a_call(office, script, clock) -> None:
    answers = script(DOWN)
    hms = office.calls(answers)
    await asked(hms)
    tried, waited = len(answers.requests), len(clock.waits)

    await asked(hms, times=3)
    assert (len(answers.requests), len(clock.waits)) == (tried + 3, waited)


async def test_one_broken_room_keeps_nobody_out_of_another(office) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return DOWN if request.url.path.endswith("/broken") else OK

    hms = office.calls(answer)
    for _ in range(3):
        with pytest.raises(Unavailable):
            await hms.rooms.retrieve("broken")
        assert (await hms.rooms.retrieve("r")).name == "standup"


async def test_a_room_that_is_broken_for_long_takes_no_repeats_from_another(office, clock) -> None:
    mishap = iter([DOWN, OK])

    def answer(request: httpx.Request) -> httpx.Response:
        return DOWN if request.url.path.endswith("/broken") else next(mishap)

    hms = office.calls(answer)
    for _ in range(6):
        clock.now += timedelta(seconds=1)
        with pytest.raises(Unavailable):
            await hms.rooms.retrieve("broken")

    assert (await hms.rooms.retrieve("r")).name == "standup"


async def test_a_host_that_falls_silent_while_it_answers_with_server_errors_is_dead(office, script) -> None:
    answers = script(DOWN)
    hms = office.calls(answers)
    await asked(hms)
    answers.answers = [GONE]
    await asked(hms)
    with pytest.raises(Unavailable, match="100ms has stopped answering"):
        await hms.rooms.retrieve("r")


async def test_a_refusal_is_an_answer(office, script) -> None:
    hms = office.calls(script(*[DOWN, httpx.Response(404)] * 5, httpx.Response(404)))
    for _ in range(5):
        with pytest.raises(NotFound):
            await hms.rooms.retrieve("r")


async def test_many_connections_that_break_at_one_moment_are_one_mishap(office) -> None:
    together = asyncio.Barrier(50)
    arrived = []

    async def mishap(request: httpx.Request) -> httpx.Response:
        arrived.append(request)
        if len(arrived) > 50:
            return OK
        await together.wait()
        raise httpx.ReadError("reset")

    hms = office.calls(mishap)
    rooms = await asyncio.gather(*(hms.rooms.retrieve("r") for _ in range(50)))
    assert {room.name for room in rooms} == {"standup"}


async def test_one_dead_host_does_not_keep_people_from_another(office, clock) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "legacy.example":
            raise GONE
        return OK

    hms = office.calls(answer)
    for _ in range(6):
        clock.now += timedelta(seconds=1)
        with pytest.raises(Unavailable):
            await hms.legacy_v1.create_room("standup")
    with pytest.raises(Unavailable, match="has stopped answering"):
        await hms.legacy_v1.create_room("standup")
    assert (await hms.rooms.retrieve("r")).name == "standup"


async def test_a_host_that_lets_everybody_wait_is_dead_too(office, clock) -> None:
    async def never(_: httpx.Request) -> httpx.Response:
        clock.now += timedelta(seconds=1)
        await asyncio.Event().wait()
        raise AssertionError

    hms = office.calls(never).within(timedelta(milliseconds=5))
    for _ in range(4):
        with pytest.raises(Unknown, match="did not answer in time"):
            await hms.active_rooms.end_room("r")
    with pytest.raises(Unavailable, match="has stopped answering"):
        await hms.active_rooms.end_room("r")


async def test_a_clock_that_is_set_back_makes_no_rest_longer(office, script, clock) -> None:
    hms = office.calls(script(*[GONE] * 4, OK))
    for _ in range(5):
        clock.now += timedelta(seconds=1)
        with pytest.raises(Unavailable):
            await hms.legacy_v1.create_room("standup")
    with pytest.raises(Unavailable, match="has stopped answering"):
        await hms.legacy_v1.create_room("standup")

    clock.now -= timedelta(hours=2)

    await hms.legacy_v1.create_room("standup")
