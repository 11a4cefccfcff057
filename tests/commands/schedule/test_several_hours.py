"""A room with several hours: what is true of its door is true of all of them together."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """It is Monday, 09:00."""
    room = chat.world.add_room("yoga")
    await chat.binds("classes", room)
    return room


async def hours(chat: Chat, *several: str) -> None:
    for each in several:
        await chat.says("ada", f"/hms schedule window daily {each} --tz UTC --yes")


async def status(chat: Chat) -> str:
    return (await chat.says("vi", "/hms status")).text


def told(chat: Chat) -> str:
    return "\n".join(chat.channel("classes"))


async def test_an_end_that_is_moved_behind_the_opening_of_others_says_so_and_gives_way(
    chat: Chat, yoga: Room
) -> None:
    await hours(chat, "09:00-10:00", "10:15-12:00")
    asked = await chat.says("mo", "/hms schedule extend 30m --dry-run")
    assert "its hours open it 2 Mar 10:14 UTC: it ends with those" in asked.text
    await chat.says("mo", "/hms schedule extend 30m")
    assert "until 2 Mar 10:30 UTC, but its hours open it 2 Mar 10:14 UTC: it ends with those." in told(chat)

    await chat.passes("75m")
    assert "yoga was not closed before its next hours began, so it stays open (#1)." in told(chat)
    assert "ends 2 Mar 12:00 UTC" in await status(chat)
    yoga.join("Hana", role="host")
    await chat.passes("20m")  # 10:35
    assert yoga.session
    assert yoga.enabled
    await chat.passes("85m")
    assert not yoga.session
    assert not yoga.enabled


async def test_hours_that_open_early_outlast_the_end_of_those_before(chat: Chat, yoga: Room) -> None:
    await hours(chat, "09:00-11:00", "11:30-12:30")
    await chat.passes("90m")
    await chat.says("mo", "/hms schedule open-early 2")
    assert "ends 2 Mar 12:30 UTC" in await status(chat)
    await chat.passes("40m")  # 11:10, between the two
    await chat.bot.reconcile()
    await chat.passes("30m")  # 11:40
    assert yoga.enabled
    await chat.passes("50m")
    assert not yoga.enabled


async def test_hours_are_not_opened_before_others_that_come_first(chat: Chat, yoga: Room) -> None:
    await hours(chat, "10:00-11:00", "11:30-12:30")
    said = await chat.says("mo", "/hms schedule open-early 2")
    assert "yoga opens for other hours first, 2 Mar 09:59 UTC (#1)." in said.text
    assert not yoga.enabled


async def test_hours_of_another_day_are_not_opened_early(chat: Chat, yoga: Room) -> None:
    await chat.says("ada", "/hms schedule window fri 20:00-20:30 --tz UTC --room yoga --yes")
    tried = await chat.says("mo", "/hms schedule open-early --room yoga --dry-run")
    said = await chat.says("mo", "/hms schedule open-early --room yoga")

    assert "yoga opens next 6 Mar 19:59 UTC, which is not today." in said.text
    assert "Open it by hand, /hms room unlock," in said.text
    assert "which is not today" in tried.text
    assert not yoga.enabled

    await chat.passes("4d")
    await chat.says("mo", "/hms schedule open-early --room yoga")
    assert yoga.enabled


@pytest.mark.parametrize("rule", ["00:00-02:00", "01:00-03:00"])
async def test_hours_that_begin_in_the_night_are_opened_early_in_the_evening_before(
    chat: Chat, yoga: Room, rule: str
) -> None:
    await hours(chat, rule)
    await chat.passes("14h30m")  # 23:30
    await chat.says("mo", "/hms schedule open-early")
    assert yoga.enabled
    await chat.passes("2h")  # 01:30
    assert yoga.enabled
    await chat.passes("2h")
    assert not yoga.enabled


async def test_an_end_that_is_called_off_leaves_the_room_open_until_others_begin(
    chat: Chat, yoga: Room
) -> None:
    await hours(chat, "09:00-11:00", "14:00-15:00")
    await chat.says("mo", "/hms end-room --cancel")
    await chat.passes("4h")
    assert yoga.enabled
    await chat.passes("61m")  # 14:01
    assert "ends 2 Mar 15:00 UTC" in await status(chat)
    await chat.passes("1h")
    await chat.bot.reconcile()
    await chat.passes("1s")
    assert not yoga.enabled
    assert "open already" not in (await chat.says("mo", "/hms schedule open-early 1 --dry-run")).text
    assert "has been open since" not in (await chat.says("mo", "/hms schedule skip 1 today")).text


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("resume 2", "resumed the hours of yoga"),
        ("keep 2 fri", "keeps Mar 6, 2026 in the hours of yoga"),
        ("window daily 17:00-18:00 --tz UTC", "gave yoga hours"),
    ],
)
async def test_what_is_changed_of_others_does_not_lock_it(
    chat: Chat, yoga: Room, line: str, done: str
) -> None:
    await hours(chat, "09:00-11:00", "14:00-15:00")
    await chat.says("mo", "/hms schedule pause 2" if "resume" in line else "/hms schedule skip 2 fri")
    await chat.says("mo", "/hms end-room --cancel")
    said = await chat.says("ada", f"/hms schedule {line} --yes")
    assert f"Ada {done}" in said.text
    assert "It is locked now" not in said.text
    assert yoga.enabled


async def test_it_is_open_already_while_the_end_of_others_is_called_off(chat: Chat, yoga: Room) -> None:
    await hours(chat, "09:00-11:00", "14:00-15:00")
    await chat.says("mo", "/hms end-room --cancel")
    said = await chat.says("ada", "/hms schedule run-now 2 --yes")
    assert "yoga is open already, until 2 Mar 13:59 UTC." in said.text


@pytest.mark.parametrize(
    ("following", "more"), [("10:01-11:00", ""), ("10:05-11:00", "6m"), ("10:05-11:00", "4m")]
)
async def test_nobody_is_warned_of_an_end_that_gives_way_to_other_hours(
    chat: Chat, yoga: Room, following: str, more: str
) -> None:
    await hours(chat, "09:00-10:00", following)
    yoga.join("Hana", role="host")
    if more:
        await chat.says("mo", f"/hms schedule extend {more}")
    for _ in range(66):
        await chat.passes("1m")
    assert yoga.session
    assert yoga.messages == []
    await chat.passes("49m")  # 10:55
    assert [message.text for message in yoga.messages] == ["This session ends in 5 minutes."]


@pytest.mark.parametrize("line", ["remove 1 --yes", "pause 1"])
async def test_what_is_left_of_the_hours_opens_the_room_and_that_is_said(
    chat: Chat, yoga: Room, line: str
) -> None:
    await hours(chat, "10:00-11:00", "12:00-13:00")
    said = await chat.says("ada", f"/hms schedule {line}")
    assert "yoga is locked, and opens 2 Mar 11:59 UTC." in said.text
    assert "Open it" in said.buttons
    await chat.says("ada", f"/hms schedule {line.replace('1', '2')}")
    assert "yoga is locked, and stays so." in told(chat)


async def test_a_lock_that_ends_by_itself_is_said_to_when_hours_are_paused(chat: Chat, yoga: Room) -> None:
    await hours(chat, "10:00-11:00")
    await chat.says("mo", "/hms room lock --until 'in 90m' --yes")
    said = await chat.says("mo", "/hms schedule pause")
    assert "yoga is locked, and opens 2 Mar 10:30 UTC." in said.text
    await chat.passes("90m")
    assert yoga.enabled


async def test_status_promises_no_end_that_gives_way_to_other_hours(chat: Chat, yoga: Room) -> None:
    await hours(chat, "09:00-10:00", "10:15-12:00")
    await chat.says("mo", "/hms schedule extend 30m")
    assert "· open · its hours begin 2 Mar 10:14 UTC" in await status(chat)
    yoga.join("Hana", role="host")
    await chat.says("mo", "/hms end-room --in 80m --yes")
    assert "· open · ends 2 Mar 10:20 UTC" in await status(chat)


async def test_an_end_that_gave_way_is_not_told_of_a_moment_to_come(chat: Chat, yoga: Room) -> None:
    await hours(chat, "09:00-10:00", "10:15-12:00")
    await chat.says("mo", "/hms schedule extend 1h")
    await chat.passes("74m")
    shown = await chat.says("vi", "/hms schedule show 1")
    assert "Not closed 2 Mar 10:14 UTC: its next hours had begun." in shown.text


async def test_the_end_of_hours_is_named_as_that_and_nobody_as_who_asked_for_it(
    chat: Chat, yoga: Room
) -> None:
    await hours(chat, "09:00-10:00")
    yoga.join("Hana", role="host")
    asked = await chat.says("mo", "/hms end-room --in 30m")
    assert "its hours end 2 Mar 10:00" in asked.text
    assert "another end" not in asked.text
    await chat.clicks("mo", "End in 30m", asked)
    assert "its hours end 2 Mar 10:00 UTC" in told(chat)
    assert "asked by Ada" not in told(chat)
    more = await chat.says("mo", "/hms schedule extend 1h --dry-run")
    assert "its hours end before, 2 Mar 10:00" in more.text


@pytest.mark.parametrize(
    ("line", "became"),
    [
        ("schedule pause", "Mo paused the hours"),
        ("schedule skip tomorrow --reason fair", "Mo skipped Mar 3, 2026 in the hours of yoga (#2)."),
        ("schedule show", "UTC (#2, by Ada)"),
        ("schedule pause --dry-run", "UTC (#2, by Ada)"),
    ],
)
async def test_which_of_several_hours_is_meant_is_chosen_on_a_button(
    chat: Chat, yoga: Room, line: str, became: str
) -> None:
    await hours(chat, "10:00-11:00", "11:30-12:30")
    asked = await chat.says("mo", f"/hms {line}")
    assert "yoga has several hours: say which, #1 and #2." in asked.text
    assert asked.buttons == ("#1: daily 10:00\N{EN DASH}11:00 UTC", "#2: daily 11:30\N{EN DASH}12:30 UTC")
    said = await chat.clicks("mo", asked.buttons[1], asked)
    assert became in said.text


async def test_which_of_several_lines_is_meant_is_chosen_on_a_button(chat: Chat, yoga: Room) -> None:
    for at in ("17:00", "18:00"):
        await chat.says("ada", f"/hms schedule once {at} room lock yoga --yes")
    asked = await chat.says("ada", "/hms schedule remove")
    assert "Several lines come by the clock in yoga: say which, #1 and #2." in asked.text
    confirm = await chat.clicks("ada", "#2: room lock yoga", asked)
    assert "Remove “room lock yoga”?" in confirm.text


@pytest.mark.parametrize("line", ["schedule pause 9", "schedule skip 9 tomorrow"])
async def test_a_number_that_no_hours_have_is_chosen_anew_on_a_button(
    chat: Chat, yoga: Room, line: str
) -> None:
    await hours(chat, "10:00-11:00", "11:30-12:30")
    asked = await chat.says("mo", f"/hms {line}")
    assert "yoga has no hours #9, but #1 and #2." in asked.text
    said = await chat.clicks("mo", asked.buttons[1], asked)
    assert "the hours of yoga (#2)" in said.text
