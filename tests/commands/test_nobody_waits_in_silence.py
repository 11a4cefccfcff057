"""Who has heard nothing for twenty seconds reads that it is under way, and what it waits for."""

from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat

SILENT = "Still under way: waiting for 100ms (it has not answered for 20s)."
LIVE = "/v2/active-rooms"


async def test_a_look_that_100ms_leaves_without_an_answer(chat: Chat, standup: Room) -> None:
    chat.way.hold(LIVE)
    asked = await chat.begins(chat.says("mo", "/hms who"))
    await chat.waits("18s")
    assert "under way" not in chat.reads("mo").text

    await chat.waits("2s")
    assert f"{SILENT} The answer comes here." in chat.reads("mo").text

    await chat.waits("1m")
    assert chat.reads("mo").text.count("under way") == 1
    assert "under way" not in chat.reads("max").text
    chat.way.let_go()
    assert "Gus" in (await asked).text


async def test_an_act_before_its_card(chat: Chat, standup: Room) -> None:
    chat.way.hold(LIVE)
    asked = await chat.begins(chat.says("mo", "/hms end-room"))

    await chat.waits("20s")

    assert f"{SILENT} Nothing was done yet." in chat.reads("mo").text
    chat.way.let_go()
    assert "End for 3 people" in (await asked).buttons


async def test_a_click_while_the_room_is_looked_at_and_what_it_runs(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.way.hold(LIVE)
    clicked = await chat.begins(chat.clicks("max", "Remove “Gus”", card))

    await chat.waits("20s")

    assert f"{SILENT} Nothing was done yet." in chat.reads("max").text
    chat.way.let_go()
    assert "Approved by Max" in (await clicked).text


async def test_what_runs(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.way.hold(f"{LIVE}/{standup.id}/remove-peers")
    clicked = await chat.begins(chat.clicks("max", "Remove “Gus”", card))

    await chat.waits("20s")

    assert f"{SILENT} It goes on by itself, also after a restart." in chat.reads("mo").text
    chat.way.let_go()
    assert "removed “Gus” from standup." in (await clicked).text


async def test_what_runs_by_ones_own_yes_is_said_on_the_card_which_its_outcome_replaces(
    chat: Chat, standup: Room
) -> None:
    card = await chat.says("mo", "/hms end-room")
    chat.way.hold(f"{LIVE}/{standup.id}/end-room")
    clicked = await chat.begins(chat.clicks("mo", "End for 3 people", card))

    await chat.waits("20s")
    assert SILENT in chat.reads("mo").text
    assert "Working on it." not in chat.reads("mo").text

    chat.way.let_go()
    await clicked
    assert "Mo ended standup for 3 people, after 20 seconds." in chat.reads("mo").text
    assert "under way" not in chat.reads("mo").text


async def test_a_process_that_died_meanwhile_begins_its_twenty_seconds_anew(
    chat: Chat, standup: Room
) -> None:
    chat.way.hold(LIVE)
    await chat.begins(chat.says("mo", "/hms end-room"))
    await chat.waits("10s")
    await chat.dies()
    await chat.starts(settled=False)

    await chat.waits("18s")
    assert "under way" not in chat.reads("mo").text
    await chat.waits("2s")
    assert SILENT in chat.reads("mo").text

    chat.way.let_go()
    await chat.passes("1s")
    assert "End for 3 people" in chat.reads("mo").buttons


async def test_who_was_told_is_not_told_again_by_the_next_process(chat: Chat, standup: Room) -> None:
    chat.way.hold(LIVE)
    await chat.begins(chat.says("mo", "/hms end-room"))
    await chat.waits("20s")
    await chat.dies()
    await chat.starts(settled=False)

    await chat.waits("20s")

    assert chat.reads("mo").text.count("under way") == 1
    chat.way.let_go()
    await chat.passes("1s")


async def test_what_waits_for_its_turn_says_so(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.way.hold(LIVE)
    first = await chat.begins(chat.clicks("max", "Remove “Gus”", card))
    await chat.workspace.clicks(PEOPLE["ada"], *card.button("Remove “Gus”"))
    await chat.bot.tasks.idle()

    await chat.waits("20s")

    assert "Still under way: waiting for its turn" in chat.reads("ada").text
    chat.way.let_go()
    await first


async def test_a_look_that_a_stop_cuts_off_says_so(chat: Chat, standup: Room) -> None:
    chat.way.hold(LIVE)
    await chat.begins(chat.says("mo", "/hms who"))

    await chat.dies()

    assert "hms-bot was stopped before it could take this on" in chat.reads("mo").text
    await chat.starts()
