"""Slack does not take what a channel follows: it comes later, or who let it follow hears why."""

import pytest

from bot.features.subscription.book import Subscriptions
from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.commands.conftest import standup

__all__ = ["standup"]

GONE = ("is_archived", "not_in_channel", "channel_not_found")


def cards(chat: Chat) -> list[str]:
    return [one for one in chat.channel("classes") if "at most at once" in one]


async def followed(chat: Chat) -> int:
    async with chat.bot.db.read() as tx:
        return len(await chat.bot.dispatcher.books[Subscriptions].all(tx))


async def subscribed(chat: Chat) -> None:
    """#classes follows standup, in which somebody has just come in; its card is still to be posted."""
    await chat.says("mo", "/hms subscribe")


@pytest.mark.parametrize("reason", GONE)
async def test_a_channel_that_is_gone_follows_no_more_and_who_let_it_is_told(
    chat: Chat, standup: Room, reason: str
) -> None:
    await subscribed(chat)
    chat.workspace.switches.refuse_next("chat.postMessage", reason, channel="C0CLASSES", times=None)
    await chat.passes("1s")

    assert await followed(chat) == 0
    [told] = [one for one in chat.reads("mo", "dm").messages if "follows standup no more" in one.text]
    assert f"write in <#C0CLASSES> any more ({reason})" in told.text.replace("`", "")
    await chat.passes("5m")
    assert len(chat.reads("mo", "dm").messages) == 1


async def test_a_channel_that_is_gone_in_the_middle_follows_no_more(chat: Chat, standup: Room) -> None:
    await subscribed(chat)
    await chat.passes("1s")
    chat.workspace.switches.refuse_next("chat.update", "channel_not_found", channel="C0CLASSES")
    standup.join("Uma")
    await chat.passes("1m")

    assert await followed(chat) == 0
    assert "follows standup no more" in chat.reads("mo", "dm").text


async def test_who_follows_again_in_a_channel_that_was_gone_has_a_new_card(chat: Chat, standup: Room) -> None:
    await subscribed(chat)
    chat.workspace.switches.refuse_next("chat.postMessage", "not_in_channel", channel="C0CLASSES")
    await chat.passes("1s")

    await subscribed(chat)
    await chat.passes("1s")

    assert len(cards(chat)) == 1


async def test_what_is_too_long_goes_to_who_let_the_channel_follow(chat: Chat, standup: Room) -> None:
    await subscribed(chat)
    chat.workspace.switches.refuse_next("chat.postMessage", "msg_too_long", channel="C0CLASSES")
    await chat.passes("1s")

    assert await followed(chat) == 1
    told = chat.reads("mo", "dm").text
    assert "Slack does not let me write this in <#C0CLASSES> (msg_too_long):" in told
    assert "at most at once" in told


async def test_whom_slack_lets_wait_reads_everything_later_and_in_order(chat: Chat, standup: Room) -> None:
    await subscribed(chat)
    switches = chat.workspace.switches  # it asks for no second: the clock of this test stands still
    switches.refuse_next("chat.postMessage", "ratelimited", channel="C0CLASSES", times=2, retry_after=0)
    await chat.passes("1s")
    standup.join("Uma")
    for _ in range(3):
        await chat.passes("1m")

    assert len(cards(chat)) == 1
    assert "standup · 4 people" in cards(chat)[0]


@pytest.mark.parametrize("answer", ["internal_error", "lost"])
async def test_a_card_that_was_cut_off_is_posted_again_by_who_let_the_channel_follow(
    chat: Chat, standup: Room, answer: str
) -> None:
    await subscribed(chat)
    if answer == "lost":
        chat.workspace.switches.lose_next("chat.postMessage", channel="C0CLASSES")
    else:
        chat.workspace.switches.refuse_next("chat.postMessage", answer, channel="C0CLASSES", status=503)
    await chat.passes("1s")
    before = len(cards(chat))

    notice = chat.reads("mo", "dm")
    assert "Slack broke while I wrote to <#C0CLASSES> what has happened." in notice.text
    await chat.clicks("mo", "Post again", notice)

    assert len(cards(chat)) == before + 1
