"""Where others read what was done: where it was asked, else in the room's own channel, else directly."""

from dataclasses import replace

from sandbox.slack.people import PARTNER
from tests.chat import Chat


async def test_where_the_bot_is_not_it_acts_and_writes_down_in_the_channel_of_the_room(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)

    card = await chat.says("mo", "/hms end-room standup", "mods")
    assert "It stands in" not in card.text  # nobody else is asked
    done = await chat.clicks("mo", "End for 1 person", card)

    assert room.session is None
    assert "ended standup" in chat.channel("classes")[0]
    private = [one for one in done.messages if one.channel == "C0MODS"]
    assert len(private) == 1
    assert "It is written down in <#C0CLASSES>. To read it here: /invite @hms." in done.text


async def test_a_card_for_others_stands_where_the_room_is_spoken_of(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    await chat.binds("classes", room)

    asked = await chat.says("mo", "/hms remove Gus spamming --room standup", "lobby-talk")

    [card] = chat.channel("classes")
    assert "Gus" in card
    assert chat.channel("lobby-talk") == []
    assert "It stands in <#C0CLASSES>. To read it here: /invite @hms." in asked.text


async def test_without_a_channel_of_the_room_nothing_is_done(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)

    said = await chat.says("mo", "/hms end-room standup --yes", "mods")

    assert "Type /invite @hms, then ask again." in said.text
    assert room.session


async def test_who_invites_the_bot_and_asks_again_at_once_is_served(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms end-room standup --yes", "mods")
    await chat.says("mo", "/invite @hms", "mods")

    said = await chat.says("mo", "/hms end-room standup --yes", "mods")

    assert "Mo ended standup" in said.text
    assert room.session is None


async def test_a_channel_that_was_opened_again_is_written_in_at_once(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    await chat.workspace.archives("C0CLASSES")
    await chat.says("mo", "/hms room lock standup --yes", "mods")
    await chat.workspace.unarchives("C0CLASSES")

    await chat.says("mo", "/hms room lock standup --yes", "mods")

    assert "Mo locked standup" in chat.channel("classes")[0]


async def test_a_channel_that_was_closed_or_left_is_passed_over(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    await chat.binds("webinars", room)
    await chat.workspace.archives("C0CLASSES")

    done = await chat.says("mo", "/hms end-room standup --yes", "mods")

    assert "It is written down in <#C0WEBINARS>." in done.text
    assert len(chat.channel("webinars")) == 1


async def test_where_every_channel_of_the_room_is_closed_nothing_is_done(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    await chat.workspace.archives("C0CLASSES")

    said = await chat.says("mo", "/hms end-room standup --yes", "mods")

    assert "Type /invite @hms" in said.text
    assert room.session


async def test_a_channel_shared_with_another_company_reads_nothing_that_was_asked_there(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    chat.workspace.arrives(PARTNER, "C0LOBBYTALK")

    await chat.says("mo", "/hms end-room standup --yes", "lobby-talk")

    assert room.session is None
    assert chat.workspace.sees(PARTNER.id, "C0LOBBYTALK") == []
    assert len(chat.channel("classes")) == 1


async def test_a_group_message_is_read_by_nobody_knows_whom_and_the_channel_reads_it(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    group = chat.workspace.gathers("U0MO", "U0MAX")

    await chat.workspace.says("U0MO", group.id, "/hms end-room standup --yes")
    await chat.bot.idle()

    assert room.session is None
    assert len(chat.channel("classes")) == 1


async def test_a_channel_speaks_for_no_room_while_the_bot_is_not_in_it(chat: Chat) -> None:
    room = chat.world.add_room("standup")
    await chat.binds("classes", room)

    said = await chat.says("ada", "/hms room bind standup", "lobby-talk")

    assert "Type /invite @hms" in said.text


async def test_a_yes_by_words_needs_no_reader(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    await chat.binds("classes", room)
    await chat.says("mo", "/hms remove Gus spamming --room standup")
    await chat.passes("11s")

    await chat.says("max", "/hms approve 1", "mods")

    assert [peer.name for peer in room.peers if peer.name == "Gus"] == []


async def test_what_is_asked_and_read_in_direct_messages_is_said_once(chat: Chat) -> None:
    chat.world.add_room("standup", live=True).join("Gus")

    said = await chat.says("mo", "say hello --room standup", "dm")

    assert len(said.messages) == 2  # the line, and one answer


async def test_a_guest_in_a_channel_without_the_bot_is_refused_as_anywhere(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    gia = chat.workspace.directory.person("U0GIA")
    chat.workspace.arrives(replace(gia), "C0LOBBYTALK")

    said = await chat.says("gia", "/hms end-room standup --yes", "lobby-talk")

    assert "only full members of this workspace" in said.text
    assert room.session
