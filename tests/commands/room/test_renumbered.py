"""A channel that Slack gives another id speaks for its room as before."""

import pytest

from bot.features.room.book import RoomBook
from bot.features.subscription.book import Feature, Subscriptions
from sandbox.hms.state.room.room import Room
from tests import chat as chats
from tests.chat import Chat


async def test_a_channel_with_a_new_id_still_speaks_for_its_room(
    chat: Chat, standup: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.workspace.renumbers("C0CLASSES", "C0ANEW")
    monkeypatch.setitem(chats.CHANNELS, "classes", "C0ANEW")

    assert "Gus" in (await chat.says("mo", "/hms who")).text


async def test_what_was_said_under_the_new_id_before_slack_told_of_it_stays(
    chat: Chat, standup: Room
) -> None:
    lecture = chat.world.add_room("lecture")
    await chat.binds("webinars", lecture)
    for line, channel in (
        ("/hms subscription add recordings --room standup", "classes"),
        ("/hms subscription add streams --room lecture", "classes"),
        ("/hms subscription add polls --room lecture", "webinars"),
    ):
        await chat.says("mo", line, channel)

    old, new = chats.CHANNELS["classes"], chats.CHANNELS["webinars"]
    told = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}
    await chat.workspace.happens(told)

    books = chat.bot.dispatcher.books
    assert [(one.channel, one.room.name) for one in await books[RoomBook].bindings()] == [(new, "lecture")]
    async with chat.bot.db.read() as tx:
        followed = await books[Subscriptions].all(tx)
    assert {(one.channel, one.room.name, one.features) for one in followed} == {
        (new, "lecture", (Feature.POLLS,)),
        (new, "standup", (Feature.RECORDINGS,)),
    }
