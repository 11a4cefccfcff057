"""A day whose hours have begun cannot be skipped any more: what may be meant stands on buttons."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """A room that is open for its hours until 11:00; it is Monday, 10:05."""
    room = chat.world.add_room("yoga")
    await chat.says("ada", "/hms schedule window mon-fri 10:00-11:00 --tz UTC --room yoga --yes")
    await chat.passes("65m")
    return room


async def skips(chat: Chat) -> Said:
    return await chat.says("mo", "/hms schedule skip today --room yoga")


async def test_who_is_in_it_can_be_sent_home(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    said = await skips(chat)
    assert (
        "yoga has been open since 2 Mar 09:59 UTC, so these hours cannot be skipped any more. "
        "They end 2 Mar 11:00 UTC. Close it now, or let it stay open?" in said.text
    )
    assert said.buttons == ("End and lock it", "Call off its end")

    confirm = await chat.clicks("mo", "End and lock it", said)
    await chat.clicks("mo", "End and lock for 1 person", confirm)
    assert not yoga.session
    assert not yoga.enabled
    await chat.passes("1d")
    assert yoga.enabled


async def test_an_empty_room_is_locked(chat: Chat, yoga: Room) -> None:
    said = await skips(chat)
    assert said.buttons == ("Lock it", "Call off its end")
    confirm = await chat.clicks("mo", "Lock it", said)
    await chat.clicks("mo", "Lock yoga", confirm)
    assert not yoga.enabled


async def test_it_can_stay_open(chat: Chat, yoga: Room) -> None:
    await chat.clicks("mo", "Call off its end", await skips(chat))
    await chat.passes("2h")
    assert yoga.enabled
    again = await skips(chat)
    assert "Their end was called off. Close it now?" in again.text
    assert again.buttons == ("Lock it",)


async def test_another_day_is_skipped_all_the_same(chat: Chat, yoga: Room) -> None:
    said = await chat.says("mo", "/hms schedule skip tomorrow --room yoga")
    assert "Mo skipped Mar 3, 2026 in the hours of yoga" in said.text


async def test_a_holiday_on_which_it_is_open_already_ends_as_it_would(chat: Chat, yoga: Room) -> None:
    said = await chat.says("mo", "/hms schedule skip-holidays ET --room yoga")  # it is the day of Adwa
    assert "It is open by now, so it is left open until 2 Mar 11:00 UTC this time." in said.text
    assert "Open until 2 Mar 11:00 UTC." in (await chat.says("vi", "/hms schedule list --room yoga")).text
    await chat.passes("55m")
    assert not yoga.enabled


async def test_a_holiday_whose_end_was_called_off_stays_open(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms end-room --cancel yoga")
    said = await chat.says("mo", "/hms schedule skip-holidays ET --room yoga")
    assert "left open" not in said.text
    await chat.passes("2h")
    assert yoga.enabled
    assert "does not close by itself" not in "\n".join(chat.channel("classes"))


async def test_an_end_on_a_holiday_can_still_be_moved(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms schedule skip-holidays ET --room yoga")
    await chat.says("mo", "/hms schedule extend 10m --room yoga")
    await chat.passes("60m")
    assert yoga.enabled
    await chat.passes("5m")
    assert not yoga.enabled


async def test_a_day_whose_hours_are_over_is_neither_skipped_nor_kept(chat: Chat, yoga: Room) -> None:
    skipped = await chat.says("mo", "/hms schedule skip tomorrow --room yoga")
    await chat.passes("1h")
    assert "The hours of yoga on Mar 2, 2026 are over, so nothing was changed." in (await skips(chat)).text

    await chat.passes("1d")
    late = await chat.clicks("mo", "Do not skip it", skipped)
    assert "The hours of yoga on Mar 3, 2026 are over, so nothing was changed." in late.text
    listed = await chat.says("vi", "/hms schedule show --room yoga")
    assert "not on Mar 3, 2026: skipped" in listed.text
    assert "not on Mar 2, 2026" not in listed.text


async def test_a_night_can_be_kept_until_it_is_over(chat: Chat, yoga: Room) -> None:
    await chat.says("ada", "/hms schedule window daily 22:00-02:00 --tz UTC --room yoga --yes")
    skipped = await chat.says("mo", "/hms schedule skip 2 today --room yoga")
    await chat.passes("15h")  # 01:05
    await chat.clicks("mo", "Do not skip it", skipped)
    assert yoga.enabled


async def test_a_holiday_that_is_kept_is_not_said_to_be(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms schedule skip-holidays IT --room yoga")
    await chat.says("mo", "/hms schedule skip 2026-06-02 --room yoga")
    said = await chat.says("mo", "/hms schedule keep 2026-06-02 --room yoga")
    assert "yoga stays closed on Jun 2, 2026: Republic Day (IT)." in said.text
    assert "keeps" not in said.text


async def test_who_leaves_holidays_out_reads_of_these_alone(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms schedule skip-holidays IT --room yoga")
    await chat.says("mo", "/hms schedule pause --room yoga")
    await chat.says("mo", "/hms schedule skip fri --room yoga")
    said = await chat.says("mo", "/hms schedule skip-holidays DE --room yoga")
    assert "not on Apr 3, 2026: Good Friday (DE)" in said.text
    assert "paused" not in said.text
    assert "skipped" not in said.text
    assert "(IT)" not in said.text
