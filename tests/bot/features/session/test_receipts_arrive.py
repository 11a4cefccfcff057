"""The receipt of a session arrives by itself: at once with what is known, whole when all is there."""

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.work.arrivals import Arrival
from bot.work.inbox import Inbox
from sandbox.hms.state.room.room import Room
from sandbox.slack.messages import Message
from tests.bot.features.event.reporting import LOOKED_AT, REPORTED, Reported, reporting
from tests.chat import Chat
from tests.commands.asset.test_asset import everything
from tests.commands.conftest import standup

__all__ = ["standup"]

ENDED = "The session in standup lasted "


async def is_over(chat: Chat, room: Room, ago: str = "1s") -> None:
    """The session ends, and 100ms reports it, perhaps when we are back only."""
    [session] = [one for one in room.sessions if one.active]
    room.end()
    data = {"room_id": room.id, "room_name": room.name, "session_id": session.id}
    ended = Arrival(f"evt-{session.id}", "session.close.success", data, chat.clock.now)
    chat.clock.now += chat.span(ago)
    await tells(chat, ended)


async def tells(chat: Chat, arrival: Arrival) -> None:
    """100ms reports something, and what is due at once is done."""
    await chat.bot.dispatcher.books[Inbox].add([arrival])
    await chat.bot.idle()
    await chat.passes("1s")


def receipts(chat: Chat, channel: str = "classes") -> list[str]:
    return [one for one in chat.channel(channel) if one.startswith(ENDED)]


def attached(chat: Chat) -> list[Message]:
    return [one for one in chat.reads("vi").messages if one.files]


async def test_it_is_there_at_once_with_its_curve_and_everybodys_part(chat: Chat, standup: Room) -> None:
    await chat.passes("12m")
    await is_over(chat, standup)

    [said] = receipts(chat)
    assert "3 people took part, 3 at once at most.\nminute 0 to 12: 3 people" in said
    assert "It was not recorded." in said
    assert "Known from 100ms's webhooks and records." in said
    assert "Gus · guest · 09:00 · 09:12 · 12 minutes · 12 minutes · 12 minutes" in said
    assert "data_visualization" in str(chat.reads("vi").messages[-1].blocks)


async def test_it_is_edited_once_when_the_files_are_whole(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms record start")
    await chat.passes("12m")
    await is_over(chat, standup)

    [first] = receipts(chat)
    assert "It was recorded for 12 minutes. Its files are still being made." in first

    for _ in range(5):
        await chat.passes("1m")
    [whole] = receipts(chat)
    assert "It was recorded for 12 minutes. It has left 2 files. 100ms keeps them until" in whole
    assert "All 2 files" in chat.reads("vi").buttons

    looks = len(chat.calls("analytics.list_events"))
    await chat.passes("1h")
    assert len(chat.calls("analytics.list_events")) == looks == 2  # it is whole: nobody looks any more


async def test_a_session_that_100ms_does_not_have_leaves_none_and_breaks_nothing(
    chat: Chat, standup: Room
) -> None:
    data = {"room_id": standup.id, "room_name": standup.name, "session_id": "64f0c3a1b2d4e5f601234567"}

    with capture_logs() as logged:
        await tells(chat, Arrival("evt-gone", "session.close.success", data, chat.clock.now))
        await chat.passes("40m")

    assert receipts(chat) == []
    assert [line for line in logged if line["log_level"] == "error"] == []
    asked = len(chat.calls("sessions.retrieve"))
    await chat.passes("1h")
    assert len(chat.calls("sessions.retrieve")) == asked  # nobody looks any more


async def test_what_never_becomes_whole_is_waited_for_half_an_hour(chat: Chat, standup: Room) -> None:
    await chat.passes("12m")
    chat.world.settings.analytics_lag_s = 10_000
    await is_over(chat, standup)
    asked = []
    for _ in range(40):
        await chat.passes("1m")
        asked.append(len(chat.calls("analytics.list_events")))

    [said] = receipts(chat)
    assert "100ms tells of no microphone and no camera in it." in said
    assert asked[-1] == asked[30] == 6


async def test_minutes_that_come_later_are_added(chat: Chat, standup: Room) -> None:
    await chat.passes("12m")
    chat.world.settings.analytics_lag_s = 50
    await is_over(chat, standup)
    assert "those minutes are as far as it has" in receipts(chat)[0]

    await chat.passes("1m")

    [said] = receipts(chat)
    assert "those minutes are as far" not in said


async def test_100ms_that_still_calls_it_running_is_asked_again(chat: Chat, standup: Room) -> None:
    await chat.passes("12m")
    session = standup.session
    assert session
    data = {"room_id": standup.id, "session_id": session.id}
    await tells(chat, Arrival("evt-1", "session.close.success", data, chat.clock.now))
    assert receipts(chat) == []

    standup.end()
    await chat.passes("10s")

    assert len(receipts(chat)) == 1


async def test_who_looked_in_alone_for_a_moment_leaves_none(chat: Chat) -> None:
    yoga = chat.world.add_room("yoga")
    await chat.binds("classes", yoga)
    yoga.join("Gus")
    await chat.passes("30s")
    await is_over(chat, yoga)
    await chat.passes("31m")

    assert not [one for one in chat.channel("classes") if "yoga" in one]


async def test_a_room_without_a_channel_is_told_to_nobody(chat: Chat) -> None:
    yoga = chat.world.add_room("yoga", live=True)
    await chat.passes("12m")
    before = len(chat.world.calls)
    await is_over(chat, yoga)

    assert len(chat.world.calls) == before


async def test_one_that_ended_while_the_bot_was_away_is_told_within_a_day(chat: Chat, standup: Room) -> None:
    await chat.passes("12m")
    await is_over(chat, standup, ago="23h")
    assert len(receipts(chat)) == 1

    standup.join("Gus")
    standup.join("Ivy")
    await chat.passes("12m")
    await is_over(chat, standup, ago="25h")
    assert len(receipts(chat)) == 1


async def test_everybodys_times_hang_in_its_thread_once_it_is_whole(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms record start")
    await chat.passes("12m")
    await is_over(chat, standup)
    assert attached(chat) == []

    for _ in range(40):
        await chat.passes("1m")

    [below] = attached(chat)
    [file] = below.files
    assert (file.name, file.title) == ("standup-2026-03-02-0900.csv", "Who was in standup")
    assert file.content
    assert file.content.decode("utf-8-sig").splitlines()[2].startswith("Gus,")
    [receipt] = [one for one in chat.reads("vi").messages if one.text.startswith(ENDED)]
    assert below.thread_ts == receipt.ts
    assert f"Times below are UTC; {file.name} in the thread has all of them." in receipts(chat)[0]
    assert "Gus,user-gus" not in await everything(chat)  # what is there is kept nowhere else


async def test_it_survives_a_restart_and_is_posted_once(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms record start")
    await chat.passes("12m")
    await is_over(chat, standup)
    await chat.dies()
    await chat.starts()
    for _ in range(5):
        await chat.passes("1m")

    [said] = receipts(chat)
    assert "It has left 2 files." in said
    assert len(attached(chat)) == 1


async def test_its_button_gets_everybodys_times_for_whoever_may_look(chat: Chat, standup: Room) -> None:
    await chat.passes("12m")
    await is_over(chat, standup)

    said = await chat.clicks("vi", "Get it as a file", chat.reads("vi"))
    assert "standup-2026-03-02-0900.csv has all of it, in UTC." in said.text

    await chat.says("ada", "/hms access revoke @max --yes")
    refused = await chat.clicks("max", "Get it as a file", chat.reads("max"))
    assert refused.text.startswith("Only ")


WAYS = {"webhooks": REPORTED | {"HMS_BOT_POLL": "off"}, "looks": LOOKED_AT, "both": REPORTED | LOOKED_AT}
KNOWN = {
    "webhooks": "Known from 100ms's webhooks and records.",
    "looks": "Known from looking at 100ms every so often, and from its records: it does not report to me. "
    "Why somebody left, who ended the session and who was refused cannot be seen so.",
    "both": "Known from 100ms's webhooks, from looking at it every so often, and from its records.",
}


@pytest.fixture(params=WAYS)
async def way(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[tuple[str, Reported]]:
    async with reporting(sqlite_url, WAYS[request.param]) as reported:
        yield request.param, reported


SAID = """\
The session in standup lasted 8 minutes, from 2 Mar 09:00 UTC to 09:08 UTC. \
2 people took part, 2 at once at most.
minute 0 to 6: 2 people
minute 6 to 8: 1 person
It was recorded for 6 minutes. It has left 3 files. 100ms keeps them until Mar 17, 2026.
{known}
Times below are UTC; standup-2026-03-02-0900.csv in the thread has all of them.
Person · Role · Came · Left · There for · Unmuted · On camera
Gus · guest · 09:00 · 09:08 · 8 minutes · 8 minutes · 8 minutes
Ivy · guest · 09:00 · 09:06 · 6 minutes · 6 minutes · 6 minutes"""


async def test_whoever_tells_of_it_the_receipt_is_the_same(way: tuple[str, Reported]) -> None:
    name, reported = way
    await reported.chat.binds("classes", reported.room)
    await reported.lesson()

    assert receipts(reported.chat) == [SAID.format(known=KNOWN[name])]
