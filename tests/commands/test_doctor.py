"""``doctor``: everything the bot needs, and how to mend it."""

from datetime import timedelta

from bot.features.doctor.checks import clocks
from bot.work.arrivals import Arrival, Source
from bot.work.inbox import Inbox
from tests.chat import MORNING, SECRETS, Chat, opened


async def test_a_bot_in_order_says_so(chat: Chat) -> None:
    said = await chat.says("ada", "/hms doctor")

    assert "Everything is in order." in said.text
    for what in ("Settings", "Database", "100ms", "Slack", "Clock", "Admins", "Log"):
        assert f"{what} · in order" in said.text
    assert "Log: It is linked without a key: whoever can write to the database" in said.text


async def test_a_wrong_key_is_named_by_its_variable_and_never_by_its_value(chat: Chat) -> None:
    chat.world.fault("/rooms", status=401, times=2)

    said = await chat.says("ada", "/hms doctor")

    assert "1 thing to mend." in said.text
    assert "100ms · to mend" in said.text
    assert "HMS_ACCESS_KEY or HMS_SECRET" in said.text
    assert not any(secret in said.text for secret in SECRETS.values())


async def test_a_moderator_is_refused(chat: Chat) -> None:
    assert "Only admins can do this" in (await chat.says("mo", "/hms doctor")).text


def test_a_clock_may_be_half_a_minute_off() -> None:
    assert clocks(MORNING, MORNING + timedelta(seconds=30)).ok
    assert not clocks(MORNING, MORNING + timedelta(seconds=31)).ok
    assert not clocks(MORNING, MORNING - timedelta(seconds=31)).ok
    assert clocks(MORNING, None).ok


async def test_what_came_from_100ms_is_counted_and_a_room_that_reports_elsewhere_is_named(
    sqlite_url: str,
) -> None:
    async with opened(sqlite_url, besides={"HMS_WEBHOOK_SECRET": "a-secret-of-the-webhook"}) as chat:
        room = chat.world.add_room("standup")
        chat.world.change_room(room, webhook={"url": "https://elsewhere.example/hook"})
        inbox = chat.bot.dispatcher.books[Inbox]
        for number, age in enumerate((timedelta(0), timedelta(hours=2))):
            await inbox.take(Arrival(f"evt-{number}", "room.end.success", {}, MORNING - age))
        await inbox.take(Arrival("evt-9", "room.end.success", {}, MORNING, Source.REPLAY))

        said = (await chat.says("ada", "/hms doctor")).text

    assert "Events: 3 events of 100ms within a day, 1 late, 1 repaired." in said
    assert "Webhooks of rooms: 1 room reports to a webhook of its own, and not here: standup." in said


async def test_a_webhook_that_nobody_entered_is_found_out(sqlite_url: str) -> None:
    async with opened(sqlite_url, besides={"HMS_WEBHOOK_SECRET": "a-secret-of-the-webhook"}) as chat:
        found = Arrival("look", "session.open.success", {"session_id": "s"}, MORNING).looked_up()
        await chat.bot.dispatcher.books[Inbox].take(found)

        said = (await chat.says("ada", "/hms doctor")).text

    assert "Events · to mend" in said
    assert "Enter the address and the header in its dashboard, Developer, Webhooks." in said


async def test_who_hears_of_nothing_is_told_so(chat: Chat) -> None:
    said = (await chat.says("ada", "/hms doctor")).text
    assert (
        "Events: Nobody tells what happens at 100ms. Set HMS_WEBHOOK_SECRET, or HMS_BOT_POLL to 30s." in said
    )
