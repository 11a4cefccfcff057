"""A room that somebody locked by hand is not said to be open, though its hours last."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat

OPEN = "yoga is open until 2 Mar 11:00 UTC."
LOCKED = "yoga would be open until 2 Mar 11:00 UTC, but Mo locked it (#2)."


async def listed(chat: Chat) -> str:
    return (await chat.says("vi", "/hms schedule list")).text


def told(chat: Chat) -> str:
    return "\n".join(chat.channel("classes"))


async def test_hours_that_find_it_locked_for_longer_say_so_until_somebody_opens_it(
    chat: Chat, yoga: Room
) -> None:
    await chat.says("mo", "/hms room lock --keep --yes")
    assert "Would open 2 Mar 09:59 UTC, but Mo locked it for longer (#2)." in await listed(chat)
    await chat.passes("59m")
    assert not yoga.enabled
    assert LOCKED in told(chat)
    assert "is open until" not in told(chat)
    assert "Would be open until 2 Mar 11:00 UTC, but Mo locked it (#2)." in await listed(chat)

    await chat.says("mo", "/hms room unlock")
    assert OPEN in told(chat)
    assert "Open until 2 Mar 11:00 UTC." in await listed(chat)


async def test_the_end_of_hours_promises_no_opening_that_it_is_locked_for(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms room lock --keep --yes")
    await chat.passes("59m")
    await chat.passes("61m")
    assert "The hours of yoga are over (#1)." in told(chat)
    assert "It opens again" not in told(chat)


async def test_what_is_locked_in_its_hours_is_said_to_be(chat: Chat, yoga: Room) -> None:
    await chat.passes("65m")
    assert OPEN in told(chat)
    await chat.says("mo", "/hms room lock --until 11:30 --yes")  # Berlin, where Mo is, is an hour ahead
    assert LOCKED in told(chat)
    assert OPEN not in told(chat)

    await chat.passes("25m")
    assert OPEN in told(chat)
    assert LOCKED not in told(chat)


async def test_what_is_ended_and_locked_in_its_hours_is_said_to_be(chat: Chat, yoga: Room) -> None:
    await chat.passes("65m")
    yoga.join("Gus")
    await chat.says("mo", "/hms end-room --lock --yes")
    assert LOCKED in told(chat)
    assert OPEN not in told(chat)


async def test_hours_that_count_again_are_no_open_door(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms room lock --keep --yes")
    await chat.says("mo", "/hms schedule pause")
    await chat.passes("65m")
    said = await chat.says("mo", "/hms schedule resume")
    assert "Would be open until 2 Mar 11:00 UTC, but Mo locked it (#2)." in said.text


async def test_it_does_not_open_early_what_somebody_locked_for_longer(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms room lock --keep --yes")
    said = await chat.says("mo", "/hms schedule open-early")
    assert "yoga would stay locked: Mo locked it to stay so (#2)." in said.text
    await chat.passes("30m")
    assert "have begun" not in told(chat)


async def test_new_hours_do_not_say_that_they_open_what_stays_locked(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms room lock --keep --yes")
    line = "/hms schedule window daily 08:00-09:30 --tz UTC"
    assert "stays locked now" in (await chat.says("ada", line)).text
    said = await chat.says("ada", f"{line} --yes")
    assert "Would be open until 2 Mar 09:30 UTC, but Mo locked it (#2)." in said.text


@pytest.mark.parametrize("how", ["", "--keep"])
async def test_what_is_opened_at_100ms_outside_the_hours_is_locked_whosever_lock_it_was(
    chat: Chat, yoga: Room, how: str
) -> None:
    await chat.says("mo", f"/hms room lock {how} --reason spam --yes")
    yoga.enabled = True
    await chat.bot.reconcile()
    await chat.passes("1s")
    assert not yoga.enabled
    assert "yoga was opened at 100ms outside its hours (#1), and I locked it again." in told(chat)
    assert ("It opens 2 Mar 09:59 UTC." in told(chat)) is (not how)
    assert "Locked by Mo" in (await chat.says("vi", "/hms status")).text


async def test_what_is_said_to_stay_locked_is_locked(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms room lock --keep --reason spam --yes")
    yoga.enabled = True
    await chat.passes("59m")
    assert "yoga stays locked, though its hours begin: Mo locked it, spam (#2)." in told(chat)
    assert not yoga.enabled


async def test_what_runs_besides_the_hours_is_not_locked_by_them_before_its_end(
    chat: Chat, yoga: Room
) -> None:
    await chat.says("ada", "/hms schedule run-now --yes")
    await chat.says("mo", "/hms room lock --yes")
    yoga.enabled = True
    await chat.bot.reconcile()
    await chat.passes("1s")
    assert "I locked it again" not in told(chat)
