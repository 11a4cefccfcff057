"""What was seen to run a moment ago is ended without another look; nothing else is."""

from datetime import timedelta

from bot.command import RoomRef
from bot.dispatch.context import context
from bot.features.room import live
from bot.features.room.cache import RoomCache
from bot.hms import one_look
from bot.request.request import Origin
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat


def just_now(chat: Chat, room: Room) -> bool:
    cache = chat.bot.dispatcher.books[RoomCache]
    return cache.ran_just_now(room.id, room.session.id if room.session else "")


async def test_it_counts_for_a_second(chat: Chat, standup: Room) -> None:
    assert not just_now(chat, standup)

    await chat.says("mo", "/hms status")
    assert just_now(chat, standup)

    chat.clock.now += timedelta(seconds=1)
    assert not just_now(chat, standup)


async def test_another_session_is_not_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms status")
    standup.end()
    standup.join("Gus")

    assert not just_now(chat, standup)


async def test_an_answer_that_is_read_again_within_one_look_is_as_old_as_it_was(
    chat: Chat, standup: Room
) -> None:
    road, room = chat.bot.dispatcher, RoomRef(id=standup.id, name="standup")
    ctx = context(road, await road.voice.actor(PEOPLE["mo"]), Origin("test", "test"))
    with one_look():
        await live.session(ctx, room)
        chat.clock.now += timedelta(seconds=2)
        await live.session(ctx, room)
    assert not just_now(chat, standup)

    await live.session(ctx, room)
    assert just_now(chat, standup)


async def test_behind_an_end_of_ours_it_is_looked_at_again(chat: Chat, standup: Room) -> None:
    cache = chat.bot.dispatcher.books[RoomCache]
    with cache.ends(standup.id):
        await chat.says("mo", "/hms status")  # 100ms answers before the end has come there
        assert not just_now(chat, standup)
        chat.clock.now += timedelta(milliseconds=300)
    assert not just_now(chat, standup)

    chat.clock.now += timedelta(milliseconds=100)
    await chat.says("mo", "/hms status")
    assert just_now(chat, standup)
