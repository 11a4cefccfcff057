"""``room lock --until`` in a room with hours: at its end the lock gives way to what the hours say then.

In Berlin, where Mo is, it is an hour later than in the zone of the hours.
"""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


async def status(chat: Chat) -> str:
    return (await chat.says("vi", "/hms status")).text


def told(chat: Chat) -> str:
    return "\n".join(chat.channel("classes"))


async def test_outside_the_hours_it_stays_locked_until_these_open_it(chat: Chat, yoga: Room) -> None:
    confirm = await chat.says("mo", "/hms room lock --until 21:00")
    assert "stays locked though its hours begin 2 Mar 09:59 UTC" in confirm.text
    assert "2 Mar 20:00 UTC is outside its hours · opens 3 Mar 09:59 UTC, with its hours" in confirm.text
    assert "opens by itself" not in confirm.text
    said = await chat.clicks("mo", "Keep yoga locked", confirm)
    assert "Mo keeps yoga locked. It opens 3 Mar 09:59 UTC, with its hours." in said.text
    assert "· locked until 3 Mar 09:59 UTC" in await status(chat)

    await chat.passes("11h")
    assert not yoga.enabled
    assert (
        "yoga stays locked outside its hours (#1): the lock by Mo (#2) was until 2 Mar 20:00 UTC. "
        "It opens 3 Mar 09:59 UTC." in told(chat)
    )
    assert "Locked outside its hours, since 2 Mar 20:00 UTC." in await status(chat)
    await chat.passes("13h59m")
    assert yoga.enabled


async def test_before_the_hours_begin_it_opens_with_these_and_at_no_other_moment(
    chat: Chat, yoga: Room
) -> None:
    confirm = await chat.says("mo", "/hms room lock --until 10:30")
    assert "opens 2 Mar 09:59 UTC, with its hours" in confirm.text
    await chat.clicks("mo", "Keep yoga locked", confirm)
    await chat.passes("35m")
    assert not yoga.enabled
    await chat.passes("24m")
    assert yoga.enabled


async def test_in_the_hours_it_opens_by_itself(chat: Chat, yoga: Room) -> None:
    confirm = await chat.says("mo", "/hms room lock --until 11:30")
    assert "opens by itself 2 Mar 10:30 UTC" in confirm.text
    assert "with its hours" not in confirm.text
    await chat.clicks("mo", "Keep yoga locked", confirm)
    await chat.passes("1h")  # its hours begin
    assert not yoga.enabled
    await chat.passes("30m")
    assert yoga.enabled
    assert "yoga is open again: the lock by Mo (#2) was until 2 Mar 10:30 UTC." in told(chat)


async def test_what_the_hours_say_then_is_what_counts(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms room lock --until 11:30 --yes")
    await chat.says("mo", "/hms schedule skip today")
    await chat.passes("90m")
    assert not yoga.enabled


async def test_while_all_hours_are_paused_it_opens_by_itself(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms room lock --until 21:00 --yes")
    await chat.says("mo", "/hms schedule pause")
    assert "· locked until 2 Mar 20:00 UTC" in await status(chat)
    await chat.passes("11h")
    assert yoga.enabled


async def test_a_second_lock_says_nothing_of_a_moment_at_which_it_did_not_open(
    chat: Chat, yoga: Room
) -> None:
    said = await chat.says("mo", "/hms room lock")
    assert "no longer opens by itself" not in said.text
    assert "yoga is locked already, outside its hours, until 2 Mar 09:59 UTC." in said.text


@pytest.mark.parametrize(
    ("line", "until"),
    [("skip today", ", until 3 Mar 09:59 UTC"), ("pause", ""), ("remove --yes", "")],
)
async def test_a_second_lock_says_when_the_hours_open_it_as_they_are_now(
    chat: Chat, yoga: Room, line: str, until: str
) -> None:
    await chat.says("ada", f"/hms schedule {line}")
    said = await chat.says("mo", "/hms room lock")
    assert f"yoga is locked already, outside its hours{until}." in said.text


@pytest.mark.parametrize("ends", ["end-room --lock --yes", "end-room --in 5m --lock --yes"])
async def test_a_lock_that_outlasts_the_hours_stays_so_behind_an_end(
    chat: Chat, yoga: Room, ends: str
) -> None:
    await chat.passes("65m")
    yoga.join("Gus")
    await chat.says("mo", "/hms room lock --until 2026-03-03T19:00Z --reason exam --yes")
    await chat.says("max", f"/hms {ends}")
    await chat.passes("5m")
    await chat.passes("50m")
    await chat.passes("22h59m")  # its hours begin
    assert not yoga.enabled
    assert "yoga stays locked, though its hours begin: Mo locked it, exam (#2)." in told(chat)
    await chat.passes("61m")
    await chat.passes("8h")
    assert "the lock by Mo (#2) was until 3 Mar 19:00 UTC" in told(chat)


@pytest.mark.parametrize("ends", ["end-room --lock --yes", "end-room --in 5m --lock --yes"])
async def test_a_lock_that_outlasts_the_next_hours_stays_so_behind_an_end_before_them(
    chat: Chat, yoga: Room, ends: str
) -> None:
    await chat.says("mo", "/hms room unlock")
    yoga.join("Gus")
    await chat.says("mo", "/hms room lock --until 21:00 --reason exam --yes")
    await chat.says("max", f"/hms {ends}")
    await chat.passes("5m")
    assert not yoga.session
    await chat.passes("54m")  # its hours begin
    assert not yoga.enabled
    assert "yoga stays locked, though its hours begin: Mo locked it, exam (#3)." in told(chat)
    await chat.passes("61m")
    await chat.passes("9h")
    assert "the lock by Mo (#3) was until 2 Mar 20:00 UTC" in told(chat)
    await chat.passes("13h59m")
    assert yoga.enabled


async def test_a_lock_that_would_open_in_the_hours_does_not_behind_an_end(chat: Chat, yoga: Room) -> None:
    await chat.passes("65m")
    yoga.join("Gus")
    await chat.says("mo", "/hms room lock --until 11:30 --yes")
    await chat.says("max", "/hms end-room --lock --yes")
    await chat.passes("30m")
    assert not yoga.enabled
