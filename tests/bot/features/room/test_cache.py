"""What is remembered of rooms is bounded: a process lives for months."""

import pytest

from bot.features.room.cache import RoomCache
from bot.hms import Room
from tests.chat import Chat


async def test_of_so_many_rooms_and_no_more_it_is_known_what_they_were_called(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.features.room.cache.NAMES", 3)
    cache = chat.bot.dispatcher.books[RoomCache]

    for number in range(10):
        room = Room(id=f"room-{number}", name=f"Class {number}")
        await cache.saw([room, room])

    assert len(cache._names) <= 3
    assert len(cache._written) <= 3
