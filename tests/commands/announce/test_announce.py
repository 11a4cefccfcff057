"""``announce``: said in the room again and again, while its session lasts, and not a minute late."""

import pytest

from bot.command import Cadence, RoomRef
from bot.dispatch import ledger
from bot.dispatch.context import context
from bot.features.announce import acts
from bot.features.announce.book import Announcements
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

SEND = "active_rooms.send_message"
DRINK = '/hms announce add "every 15m" Drink water'


def heard(room: Room) -> list[str]:
    """What everybody in the room has read."""
    return [message.text for message in room.messages]


async def sleeps(chat: Chat, span: str) -> None:
    """The bot is away while time goes by."""
    await chat.stops()
    chat.clock.now += chat.span(span) - chat.span("1s")
    await chat.starts()
    await chat.passes("1s")


async def test_everybody_in_the_room_hears_it_each_time_and_the_channel_reads_of_it_once(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", DRINK)
    await chat.passes("14m")
    assert heard(standup) == []

    await chat.passes("1m")
    await chat.passes("15m")

    assert heard(standup) == ["Drink water", "Drink water"]
    assert [call.body for call in chat.calls(SEND)] == [{"message": "Drink water", "type": "chat"}] * 2
    (read,) = chat.channel("classes")
    assert read.startswith(
        "Mo started announcing “Drink water” in standup, every 15m. "
        "It first comes 2 Mar 09:15 UTC, and ends with the session."
    )


@pytest.mark.parametrize("line", ["15m Drink water", "every 15 minutes Drink water", "'15m' 'Drink water'"])
async def test_how_often_is_understood_as_people_write_it(chat: Chat, standup: Room, line: str) -> None:
    await chat.says("mo", f"/hms announce add {line}")
    await chat.passes("15m")

    assert heard(standup) == ["Drink water"]


async def test_a_time_of_day_is_meant_where_the_room_is(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --zone Asia/Tokyo")

    await chat.says("mo", "/hms announce add 'daily 18:30' Last questions")
    assert "daily 18:30 Asia/Tokyo. It first comes 2 Mar 09:30 UTC" in chat.channel("classes")[-1]
    await chat.passes("30m")

    assert heard(standup) == ["Last questions"]


async def test_it_ends_with_the_session_and_that_is_said_once(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)
    standup.end(by="Hana")

    await chat.passes("15m")
    await chat.passes("15m")

    assert chat.calls(SEND) == []
    assert chat.channel("classes")[1:] == [
        "The session in standup is over, so “Drink water” is not announced any more (#1)."
    ]


async def test_the_next_session_hears_nothing_of_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)
    await chat.says("mo", "/hms end-room --yes")
    standup.join("Hana", role="host")

    assert "Nothing is announced in standup" in (await chat.says("mo", "/hms announce list")).text
    await chat.says("max", DRINK)
    await chat.passes("15m")

    assert heard(standup) == ["Drink water"]
    assert "is not announced any more (#1)" in chat.channel("classes")[-1]


async def test_a_session_that_ends_while_it_is_said_is_over(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)
    chat.world.fault(f"/active-rooms/{standup.id}/send-message", status=404)

    await chat.passes("15m")

    assert "is not announced any more (#1)" in chat.channel("classes")[-1]


async def test_more_than_a_minute_late_it_is_left_out_and_goes_on(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)

    await sleeps(chat, "20m")
    await sleeps(chat, "1m")
    assert heard(standup) == []
    (left_out,) = chat.channel("classes")[1:]
    assert left_out == (
        "“Drink water” was to be announced in standup, 2 Mar 09:15 UTC (#1). "
        "That was 5m ago, so it is left out."
    )
    await chat.passes("9m")

    assert heard(standup) == ["Drink water"]


async def test_less_than_a_minute_late_it_is_said(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)

    await sleeps(chat, "15m50s")

    assert heard(standup) == ["Drink water"]


async def test_an_announcement_whose_answer_is_lost_is_not_repeated_but_said(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", DRINK)
    chat.world.fault(f"/active-rooms/{standup.id}/send-message", drop=True)

    await chat.passes("15m")
    assert heard(standup) == ["Drink water"]
    assert "did not say whether “Drink water” was announced in standup" in chat.channel("classes")[-1]
    await chat.clicks("max", "Say it now", chat.reads("max"))

    assert heard(standup) == ["Drink water", "Drink water"]


async def test_it_is_stopped_at_a_press_of_anybody_who_may(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)

    await chat.clicks("max", "Stop it", chat.reads("max"))
    await chat.passes("1h")

    assert chat.calls(SEND) == []
    assert chat.channel("classes")[-1].startswith("Max stopped announcing “Drink water” in standup.")


async def test_what_was_stopped_is_announced_again_at_a_press(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)
    await chat.clicks("max", "Stop it", chat.reads("max"))

    await chat.clicks("mo", "Announce it again", chat.reads("mo"))
    await chat.passes("15m")

    assert heard(standup) == ["Drink water"]


async def test_what_is_older_than_is_kept_comes_no_more(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)
    async with chat.bot.db.write() as tx:
        await Announcements(chat.bot.db, chat.clock).prune(tx, chat.clock.now + chat.span("1s"))

    await chat.passes("15m")

    assert heard(standup) == []
    async with chat.bot.db.read() as tx:
        assert await chat.bot.timers.pending(tx, kind="announce") == []


async def test_the_list_says_what_how_often_and_when_next_with_a_way_to_stop_each(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", DRINK)
    await chat.says("mo", "/hms announce add 'daily 12:00' Lunch")
    await chat.passes("15m")

    listed = await chat.says("mo", "/hms announce list")
    assert listed.text.splitlines() == [
        "2 announcements in standup, until its session ends:",
        "#1 “Drink water”, every 15m, next 2 Mar 09:30 UTC, by Mo",
        "#2 “Lunch”, daily 12:00 Europe/Berlin, next 2 Mar 11:00 UTC, by Mo",
    ]
    await chat.says("mo", "/hms announce remove #1")

    assert "1 announcement in standup" in (await chat.says("mo", "/hms announce")).text


async def test_nothing_is_announced_where_nobody_is(chat: Chat) -> None:
    chat.world.add_room("empty")

    for line in ("add 15m Hello --room empty", "list empty"):
        said = await chat.says("mo", f"/hms announce {line}")
        assert "Nobody is in empty, and an announcement lasts as long as a session." in said.text


async def test_the_same_text_is_announced_once(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)

    said = await chat.says("max", "/hms announce add 5m Drink water")

    assert "“Drink water” is announced in standup already (#1)." in said.text


async def test_a_room_has_ten_at_most(chat: Chat, standup: Room) -> None:
    for number in range(10):
        await chat.says("mo", f"/hms announce add 15m Reason {number} to drink")

    said = await chat.says("mo", DRINK)

    assert "10 texts are announced in standup already. Stop one first" in said.text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("add 30s Drink water", "“30s” is too often: at most once a minute."),
        ("add soon Drink water", "“soon” is not how often something comes. Write it like 15m"),
        ("add 15m Hello --room nosuch", "There is no room called “nosuch”"),
        ("remove 7", "Nothing of the number 7 is announced in standup."),
        ("remove seven", "“seven” is no whole number"),
    ],
)
async def test_what_cannot_be_is_said(chat: Chat, standup: Room, line: str, why: str) -> None:
    assert why in (await chat.says("mo", f"/hms announce {line}")).text


async def test_another_rooms_announcement_is_not_stopped_from_here(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)
    await chat.binds("webinars", chat.world.add_room("webinar", live=True))

    said = await chat.says("mo", "/hms announce remove 1", "webinars")
    await chat.passes("15m")

    assert "Nothing of the number 1 is announced in webinar." in said.text
    assert heard(standup) == ["Drink water"]


async def test_what_was_cut_off_and_runs_again_is_done_once(chat: Chat, standup: Room) -> None:
    await chat.says("mo", DRINK)
    await chat.says("mo", "/hms announce remove 1")
    await chat.says("mo", DRINK)
    road, room = chat.bot.dispatcher, RoomRef(id=standup.id, name=standup.name)
    every = Cadence.parse("15m", "Europe/Berlin")
    removal, asked = await ledger.known(road, 2), await ledger.known(road, 3)

    assert await acts.remove(context(road, removal.actor, removal), room, 1) == ("Drink water", every)
    await acts.add(context(road, asked.actor, asked), room, every, "Drink water")
    await chat.passes("15m")

    assert heard(standup) == ["Drink water"]


async def test_a_dry_run_announces_nothing(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", f"{DRINK} --dry-run")
    await chat.passes("15m")

    assert "Announce this in standup, every 15m?" in said.text
    assert chat.calls(SEND) == []


async def test_without_a_text_its_form_opens(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms announce add 15m")

    (form,) = chat.workspace.views_of("U0MO")
    await chat.workspace.submits("U0MO", form.id, {"text": {"value": "Stretch"}})
    await chat.bot.idle()
    await chat.passes("15m")

    assert heard(standup) == ["Stretch"]


async def test_a_viewer_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", DRINK)

    assert "Only moderators can do this" in said.text
    await chat.passes("15m")
    assert chat.calls(SEND) == []
