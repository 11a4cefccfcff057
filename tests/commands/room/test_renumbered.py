"""A channel that Slack gives another id speaks for its room as before."""

import pytest

from sandbox.hms.state.room.room import Room
from tests import chat as chats
from tests.chat import Chat


async def test_a_channel_with_a_new_id_still_speaks_for_its_room(
    chat: Chat, standup: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.workspace.renumbers("C0CLASSES", "C0ANEW")
    monkeypatch.setitem(chats.CHANNELS, "classes", "C0ANEW")

    assert "Gus" in (await chat.says("mo", "/hms who")).text
