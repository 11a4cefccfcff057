"""What people see of the hours and lines of a room: what comes next, what came last, and what not and why."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat

HOURS = "mon-fri 10:00-11:00 --tz UTC"  # it is Monday, 09:00


@pytest.fixture
def yoga(chat: Chat) -> Room:
    return chat.world.add_room("yoga")


async def hours(chat: Chat, words: str = HOURS) -> None:
    await chat.says("ada", f"/hms schedule window {words} --room yoga --yes")


async def shown(chat: Chat) -> str:
    return (await chat.says("vi", "/hms schedule show --room yoga")).text


async def listed(chat: Chat) -> str:
    return (await chat.says("vi", "/hms schedule list --room yoga")).text


async def away(chat: Chat, span: str) -> None:
    """The bot is stopped, and comes back so much later."""
    await chat.stops()
    chat.clock.now += chat.span(span)
    await chat.starts()
    await chat.passes("1s")


async def test_hours_say_when_they_opened_and_closed_last(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    assert "Last" not in await shown(chat)
    await chat.passes("59m")
    assert "Open until 2 Mar 11:00 UTC. Last opened 2 Mar 09:59 UTC." in await listed(chat)
    await chat.passes("61m")

    assert "Opens 3 Mar 09:59 UTC. Last closed 2 Mar 11:00 UTC." in await listed(chat)
    assert "• Last closed 2 Mar 11:00 UTC.\n• Last opened 2 Mar 09:59 UTC." in await shown(chat)


async def test_what_was_late_says_how_late_and_so_does_the_card(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await away(chat, "80m")
    assert yoga.enabled
    assert "Last opened 2 Mar 10:20 UTC, 21 minutes late." in await listed(chat)
    assert "Last opened 2 Mar 10:20 UTC, 21 minutes late." in chat.channel("classes")[-1]

    await away(chat, "2h")
    assert "Last closed 2 Mar 12:20 UTC, 80 minutes late." in await listed(chat)


async def test_openings_that_nobody_was_there_for_are_named(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await away(chat, "5h")
    assert "Not opened 2 Mar 09:59 UTC: I was not there, or 100ms did not do it." in await listed(chat)

    await away(chat, "2d20h10m")  # Thursday, 10:10
    assert yoga.enabled
    told = await shown(chat)
    assert "Last opened 5 Mar 10:10 UTC, 11 minutes late." in told
    assert "Not opened 2 times, last 4 Mar 09:59 UTC: I was not there, or 100ms did not do it." in told


async def test_an_end_that_the_next_hours_overtook_is_named(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("65m")
    await away(chat, "1d")
    assert "Not closed 2 Mar 11:00 UTC: its next hours had begun." in await shown(chat)


async def test_a_date_that_was_skipped_is_named_with_its_reason_before_and_after(
    chat: Chat, yoga: Room
) -> None:
    await hours(chat)
    await chat.says("mo", "/hms schedule skip today --room yoga")
    assert "Opens 3 Mar 09:59 UTC. Not on Mar 2, 2026: skipped." in await listed(chat)

    await chat.passes("3h")
    assert "Not on Mar 2, 2026: skipped." in await listed(chat)
    assert "Until now:\n• not on Mar 2, 2026: skipped" in await shown(chat)
    await chat.passes("22h")
    assert "Not on" not in await listed(chat)
    assert "not on Mar 2, 2026: skipped" in await shown(chat)


async def test_a_pause_is_named_as_the_reason(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms schedule pause --until 12:00 --room yoga")
    await chat.passes("4h")
    assert "Not on Mar 2, 2026: paused." in await listed(chat)


async def test_a_lock_that_outlasted_the_hours_is_the_reason(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms room lock yoga --keep --yes")
    await chat.passes("59m")
    assert "Not opened 2 Mar 09:59 UTC: it was locked by hand for longer." in await listed(chat)


@pytest.mark.usefixtures("mo_is_an_admin")
async def test_lines_say_when_they_come_next_and_came_last(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await chat.says("mo", "/hms schedule every 15m say Drink --room yoga --yes")
    assert "Next 2 Mar 09:15 UTC." in await listed(chat)
    await chat.passes("15m")
    assert "Next 2 Mar 09:30 UTC. Last came 2 Mar 09:15 UTC." in await listed(chat)

    await away(chat, "50m")
    assert "Last came" not in await listed(chat)
    assert "Left out 2 times, last 2 Mar 10:00 UTC: it was too late by then." in await listed(chat)


@pytest.mark.usefixtures("mo_is_an_admin")
async def test_the_next_times_of_a_line_are_listed(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms schedule every 'daily 11:00' room lock yoga --yes")
    said = (await chat.says("vi", "/hms schedule list --next 3 --room yoga")).text
    assert said.count("•") == 3


async def test_what_opened_besides_its_hours_is_listed_with_its_end(chat: Chat, yoga: Room) -> None:
    await hours(chat, "mon-fri 12:00-12:30 --tz UTC")
    await chat.says("ada", "/hms schedule run-now --room yoga --yes")
    assert "It is open besides its hours until 2 Mar 09:30 UTC, by Ada." in await listed(chat)


async def test_a_lock_that_ends_by_the_clock_is_listed(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms room lock yoga --until 'in 30m' --yes")
    assert "It is locked until 2 Mar 09:30 UTC, by Mo." in await listed(chat)
    await chat.passes("30m")
    assert "Nothing happens by the clock in yoga." in await listed(chat)


async def test_hours_whose_end_was_called_off_say_so(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("1h")
    assert "Open until 2 Mar 11:00 UTC." in await shown(chat)
    await chat.says("mo", "/hms end-room yoga --cancel")
    assert "Its end was called off. Opens 3 Mar 09:59 UTC." in await shown(chat)
    assert "Its end was called off." in await listed(chat)


async def test_an_end_that_100ms_refused_at_first_is_not_said_to_be_late_for_want_of_us(
    chat: Chat, yoga: Room
) -> None:
    await hours(chat)
    await chat.passes("1h")
    await chat.passes("59m")
    chat.world.fault("/v2/rooms", method="POST", status=403, times=2)
    await chat.passes("1m")
    assert yoga.enabled
    await chat.passes("15m")
    await chat.bot.reconcile()
    await chat.passes("1s")
    await chat.passes("1s")
    assert not yoga.enabled
    assert "That was 15 minutes late." in "\n".join(chat.channel("classes"))
    assert "I was not there" not in "\n".join(chat.channel("classes"))
