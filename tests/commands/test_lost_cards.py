"""A card of which Slack's answer was lost: where it was pressed, there it is."""

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


async def test_a_card_whose_answer_was_lost_is_not_left_to_press(chat: Chat, standup: Room) -> None:
    chat.workspace.switches.lose_next("chat.postMessage", channel="C0CLASSES")
    await chat.says("mo", "/hms remove Gus spamming")
    card = chat.reads("max")
    assert "Remove Gus" in card.buttons  # it arrived, and nobody told the bot

    await chat.clicks("max", "Remove Gus", card)

    assert len(chat.calls("active_rooms.remove_peers")) == 1
    shown = chat.reads("max")
    assert "Removed Gus from standup." in shown.text
    assert "Remove Gus" not in shown.buttons


async def test_a_group_message_is_no_trouble_of_the_whole_bot(chat: Chat) -> None:
    yoga = chat.world.add_room("yoga", live=True)  # no channel speaks for it
    group = chat.workspace.gathers("U0MO", "U0MAX")

    await chat.workspace.says("U0MO", group.id, "/hms end-room yoga --yes")
    await chat.bot.idle()

    read = [message.text for message in chat.workspace.sees("U0MO", group.id)]
    assert any("I cannot see who reads a group message" in text for text in read)
    assert yoga.session
    assert chat.bot.connection.troubles.now == {}
