"""``subscription``: a channel follows a room, in what and how much; who may not look into it learns nothing."""

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


def cards(chat: Chat, channel: str = "classes") -> list[str]:
    return [one for one in chat.channel(channel) if "at most at once" in one or "is over" in one]


async def test_a_moderator_lets_a_channel_follow_its_room(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms subscribe")

    assert "Mo let <#C0CLASSES> follow standup." in said.text
    assert "sessions, recordings, streams, and schedule" in said.text
    await chat.passes("1s")
    print(chat.channel("classes"))
    [card] = cards(chat)
    print(card)
    assert "3 people" in card
