"""What is remembered of polls is bounded: a process lives for months."""

import pytest

from bot.features.poll.book import PollBook
from bot.features.poll.finding import KnownPolls
from tests.chat import Chat


async def test_of_so_many_rooms_and_no_more_it_is_known_which_polls_are_linked(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.features.poll.finding.REMEMBERED", 3)
    known = KnownPolls(chat.bot.hms, PollBook(chat.bot.db, chat.clock))

    for number in range(10):
        await known.of(chat.world.add_room(f"class-{number}").id)

    assert len(known._linked) <= 3
