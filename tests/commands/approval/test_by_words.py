"""``approve``, ``deny``, ``yes``, ``no`` without a number: what waits is shown, nothing is decided unseen."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat, buttons

LINES = ("approve", "deny", "yes", "no", "approval approve")


@pytest.mark.parametrize("line", LINES)
async def test_what_waits_is_shown_with_its_buttons_and_nothing_is_decided(
    chat: Chat, standup: Room, line: str
) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    said = await chat.says("max", f"/hms {line}")

    assert chat.workspace.views_of("U0MAX") == []
    assert "Gus" in said.text
    assert "spamming" in said.text
    assert len(said.buttons) == 2
    assert all(message.only_for == "U0MAX" for message in said.messages)
    assert len(standup.peers) == 3


async def test_its_button_decides(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    said = await chat.says("max", "/hms approve")

    await chat.clicks("max", said.buttons[0], said)

    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]
    assert chat.request(card).states[-1] == "done"


async def test_several_are_a_list_with_a_button_each(chat: Chat, standup: Room) -> None:
    first = await chat.says("mo", "/hms remove Gus spamming")
    second = await chat.says("mo", "/hms remove Ivy shouting")
    said = await chat.says("max", "/hms yes")

    assert said.buttons == ("Remove “Gus”", "Deny", "Remove “Ivy”", "Deny")
    (message,) = said.messages
    heard = f"Deny, request {second.number} about “Ivy”"
    no = next(button for button in buttons(message) if button["accessibility_label"] == heard)
    await chat.workspace.clicks(PEOPLE["max"], message, no["action_id"])
    await chat.passes("1s")

    assert chat.request(second).states[-1] == "denied"
    assert chat.request(first).states[-1] == "waiting"


@pytest.mark.parametrize("line", LINES)
async def test_where_nothing_waits_a_sentence_says_so(chat: Chat, line: str) -> None:
    assert (await chat.says("max", f"/hms {line}")).text == "Nothing waits for you."


async def test_ones_own_card_comes_back(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room")

    said = await chat.says("mo", "/hms yes")
    await chat.clicks("mo", said.buttons[0], said)

    assert standup.session is None


async def test_a_number_is_refused_while_the_card_has_just_changed(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.change(next(peer for peer in standup.peers if peer.name == "Gus"), role="stage")
    await chat.clicks("ada", card.buttons[0], card)  # it is put before everybody anew

    told = await chat.says("max", f"/hms approve {card.number}")

    assert "changed a moment ago, so nothing was done" in told.text
    assert len(told.buttons) == 2
    assert len(standup.peers) == 3
    await chat.passes("11s")
    await chat.says("max", f"/hms approve {card.number}")
    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]


async def test_a_button_counts_for_the_card_that_it_stood_on(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    shown = await chat.says("max", "/hms approve")
    standup.change(next(peer for peer in standup.peers if peer.name == "Gus"), role="stage")
    await chat.clicks("ada", card.buttons[0], card)
    await chat.passes("11s")

    told = await chat.clicks("max", shown.buttons[0], shown)

    assert "This card has changed since" in told.text
    assert len(standup.peers) == 3


async def test_a_viewer_is_shown_nothing(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    said = await chat.says("vi", "/hms yes")

    assert said.buttons == ()
    assert "Gus" not in said.text


async def test_cancel_where_nothing_waits_finds_the_end_that_is_planned(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 30m --yes")
    said = await chat.says("max", "/hms cancel")
    assert said.text == "Nothing waits for you. standup ends 2 Mar 09:30 UTC."

    await chat.clicks("max", "Call off the end", said)

    await chat.passes("31m")
    assert len(standup.peers) == 3
    assert (await chat.says("max", "/hms cancel")).buttons == ()


async def test_what_waits_comes_before_an_end_that_is_planned(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 30m --yes")
    await chat.says("mo", "/hms remove Gus spamming")
    said = await chat.says("max", "/hms cancel")
    assert "spamming" in said.text
    assert "Call off the end" not in said.buttons


async def test_who_may_not_call_it_off_is_not_offered_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 30m --yes")
    chat.world.add_room("yoga")
    await chat.says("ada", "/hms access grant @gia moderator --room yoga --yes")
    assert "standup ends" not in (await chat.says("gia", "/hms cancel")).text


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("approval reason", "Say why"),
        ("approval withdraw", "Take a request back"),
        ("approval show", "Show a request"),
        ("case show", "Show a case"),
    ],
)
async def test_a_form_is_titled_as_one_says_it(chat: Chat, standup: Room, line: str, title: str) -> None:
    said = await chat.says("mo", f"/hms {line} soon")
    await chat.clicks("mo", f"{title}…", said)

    [form] = chat.workspace.views_of(PEOPLE["mo"])
    assert form.body["title"]["text"] == title
