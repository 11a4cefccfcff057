"""What a card shows, to whom, and when it stops asking."""

from bot.dispatch import ledger
from tests.chat import Chat


async def test_a_cancelled_card_is_replaced_and_asks_no_more(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    card = await chat.says("mo", "/hms end-room --room standup")

    await chat.clicks("mo", "Cancel", card)

    assert chat.reads("mo").text == "End standup for 1 person? Cancelled. Nothing was done."
    assert chat.reads("mo").buttons == ()


async def test_a_card_whose_case_is_over_is_replaced_and_says_so_once(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    card = await chat.says("mo", "/hms end-room --room standup")
    room.end()

    await chat.clicks("mo", "End for 1 person", card)

    assert chat.reads("mo").text.count("Nothing was done.") == 1
    assert len(chat.reads("mo").messages) == 1
    assert chat.reads("mo").buttons == ()
    assert not chat.calls("active_rooms.end_room")


async def test_what_is_told_of_a_card_that_nobody_pressed_says_of_which(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms end-room --room standup")
    room.end()

    await chat.says("vi", "/hms status standup")

    told = chat.reads("mo").text.splitlines()[-1]
    assert told.startswith("End standup for 1 person? ")
    assert told.endswith("Nothing was done.")


async def test_ones_own_card_runs_out_without_a_word_and_says_so_when_it_is_pressed(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    card = await chat.says("mo", "/hms room lock --room standup")

    await chat.passes("11m")
    assert chat.reads("mo").messages == card.messages
    said = await chat.clicks("mo", "Lock standup", card)

    assert said.text == "You did not press Lock standup (#1) in time, so nothing was done."
    assert chat.reads("mo").buttons == ()


async def test_ones_own_card_that_was_pressed_before_turns_when_its_time_is_up(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    card = await chat.says("mo", "/hms end-room --room standup")
    room.join("Hugo", role="host")
    await chat.clicks("mo", "End for 1 person", card)

    await chat.passes("11m")

    assert "You did not press End for 2 people (#1) in time" in chat.reads("mo").text
    assert chat.reads("mo").buttons == ()


async def test_a_changed_case_is_shown_in_place_of_the_card_that_was_pressed(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    card = await chat.says("mo", "/hms end-room --room standup")
    for number in range(20):
        room.join(f"Guest {number}")

    told = await chat.clicks("mo", "End for 1 person", card)

    assert "21 people are there now, not 1." in told.text
    assert chat.reads("mo").buttons == ("End for 21 people", "Cancel")


async def test_who_asks_in_direct_messages_reads_there_what_came_of_it(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    await chat.passes("1d")  # the bot's daily words open Ada's direct messages

    done = await chat.says("ada", "/hms room lock standup --yes", channel="dm")

    assert done.text.count("Ada locked standup") == 2  # to her, and in the room's channel
    assert any("locked standup" in text for text in chat.channel("classes"))


async def test_the_line_in_the_channel_says_why(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)

    await chat.says("mo", "/hms room lock standup --yes --reason 'exam begins'")

    assert "Why: exam begins" in chat.channel("classes")[-1]


async def test_nobody_sees_the_confirms_of_others_as_theirs_to_decide(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms end-room --room standup")

    assert [one.id for one in await ledger.waiting_for(chat.bot.dispatcher, "U0MO")] == [1]
    assert await ledger.waiting_for(chat.bot.dispatcher, "U0MAX") == []
