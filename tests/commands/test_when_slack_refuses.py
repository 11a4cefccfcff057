"""What Slack does not let the bot write somewhere is read somewhere else, and who asked hears why."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat

# Slack docs, chat.postMessage, errors: each is final for this channel, and says nothing of any other.
REASONS = ("restricted_action", "is_archived", "not_in_channel", "channel_not_found", "msg_too_long")


def refuse(chat: Chat, reason: str) -> None:
    chat.workspace.switches.refuse_next("chat.postMessage", reason, channel="C0CLASSES", times=None)


@pytest.mark.parametrize("reason", REASONS)
async def test_a_card_goes_to_who_can_decide_it_and_who_asked_hears_why(
    chat: Chat, standup: Room, reason: str
) -> None:
    refuse(chat, reason)

    await chat.says("mo", "/hms remove Gus spamming")

    told = chat.reads("mo", "dm")
    assert f"Slack does not let me write in <#C0CLASSES> ({reason})." in told.text
    assert "who can give it has it in direct messages" in told.text
    card = chat.reads("max", "dm")
    await chat.clicks("max", "Remove “Gus”", card)
    assert len(chat.calls("active_rooms.remove_peers")) == 1
    assert "removed “Gus” from standup." in chat.reads("max", "dm").text  # the card says what became of it
    assert chat.reads("max", "dm").buttons == ()


@pytest.mark.parametrize("line", ["say We start now", "room lock --yes"])
async def test_what_was_done_is_told_to_who_asked(chat: Chat, standup: Room, line: str) -> None:
    refuse(chat, "restricted_action")

    await chat.says("mo", f"/hms {line}")

    told = chat.reads("mo", "dm").text
    assert "Slack does not let me write in <#C0CLASSES> (restricted_action)." in told
    assert "standup" in told


async def test_a_card_that_can_no_longer_be_edited_is_shown_elsewhere(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.workspace.switches.refuse_next("chat.update", "is_archived", channel="C0CLASSES", times=None)

    await chat.clicks("max", "Remove “Gus”", card)

    assert "removed “Gus” from standup." in chat.reads("mo", "dm").text


async def test_what_waits_in_a_channel_that_is_gone_by_half_time_goes_to_who_can_decide(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    await chat.says("mo", "/hms remove Ivy shouting")
    await chat.workspace.archives("C0CLASSES")

    await chat.passes("5m")

    for who in ("max", "ada"):
        assert {"Remove “Gus”", "Remove “Ivy”"} <= set(chat.reads(who, "dm").buttons)
        assert "2 requests still need a second yes" in chat.reads(who, "dm").text
    assert "Slack does not let me write in <#C0CLASSES> (is_archived)." in chat.reads("mo", "dm").text
    for person in ("Gus", "Ivy"):
        await chat.clicks("max", f"Remove “{person}”", chat.reads("max", "dm"))
    assert [peer.name for peer in standup.peers] == ["Hana"]
    assert chat.reads("max", "dm").buttons == chat.reads("ada", "dm").buttons == ()


async def test_what_reminded_in_a_channel_that_is_gone_since_is_not_copied_to_who_asked(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    await chat.passes("5m")
    await chat.workspace.archives("C0CLASSES")

    await chat.says("max", "/hms approve 1", "dm")

    assert "removed “Gus” from standup." in chat.reads("mo", "dm").text
    assert "Slack does not let me write this in" not in chat.reads("mo", "dm").text


async def test_who_is_asked_for_in_a_channel_that_is_gone_has_the_card_directly(
    chat: Chat, standup: Room
) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    told = await chat.clicks("vi", "Remove “Gus”", card)
    await chat.workspace.archives("C0CLASSES")

    await chat.clicks("vi", "Ask Max", told)

    assert "Remove “Gus”" in chat.reads("max", "dm").buttons


async def test_all_of_a_long_reason_goes_with_the_card(chat: Chat, standup: Room) -> None:
    refuse(chat, "restricted_action")

    await chat.says("mo", f"/hms remove Gus {'spamming ' * 50} and shouting")

    assert "and shouting" in chat.reads("max", "dm").text


async def test_where_nobody_who_could_decide_is_reached_the_admins_are(chat: Chat, standup: Room) -> None:
    chat.workspace.switches.refuse_next("conversations.open", "user_disabled", times=1)
    refuse(chat, "restricted_action")

    await chat.says("mo", "/hms remove Gus spamming")

    assert "Remove “Gus”" in chat.reads("ada", "dm").buttons


async def test_the_log_says_where_it_is_read_instead(chat: Chat, standup: Room) -> None:
    refuse(chat, "restricted_action")
    await chat.says("mo", "/hms remove Gus spamming")

    number = chat.reads("max", "dm").number
    assert chat.story(number).states == ["asked", "waiting", "waiting"]
    assert "Nothing can be written in" in (chat.story(number).entries[-1].text or "")


async def test_what_a_reaction_says_reaches_who_asked_for_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 5m --yes")
    chat.workspace.switches.refuse_next("chat.update", "restricted_action", channel="C0CLASSES", times=None)

    await chat.passes("6m")

    told = chat.reads("mo", "dm").text
    assert "Slack does not let me write this in <#C0CLASSES> (restricted_action):" in told
    assert "Mo ended standup" in told
