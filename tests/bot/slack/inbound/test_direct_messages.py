"""Direct messages to the app are a door: what is typed there is read as by a mention, and stays there."""

from typing import Any

import pytest

from sandbox.slack.delivery import Payload
from tests.chat import Chat, words

MO = "U0MO"
DIRECT = "D0MO"


async def happens(chat: Chat, **event: Any) -> None:
    """Slack tells of something in Mo's direct messages with the bot."""
    said = {"type": "message", "channel": DIRECT, "channel_type": "im", "user": MO, "ts": "1.0"}
    await chat.workspace.happens(said | event)
    await chat.bot.idle()


async def test_a_line_is_read_as_by_a_mention(chat: Chat) -> None:
    chat.world.add_room("standup", live=True).join("Gus")

    said = await chat.says("mo", "who standup", "dm")

    assert "Gus" in said.text
    [answer] = said.messages[1:]
    assert (answer.channel, answer.only_for) == (DIRECT, None)  # it stays, and a phone shows it


async def test_an_act_is_asked_there_and_written_down_where_the_room_is_spoken_of(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    await chat.binds("classes", room)

    card = await chat.says("mo", "end-room standup", "dm")
    assert chat.channel("classes") == []
    done = await chat.clicks("mo", "End for 2 people", card)

    assert "ended standup" in done.text
    assert not room.session
    assert len(chat.channel("classes")) == 1


async def test_what_others_decide_is_taken_back_there_and_its_card_says_what_became_of_it(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    await chat.binds("classes", room)
    await chat.says("mo", "remove Gus spamming --room standup", "dm")
    assert chat.reads("mo", "dm").buttons == ("Withdraw",)

    await chat.clicks("max", "Remove “Gus”", chat.reads("max"))

    _, card, outcome = chat.reads("mo", "dm").messages
    assert "Mo removed “Gus” from standup. Approved by Max" in words(card)
    assert words(outcome).startswith("Mo: Max said yes.")
    assert outcome.thread_ts == card.ts
    assert chat.reads("mo", "dm").buttons == ()


async def test_what_was_asked_there_is_withdrawn_there(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    await chat.binds("classes", room)
    card = await chat.says("mo", "remove Gus spamming --room standup", "dm")

    await chat.clicks("mo", "Withdraw", card)

    assert "Withdrawn by Mo." in words(chat.reads("mo", "dm").messages[1])
    assert len(chat.reads("mo", "dm").messages) == 2
    assert "Withdrawn by Mo." in chat.channel("classes")[0]


async def test_who_asks_by_a_slash_command_there_has_no_yes_either(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    await chat.binds("classes", room)

    card = await chat.says("mo", "/hms remove Gus spamming --room standup", "dm")

    assert chat.reads("mo", "dm").buttons == ("Withdraw",)
    assert "Withdrawn by Mo." in (await chat.clicks("mo", "Withdraw", card)).text


async def test_nothing_typed_there_leaks_into_a_channel(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    await chat.binds("classes", room)

    for line in ("who standup", "who standup --here", "help", "nosuch", "remove --room standup", "hello"):
        assert len((await chat.says("mo", line, "dm")).messages) == 2, line

    assert chat.channel("classes") == []


@pytest.mark.parametrize("greeting", ["hello", "Hello!", "hi", "hey", "Hi."])
async def test_a_greeting_gets_a_first_help(chat: Chat, greeting: str) -> None:
    said = await chat.says("mo", greeting, "dm")

    assert "/hms end-room" in said.text


async def test_a_guest_who_writes_is_told_why_nothing_comes_of_it(chat: Chat) -> None:
    said = await chat.says("gia", "hello", "dm")

    assert "only full members of this workspace" in said.text


@pytest.mark.parametrize(
    "changed",
    [
        {"bot_id": "B0HMS", "user": "U0HMS"},
        {"user": "U0HMS"},
        {"subtype": "file_share", "files": []},
        {"subtype": "message_changed", "message": {"user": MO, "text": "end-room standup --yes"}},
        {"thread_ts": "0.9", "parent_user_id": "U0HMS"},
        {"thread_ts": "0.9"},
        {"channel_type": "mpim", "channel": "G0HMS"},
        {"edited": {"user": MO, "ts": "1.1"}},
    ],
)
async def test_what_is_no_line_typed_to_the_bot_is_left_alone(chat: Chat, changed: dict[str, Any]) -> None:
    chat.world.add_room("standup", live=True)

    await happens(chat, text="end-room standup --yes", **changed)

    assert chat.calls("active_rooms.end_room") == []
    assert chat.reads("mo", "dm").messages == ()


async def test_in_a_thread_of_its_own_the_bot_is_asked_by_name(chat: Chat) -> None:
    chat.world.add_room("standup", live=True).join("Gus")
    [_, answer] = (await chat.says("mo", "help", "dm")).messages

    await chat.workspace.says(MO, DIRECT, "thanks!", thread_ts=answer.ts)
    await chat.workspace.says(MO, DIRECT, "@hms who standup", thread_ts=answer.ts)
    await chat.bot.idle()

    last = chat.reads("mo", "dm").messages[-1]
    assert "Gus" in words(last)
    assert last.thread_ts == answer.ts
    assert len(chat.reads("mo", "dm").messages) == 5


async def test_an_edit_asks_for_nothing(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    [typed, _] = (await chat.says("mo", "help", "dm")).messages

    await chat.workspace.edits(MO, typed, "end-room standup --yes")
    await chat.bot.idle()

    assert chat.calls("active_rooms.end_room") == []
    assert len(chat.reads("mo", "dm").messages) == 2


@pytest.mark.parametrize("line", ["say hello --room standup", "who standup"])
async def test_what_slack_repeats_is_read_once(chat: Chat, line: str) -> None:
    chat.world.add_room("standup", live=True).join("Gus")
    event = {
        "type": "message",
        "channel": DIRECT,
        "channel_type": "im",
        "user": MO,
        "ts": "1.0",
        "text": line,
    }
    body = chat.workspace.state.payloads.event(event, "Ev1", int(chat.clock.now.timestamp()))

    chat.workspace.channels(MO)  # their messages with the bot are there
    for _ in range(2):
        await chat.workspace.state.delivery.deliver(Payload("events_api", body))
        await chat.bot.idle()

    assert len(chat.reads("mo", "dm").messages) == 1
    assert len(chat.calls("active_rooms.send_message")) == (1 if line.startswith("say") else 0)


async def test_what_is_too_old_is_not_done(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    chat.lags("3m")

    said = await chat.says("mo", "end-room standup --yes", "dm")

    assert "Nothing was done" in said.text
    assert "Ask again" in said.buttons
    assert chat.calls("active_rooms.end_room") == []
