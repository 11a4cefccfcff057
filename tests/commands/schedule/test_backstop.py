"""``schedule backstop``: 100ms itself ends a session that outlasts the hours of its room."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said

HOUR = 3600
HOURS = "mon-fri 10:00-11:00 --tz UTC"


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """A room of which #classes speaks; it is Monday, 09:00."""
    room = chat.world.add_room("yoga")
    await chat.binds("classes", room)
    return room


async def hours(chat: Chat, line: str = HOURS) -> Said:
    await chat.says("ada", f"/hms schedule window {line} --yes")
    return Said(tuple(one for one in chat.reads("ada").messages if "gave" in one.text)[-1:])


async def test_it_is_offered_with_the_hours_and_set_at_a_press(chat: Chat, yoga: Room) -> None:
    made = await hours(chat)
    confirm = await chat.clicks("ada", "Let 100ms end it too", made)
    assert "Let 100ms end a session in yoga?" in confirm.text
    assert "100ms ends a session after 2h 1m, also while I am not there" in confirm.text
    assert "it warns nobody and locks nothing" in confirm.text
    assert not yoga.max_duration_seconds

    await chat.clicks("ada", "Let 100ms end it", confirm)

    assert yoga.max_duration_seconds == 2 * HOUR + 60


async def test_it_ends_a_session_that_nobody_is_there_to_end(chat: Chat, yoga: Room) -> None:
    await hours(chat, f"{HOURS} --backstop")
    await chat.passes("60m")
    yoga.join("Gus")
    await chat.stops()
    chat.clock.now += chat.span("2h1m")
    chat.world.tick()

    assert not yoga.session
    assert yoga.enabled  # 100ms locks nothing
    await chat.starts()


async def test_the_card_of_the_hours_says_what_it_would_do(chat: Chat, yoga: Room) -> None:
    yoga.max_duration_seconds = 3 * HOUR
    confirm = await chat.says("ada", f"/hms schedule window {HOURS} --backstop")
    assert "100ms ends a session after 2h 1m, also while I am not there" in confirm.text
    assert "until now after 3h" in confirm.text

    await chat.clicks("ada", "Keep these hours", confirm)
    assert yoga.max_duration_seconds == 2 * HOUR + 60


async def test_the_longest_hours_of_the_room_count(chat: Chat, yoga: Room) -> None:
    await hours(chat, "sat 22:00-03:00 --tz UTC")
    await hours(chat, f"{HOURS} --backstop")
    assert yoga.max_duration_seconds == 6 * HOUR + 60


async def test_a_limit_that_is_shorter_than_the_hours_is_said_with_them(chat: Chat, yoga: Room) -> None:
    yoga.max_duration_seconds = 1800
    confirm = await chat.says("ada", f"/hms schedule window {HOURS}")
    assert "100ms ends a session after 30m, before these hours are over" in confirm.text


async def test_a_limit_that_is_longer_is_said_too(chat: Chat, yoga: Room) -> None:
    yoga.max_duration_seconds = 3 * HOUR
    confirm = await chat.says("ada", f"/hms schedule window {HOURS}")
    assert "100ms ends a session after 3h, if nobody does before" in confirm.text


async def test_hours_longer_than_100ms_lets_a_session_last_say_so_and_offer_nothing(
    chat: Chat, yoga: Room
) -> None:
    confirm = await chat.says("ada", "/hms schedule window mon-fri 08:00-22:00 --tz UTC")
    assert "100ms ends a session after 12h, before these hours are over" in confirm.text
    await chat.clicks("ada", "Keep these hours", confirm)

    assert "Let 100ms end it too" not in chat.reads("ada").buttons
    said = await chat.says("ada", "/hms schedule backstop --yes")
    assert "100ms ends every session after 12h anyway" in said.text


async def test_it_can_be_of_any_length_and_is_set_back(chat: Chat, yoga: Room) -> None:
    await chat.says("ada", "/hms schedule backstop --after 3h --yes")
    assert yoga.max_duration_seconds == 3 * HOUR
    await chat.says("ada", "/hms schedule backstop --after 90m --yes")
    assert "That was 3h." in chat.channel("classes")[-1]

    await chat.clicks("ada", "Set it back to 3h", chat.reads("ada"))
    await chat.clicks("ada", "Let 100ms end it", chat.reads("ada"))

    assert yoga.max_duration_seconds == 3 * HOUR


async def test_it_is_not_set_to_what_it_is(chat: Chat, yoga: Room) -> None:
    await hours(chat, f"{HOURS} --backstop")
    assert "Let 100ms end it too" not in chat.reads("ada").buttons
    said = await chat.says("ada", "/hms schedule backstop")
    assert "100ms ends a session in yoga after 2h 1m already, so nothing was changed." in said.text


async def test_hours_that_are_removed_leave_it_and_say_so(chat: Chat, yoga: Room) -> None:
    await hours(chat, f"{HOURS} --backstop")
    await chat.says("ada", "/hms schedule remove --yes")

    assert "100ms still ends a session there after 2h 1m." in chat.channel("classes")[-1]
    await chat.clicks("ada", "Set it back to 12h", chat.reads("ada"))
    await chat.clicks("ada", "Let 100ms end it", chat.reads("ada"))
    assert yoga.max_duration_seconds == 12 * HOUR


async def test_only_an_admin_sets_it(chat: Chat, yoga: Room) -> None:
    said = await chat.says("mo", "/hms schedule backstop --after 3h --yes")
    assert "Only admins can do this" in said.text
    assert not yoga.max_duration_seconds


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "yoga has no hours"),
        ("--after 1m", "100ms takes 2m to 12h, so 1m was not set."),
        ("--after 13h", "100ms takes 2m to 12h, so 13h was not set."),
        ("--after soon", "“soon” is no length of time."),
        ("nosuch", "“nosuch”"),
    ],
)
async def test_what_cannot_be_set_is_said_and_nothing_is(
    chat: Chat, yoga: Room, line: str, said: str
) -> None:
    assert said in (await chat.says("ada", f"/hms schedule backstop {line} --yes")).text
    assert not yoga.max_duration_seconds


async def test_more_time_than_100ms_allows_is_given_and_the_rest_is_said(chat: Chat, yoga: Room) -> None:
    yoga.max_duration_seconds = HOUR
    yoga.join("Gus")
    await chat.says("mo", "/hms end-room --in 50m --yes")

    asked = await chat.says("mo", "/hms schedule extend 15m --dry-run")
    assert "100ms lets it last no longer than 2 Mar 10:00" in asked.text
    said = await chat.says("mo", "/hms schedule extend 15m")

    assert "Mo gave yoga 15m more" in said.text
    assert "100ms lets it last no longer than 2 Mar 10:00 UTC, and ends it then." in said.text


async def test_an_end_behind_that_of_100ms_says_so_before_it_is_planned(chat: Chat, yoga: Room) -> None:
    yoga.max_duration_seconds = HOUR
    yoga.join("Gus")
    assert "no longer than 2 Mar 10:00" in (await chat.says("mo", "/hms end-room --in 90m")).text
    assert "no longer than" not in (await chat.says("mo", "/hms end-room --in 30m")).text


async def test_whether_100ms_ends_it_before_holds_up_nobody(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await chat.says("mo", "/hms end-room --in 50m --yes")
    chat.world.fault(f"/rooms/{yoga.id}", status=500)

    said = await chat.says("mo", "/hms schedule extend 15m")

    assert "Mo gave yoga 15m more" in said.text
