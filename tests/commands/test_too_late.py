"""What Slack has given up on is not done: whoever asked has read an error, and asks again."""

from dataclasses import replace

from sandbox.hms.state.room.room import Room
from tests.chat import Chat

LATE = "Slack had given up on this before I could take it, and has told you so. Nothing was done."


async def test_a_line_that_was_four_seconds_under_way_is_not_done_and_can_be_asked_again(
    chat: Chat, standup: Room
) -> None:
    chat.lags("4s")
    late = await chat.says("mo", "/hms end-room --yes")
    assert LATE in late.text
    assert "/hms end-room" in late.text
    assert late.buttons == ("Ask again",)
    assert standup.session
    assert chat.channel("classes") == []

    chat.lags("1s")
    card = await chat.clicks("mo", "Ask again", late)
    await chat.clicks("mo", "End for 3 people", card)

    assert not standup.session
    assert len(chat.calls("active_rooms.end_room")) == 1


async def test_a_look_is_answered_however_late(chat: Chat, standup: Room) -> None:
    chat.lags("4s")

    assert "Gus" in (await chat.says("mo", "/hms who")).text


async def test_a_click_that_was_four_seconds_under_way_decides_nothing(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.lags("4s")
    told = await chat.clicks("max", "Remove “Gus”", card)
    assert LATE in told.text
    assert chat.calls("active_rooms.remove_peers") == []

    chat.lags("1s")
    await chat.clicks("max", "Remove “Gus”", card)

    assert len(chat.calls("active_rooms.remove_peers")) == 1


async def test_a_mention_of_six_hours_ago_ends_no_session(chat: Chat, standup: Room) -> None:
    chat.lags("6h")
    late = await chat.says("mo", "@hms end-room --yes")

    assert "This reached me 6h after it was written. Nothing was done." in late.text
    assert late.buttons == ("Ask again",)
    assert standup.session


async def test_a_mention_of_a_minute_ago_is_done(chat: Chat, standup: Room) -> None:
    chat.lags("1m")
    await chat.says("mo", "@hms end-room --yes")

    assert not standup.session


async def test_what_was_not_taken_stands_in_the_log(chat: Chat, standup: Room) -> None:
    chat.lags("4s")
    await chat.says("mo", "/hms end-room")

    (entry,) = chat.story(0).entries
    assert entry.state == "refused"
    assert entry.text == f"end-room: {LATE}"


async def test_a_click_that_could_not_be_written_down_in_time_is_told_what_is_true_by_then(
    chat: Chat, standup: Room
) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.stops()
    chat._limits = replace(chat._limits, patience=0)  # no write is ever in time
    await chat.starts()

    told = await chat.clicks("max", "Remove “Gus”", card)
    assert "nothing will be done. Try again in a minute." in told.text

    await chat.passes("11m")
    told = await chat.clicks("max", "Remove “Gus”", card)
    assert "Nobody decided in time, so nothing was done." in told.text
