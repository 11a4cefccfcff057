"""How a bot ends."""

import asyncio
import time

import pytest

from tests.chat import Chat


async def test_a_stop_takes_no_longer_than_it_says_whatever_is_under_way(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.DRAINS", 1)
    chat.world.add_room("standup", live=True).join("Gus")
    chat.way.hold("/v2/", together=2)
    # Neither is answered: what follows an ack is a task, what came of it a job.
    said = [
        asyncio.create_task(chat.says("vi", "/hms status standup")),
        await chat.begins(chat.says("mo", "/hms end-room standup")),
    ]

    began = time.monotonic()
    await chat.stops()

    assert time.monotonic() - began < 1.8
    for one in said:  # nobody hears what came of it
        one.cancel()
    chat.way.let_go()
    await chat.starts()
