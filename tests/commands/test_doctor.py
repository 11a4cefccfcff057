"""``doctor``: everything the bot needs, and how to mend it."""

from datetime import timedelta

from bot.features.doctor.checks import clocks
from tests.chat import MORNING, SECRETS, Chat


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
