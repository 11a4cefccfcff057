"""The machine's clock is set back by two hours: nothing is done twice, nothing stands still for as long."""

from dataclasses import replace

import pytest

from bot.dispatch import underway
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat


async def test_a_planned_end_comes_after_as_long_as_was_said_and_once(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 5m --yes")
    await chat.passes("2m")
    await chat.sets_clock_back("2h")

    await chat.passes("2m")
    assert standup.session
    await chat.passes("1m")
    assert not standup.session

    standup.join("Gus")
    await chat.passes("3h")
    assert standup.session
    assert len(chat.calls("active_rooms.end_room")) == 1


async def test_a_lock_until_an_hour_opens_at_that_hour(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms room lock --until 12:00 --yes")
    await chat.sets_clock_back("2h")

    await chat.passes("3h")
    assert not standup.enabled
    await chat.passes("2h")
    assert standup.enabled


async def test_what_nobody_decides_expires_after_as_long_as_its_card_said(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    await chat.sets_clock_back("2h")

    await chat.passes("9m")
    assert "Nobody decided in time" not in chat.reads("mo").text
    await chat.passes("1m")

    assert "Nobody decided in time, so nothing was done." in chat.reads("mo").text


async def test_a_yes_is_taken_and_its_act_done_once(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.sets_clock_back("2h")

    await chat.clicks("max", "Remove “Gus”", card)
    await chat.clicks("ada", "Remove “Gus”", card)

    assert len(chat.calls("active_rooms.remove_peers")) == 1


async def test_who_was_looked_up_is_looked_up_anew(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms who")
    await chat.sets_clock_back("2h")
    person = chat.workspace.directory.person(PEOPLE["mo"])
    chat.workspace.arrives(replace(person, is_restricted=True))

    await chat.says("mo", "/hms end-room --yes")

    assert standup.session


async def test_what_was_never_acked_is_taken_back_all_the_same(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    async with chat.bot.db.write() as tx:
        await tx.exec_driver_sql("UPDATE requests SET state = 'asked', acked_at = NULL")
    await chat.sets_clock_back("2h")

    await underway.mend(chat.bot.dispatcher)

    assert chat.bot.dispatcher.awaited.silent(underway.SILENT) == []
    assert "hms-bot was stopped before it could take this on" in chat.reads("mo").text


async def test_the_log_keeps_its_order_and_verifies(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms room lock --yes")
    await chat.sets_clock_back("2h")
    await chat.says("mo", "/hms room unlock --yes")

    assert (await chat.bot.audit.verify()).whole
    latest, *_, first = (entry.text for entry in await chat.bot.audit.tail(10))
    assert "unlock" in latest.lower()
    assert "unlock" not in first.lower()


async def test_hours_that_a_clock_ahead_has_ended_go_on(chat: Chat) -> None:
    yoga = chat.world.add_room("yoga")
    await chat.says("ada", "/hms schedule window daily 10:00-11:00 --tz UTC --room yoga --yes")
    await chat.passes("1h")
    await chat.passes("1h")
    assert not yoga.enabled

    await chat.sets_clock_back("30m")
    await chat.passes("1s")
    assert yoga.enabled
    await chat.passes("30m")
    assert not yoga.enabled


async def test_hours_that_a_clock_ahead_has_begun_begin_when_it_is_time(chat: Chat) -> None:
    yoga = chat.world.add_room("yoga")
    await chat.says("ada", "/hms schedule window daily 10:00-11:00 --tz UTC --room yoga --yes")
    await chat.passes("1h")
    assert yoga.enabled

    await chat.sets_clock_back("30m")
    await chat.passes("1s")
    assert not yoga.enabled
    assert "yoga was opened by a clock that was ahead" in "\n".join(chat.channel("classes"))
    await chat.passes("29m")
    assert yoga.enabled
    await chat.passes("61m")
    assert not yoga.enabled


@pytest.mark.parametrize(
    "line", ["announce add 10m hello there --room yoga", "schedule every 10m say hello there --room yoga"]
)
async def test_what_comes_every_ten_minutes_goes_on_doing_so(chat: Chat, line: str) -> None:
    yoga = chat.world.add_room("yoga")
    yoga.join("Gus")
    await chat.says("ada", f"/hms {line} --yes")
    await chat.passes("5m")
    await chat.sets_clock_back("2h3m")

    for _ in range(34):
        await chat.passes("1m")

    assert len(yoga.messages) == 3


async def test_what_comes_at_a_time_of_day_goes_by_the_clock(chat: Chat) -> None:
    yoga = chat.world.add_room("yoga")
    yoga.join("Gus")
    await chat.says("ada", "/hms announce add 'daily 10:00' hello there --room yoga --yes")
    await chat.sets_clock_back("2h")

    await chat.passes("2h59m")
    assert not yoga.messages
    await chat.passes("1m")
    assert len(yoga.messages) == 1


async def test_what_is_open_besides_its_hours_is_so_for_as_long_as_was_said(chat: Chat) -> None:
    yoga = chat.world.add_room("yoga")
    await chat.says("ada", "/hms schedule window mon-fri 20:00-21:00 --tz UTC --room yoga --yes")
    await chat.says("ada", "/hms schedule run-now --room yoga --yes")
    await chat.sets_clock_back("2h")

    await chat.passes("59m")
    assert yoga.enabled
    await chat.passes("1m")
    assert not yoga.enabled


async def test_guests_who_wait_for_a_host_are_told_of(chat: Chat) -> None:
    yoga = chat.world.add_room("yoga")
    await chat.says("ada", "/hms schedule window mon-fri 06:00-20:00 --tz UTC --room yoga --yes")
    yoga.join("Gus")
    await chat.sets_clock_back("2h")

    for _ in range(12):
        await chat.passes("1m")

    assert "no host came" in "\n".join(chat.channel("classes"))
