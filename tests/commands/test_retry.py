"""``retry``: what the bot gave up is tried again by somebody who was told of it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from sandbox.hms.state.room.room import Room
from tests.bot.dispatch.announcing import Announcement, announcing, logs, plan, timer
from tests.chat import Chat

__all__ = ["logs"]

SEND = "active_rooms.send_message"


@pytest.fixture
async def chat(sqlite_url: str) -> AsyncIterator[Chat]:
    async with announcing(sqlite_url) as chat:
        yield chat


@pytest.fixture
async def given_up(chat: Chat, standup: Room, logs: object) -> Room:
    """What Mo asked for has failed as often as it may."""
    chat.world.fault(f"/active-rooms/{standup.id}/send-message", status=403)
    await plan(chat, timer(Announcement, standup, timedelta(minutes=1)))
    await chat.passes("1m")
    assert "Or type /hms retry 1." in chat.channel("classes")[-1]
    return standup


async def test_what_was_given_up_is_tried_again(chat: Chat, given_up: Room) -> None:
    await chat.says("max", "/hms retry 1")

    assert [call.status for call in chat.calls(SEND)] == [403, 200]
    assert "Announced in standup, as Mo asked in request 7." in chat.channel("classes")
    tried = next(said for said in chat.channel("classes") if "has number 1 tried again." in said)
    assert "Max" in tried


async def test_what_fails_again_gets_another_number(chat: Chat, given_up: Room) -> None:
    chat.world.fault(f"/active-rooms/{given_up.id}/send-message", status=403)

    await chat.says("max", "/hms retry 1")

    assert "Or type /hms retry 2." in chat.channel("classes")[-1]


async def test_twice_it_is_tried_once(chat: Chat, given_up: Room) -> None:
    await chat.says("max", "/hms retry 1")

    said = await chat.says("mo", "/hms retry 1")

    assert "Number 1 has been tried again already, or is too old." in said.text
    assert len(chat.calls(SEND)) == 2


async def test_the_button_beside_the_words_is_the_same_try(chat: Chat, given_up: Room) -> None:
    card = chat.reads("max")
    await chat.clicks("max", "Try again", card)

    said = await chat.clicks("mo", "Try again", card)

    assert "Number 1 has been tried again already" in said.text
    assert len(chat.calls(SEND)) == 2


async def test_a_number_that_there_is_not_is_said_to_be_none(chat: Chat, given_up: Room) -> None:
    said = await chat.says("mo", "/hms retry 3")

    assert "Number 3 has been tried again already, or is too old." in said.text
    assert len(chat.calls(SEND)) == 1


async def test_a_viewer_is_refused(chat: Chat, given_up: Room) -> None:
    said = await chat.says("vi", "/hms retry 1")

    assert "Only moderators can do this; you are a viewer. Ask Ada." in said.text
    assert len(chat.calls(SEND)) == 1


async def test_a_moderator_of_its_room_may(chat: Chat, given_up: Room) -> None:
    await chat.says("ada", "/hms access revoke @max --yes")
    await chat.grants("max", Chat.MODERATOR, given_up.id)

    await chat.says("max", "/hms retry 1")

    assert [call.status for call in chat.calls(SEND)] == [403, 200]


async def test_a_moderator_of_another_room_may_not_and_reads_nothing_of_it(
    chat: Chat, given_up: Room
) -> None:
    await chat.says("ada", "/hms access revoke @max --yes")
    await chat.grants("max", Chat.MODERATOR, chat.world.add_room("elsewhere").id)

    for line in ("retry 1", "retry 1 --dry-run"):
        said = await chat.says("max", f"/hms {line}")
        assert "Number 1 has been tried again already, or is too old." in said.text

    await chat.grants("max", Chat.VIEWER, given_up.id)
    said = await chat.says("max", "/hms retry 1")
    assert "Only moderators can do this; you are a viewer. Ask Ada." in said.text
    assert len(chat.calls(SEND)) == 1


async def test_a_dry_run_says_what_it_would_do(chat: Chat, given_up: Room) -> None:
    said = await chat.says("mo", "/hms retry 1 --dry-run")

    assert said.text == "Try number 1 again? This was a dry run: nothing was done."
    assert len(chat.calls(SEND)) == 1
