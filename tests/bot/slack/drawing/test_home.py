"""Home works for everybody: who you are here, what waits for you, the rooms of channels."""

from typing import Any

from tests.chat import Chat


async def home(chat: Chat, person: str) -> Any:
    await chat.workspace.opens_home(person)
    await chat.bot.idle()
    return chat.workspace.home(person)


def words(view: Any) -> str:
    texts = [block["text"]["text"] for block in view.body["blocks"] if "text" in block]
    return "\n".join(texts)


async def test_a_guest_reads_why_nothing_can_be_done(chat: Chat) -> None:
    said = words(await home(chat, "U0GIA"))
    assert "You are a guest here" in said
    assert "Nothing waits for you." in said
    assert "/hms help" not in said  # which they would be refused


async def test_a_member_reads_their_level_and_the_rooms(chat: Chat) -> None:
    room = chat.world.add_room("standup")
    await chat.binds("classes", room, viewers=False)
    said = words(await home(chat, "U0MO"))
    assert "Your level is moderator." in said
    assert "*standup* in <#C0CLASSES>" in said


async def test_without_a_level_no_room_is_named(chat: Chat) -> None:
    await chat.binds("classes", chat.world.add_room("standup"))
    await chat.says("ada", "/hms access revoke @vi --yes")
    said = words(await home(chat, "U0VI"))
    assert "you hold none. Ask <@U0ADA>." in said
    assert "standup" not in said


async def test_what_waits_can_be_decided_from_home_by_who_may(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    gus = room.join("Gus")
    await chat.says("mo", "/hms remove Gus --reason spam --room standup")
    own, others = await home(chat, "U0MO"), await home(chat, "U0MAX")
    (mine,) = [block for block in own.body["blocks"] if block["type"] == "actions"]
    assert [button["text"]["text"] for button in mine["elements"]] == ["Withdraw"]
    action = next(block for block in others.body["blocks"] if block["type"] == "actions")
    await chat.workspace.clicks("U0MAX", others, action["elements"][0]["action_id"])
    await chat.bot.idle()
    assert "It waits for a second moderator <!date" in words(own)
    assert "It waits for you <!date" in words(others)
    assert gus not in room.peers
    assert "Nothing waits for you" in words(chat.workspace.home("U0MAX"))
    assert "Approved by Max" in "\n".join(chat.channel("classes"))
