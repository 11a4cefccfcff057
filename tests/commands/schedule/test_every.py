"""``schedule every``: any act again and again, asked for by the schedule as itself."""

import pytest

from bot.features.schedule.lines import ScheduledLines
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said

pytestmark = pytest.mark.usefixtures("mo_is_an_admin")


@pytest.fixture
def yoga(chat: Chat) -> Room:
    """A room in which nobody is; it is Monday, 09:00, and 10:00 in Berlin, where Mo is."""
    return chat.world.add_room("yoga")


async def every(chat: Chat, line: str, who: str = "mo") -> Said:
    return await chat.says(who, f"/hms schedule every {line} --yes")


async def test_a_card_shows_the_next_five_times(chat: Chat, yoga: Room) -> None:
    confirm = await chat.says("mo", "/hms schedule every 'mon-fri 11:00' room lock yoga")
    assert "Schedule “room lock yoga” in yoga, mon\u2013fri 11:00 Europe/Berlin?" in confirm.text
    assert "Now it would be: Lock yoga?" in confirm.text
    assert confirm.text.count("•") == 5

    said = await chat.clicks("mo", "Schedule it", confirm)
    assert (
        "Mo scheduled “room lock yoga” in yoga, mon\u2013fri 11:00 Europe/Berlin (#1)."
        in chat.channel("classes")[-1]
    )
    assert said.text.count("•") in {0, 5}


async def test_it_comes_each_time_and_is_a_request_of_its_own(chat: Chat, standup: Room) -> None:
    await every(chat, "15m say Stand up, please")
    for _ in range(3):
        await chat.passes("15m")

    assert [message.text for message in standup.messages] == ["Stand up, please"] * 3
    assert [chat.story(number).states[-1] for number in (2, 3, 4)] == ["done"] * 3
    assert {entry.actor for entry in chat.story(2).entries} == {"schedule:1 via made by Mo"}


async def test_nothing_that_was_slept_through_is_made_up_for(chat: Chat, standup: Room) -> None:
    await every(chat, "15m say Stand up, please")
    await chat.stops()
    chat.clock.now += chat.span("50m")  # three were due, the first of them 35 minutes ago
    await chat.starts()
    await chat.passes("1s")
    assert len(standup.messages) == 1
    assert "and is done 35 minutes late." in "\n".join(chat.channel("classes"))

    await chat.passes("10m")
    assert len(standup.messages) == 2


async def test_a_night_that_was_slept_through_is_left_out_and_it_goes_on(chat: Chat, yoga: Room) -> None:
    await every(chat, "'daily 11:00' room lock yoga")
    await chat.stops()
    chat.clock.now += chat.span("5h")
    await chat.starts()
    await chat.passes("1s")
    assert yoga.enabled
    told = "\n".join(chat.channel("classes"))
    assert "That was 4 hours ago, so it is left out. It comes next 3 Mar 10:00 UTC." in told

    await chat.passes("20h")
    assert not yoga.enabled


async def test_times_in_the_line_are_read_each_time(chat: Chat, yoga: Room) -> None:
    await every(chat, "'daily 11:00' room lock yoga --until 12:00")
    for _ in range(2):
        await chat.passes("1h")
        await chat.passes("59m")
        assert not yoga.enabled
        await chat.passes("1m")
        assert yoga.enabled
        await chat.passes("22h")


async def test_a_room_that_was_named_stays_the_one_that_was_meant(chat: Chat, yoga: Room) -> None:
    await every(chat, "'daily 11:00' room lock yoga")
    yoga.name = "pilates"

    await chat.passes("1h")

    assert not yoga.enabled


async def test_one_that_is_removed_comes_no_more(chat: Chat, standup: Room) -> None:
    await every(chat, "15m say Stand up, please")
    book = chat.bot.dispatcher.books[ScheduledLines]
    async with chat.bot.db.write() as tx:
        await book.remove(tx, "1")

    await chat.passes("15m")

    assert not standup.messages


async def test_one_whose_maker_may_not_any_more_waits_for_who_answers_for_it(
    chat: Chat, standup: Room
) -> None:
    await every(chat, "15m say Stand up, please")
    await chat.says("ada", "/hms access revoke @mo --yes")
    await chat.passes("15m")
    await chat.passes("15m")
    assert not standup.messages
    assert "(#1) is paused: Mo, who made it" in chat.channel("classes")[-1]

    await chat.says("ada", "/hms schedule adopt 1")
    assert "Ada answers for “say Stand up, please --room standup” in standup" in chat.channel("classes")[-1]
    await chat.passes("15m")
    assert [message.text for message in standup.messages] == ["Stand up, please"]


async def test_who_approved_a_line_and_answers_for_it_now_has_approved_it_no_more(
    chat: Chat, standup: Room
) -> None:
    for who in ("mo", "max"):
        await chat.grants(who, chat.ADMIN)
    card = await chat.says("mo", "/hms schedule every 30m remove --role guest the day is over")
    await chat.clicks("max", "Schedule it", card)
    await chat.says("ada", "/hms access revoke @mo --yes")
    await chat.passes("30m")

    await chat.says("max", "/hms schedule adopt 1")
    await chat.passes("30m")

    assert [peer.name for peer in standup.peers if peer.role == "guest"] == ["Gus", "Ivy"]
    assert "approved by Max" not in chat.channel("classes")[-1]


async def test_what_is_not_scheduled_cannot_be_answered_for(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms schedule adopt 12")
    assert "Nothing of the number 12 is scheduled in standup." in said.text


async def test_nobody_answers_for_what_they_may_not_do(chat: Chat, standup: Room) -> None:
    await every(chat, "15m say Stand up, please")
    said = await chat.says("max", "/hms schedule adopt 1")
    assert "Only admins can do this" in said.text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1s say hello", "“1s” is too often: at most once a minute."),
        ("'now and then' say hello", "is not how often something comes."),
        ("'31st 08:00' say hello", "Not every month has a day 31."),
        ("15m who", "/hms who only looks"),
        ("15m say hello --room nosuch", "“nosuch”"),
        ("15m room lock --until 25:00", "25:00"),
    ],
)
async def test_what_cannot_be_meant_is_said_and_nothing_is_kept(
    chat: Chat, standup: Room, line: str, said: str
) -> None:
    answer = await every(chat, line, "ada")
    assert said in answer.text
    assert await chat.bot.dispatcher.books[ScheduledLines].beyond("") == []


async def test_a_moderator_is_refused(chat: Chat, standup: Room) -> None:
    assert "Only admins can do this" in (await every(chat, "15m say hello", "max")).text
