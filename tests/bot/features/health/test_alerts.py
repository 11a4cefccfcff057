"""What goes wrong for many at once is said in the room's channel, once, with what mends it."""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from sandbox.hms.api_error import ApiError
from sandbox.hms.events.webhooks import Weather
from tests.bot.features.event.reporting import REPORTED, Reported, reporting

LINK = "https://emulated.example/x"


@pytest.fixture
async def reported(sqlite_url: str) -> AsyncIterator[Reported]:
    async with reporting(sqlite_url, REPORTED) as reported:
        await reported.chat.binds("classes", reported.room)
        yield reported


def told(reported: Reported, words: str) -> list[str]:
    return [one for one in reported.chat.channel("classes") if words in one]


def tries(reported: Reported, *people: str, role: str = "guest") -> None:
    for name in people:
        with suppress(ApiError):
            reported.room.join(name, role=role)


async def test_a_burst_of_those_who_cannot_come_in_is_one_message_with_what_opens_the_room(
    reported: Reported,
) -> None:
    reported.room.enabled = False
    tries(reported, *(f"Guest {number}" for number in range(7)), "Guest 3")
    await reported.passes("1m")
    assert told(reported, "could not") == [
        "7 people could not get in to standup: role not allowed. standup is locked."
    ]

    tries(reported, *(f"Late {number}" for number in range(5)))
    await reported.passes("1m")
    [only] = told(reported, "could not")
    assert only.startswith("12 people could not get in to standup")
    await reported.chat.clicks("mo", "Unlock standup", reported.chat.reads("mo"))
    assert reported.room.enabled
    assert "Mo unlocked standup" in told(reported, "could not")[0]


async def test_where_they_come_with_a_role_that_is_none_the_roles_are_named(reported: Reported) -> None:
    tries(reported, "Gus", "Ivy", "Hana", role="pupil")
    await reported.passes("1m")

    [only] = told(reported, "could not")
    assert "Its template has no role pupil. Send a link or a code of one that it has:" in only
    assert "guest" in only


async def test_one_or_two_who_cannot_come_in_are_no_alert(reported: Reported) -> None:
    reported.room.enabled = False
    tries(reported, "Gus", "Ivy", "Gus", "Ivy")
    await reported.passes("1m")

    assert told(reported, "could not") == []


async def test_what_was_lost_out_of_order_and_twice_is_the_same_alert(reported: Reported) -> None:
    await reported.passes("1m")
    reported.chat.world.webhooks.set_weather(Weather(loss=0.4, repeat=0.4, reorder_s=30, seed=1))
    reported.room.enabled = False
    tries(reported, *(f"Guest {number}" for number in range(9)))
    await reported.passes("12m")

    [only] = told(reported, "could not")
    assert only.startswith("9 people could not get in to standup")


async def test_a_recording_in_which_nobody_can_be_heard_is_told_once(reported: Reported) -> None:
    people = [reported.room.join(name, role="host") for name in ("Hana", "Gus")]
    for each in people:
        reported.room.mute(each, "audio", mute=True)
    await reported.chat.says("mo", "/hms record start")
    await reported.passes("12m")

    assert told(reported, "microphone") == [
        "Nobody in standup has a microphone on, and it is recorded for 5 minutes."
    ]


async def test_one_who_can_be_heard_is_enough(reported: Reported) -> None:
    people = [reported.room.join(name, role="host") for name in ("Hana", "Gus")]
    reported.room.mute(people[0], "audio", mute=True)
    reported.room.mute(people[1], "audio", mute=False)
    await reported.chat.says("mo", "/hms record start")
    await reported.passes("12m")

    assert told(reported, "microphone") == []
