"""A card never outlives its subject: what waits about a room is looked at again whenever the room is."""

from collections.abc import Awaitable, Callable

import pytest

from bot.dispatch import ledger
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat


def leaves(room: Room, name: str) -> None:
    room.leave(next(peer for peer in room.peers if peer.name == name))


async def status(chat: Chat) -> None:
    await chat.says("vi", "/hms status")


async def who(chat: Chat) -> None:
    await chat.says("vi", "/hms who")


async def home(chat: Chat) -> None:
    await chat.workspace.opens_home(PEOPLE["max"])
    await chat.passes("1s")


async def halftime(chat: Chat) -> None:
    await chat.passes("5m")


async def another(chat: Chat) -> None:
    await chat.says("mo", "/hms remove Ivy spamming")


LOOKS: list[Callable[[Chat], Awaitable[None]]] = [status, who, home, halftime, another]


@pytest.mark.parametrize("look", LOOKS)
async def test_whenever_the_bot_looks_what_is_gone_is_moot(
    chat: Chat, standup: Room, look: Callable[[Chat], Awaitable[None]]
) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    leaves(standup, "Gus")

    await look(chat)

    assert "“Gus” is no longer in standup. Nothing was done." in chat.channel("classes")[0]
    assert chat.request(card).states == ["asked", "waiting", "moot"]
    assert chat.request(card).entries[-1].actor == "hms-bot itself"


@pytest.mark.parametrize("look", [status, who, home, halftime])
async def test_what_has_changed_is_shown_with_what_it_is(
    chat: Chat, standup: Room, look: Callable[[Chat], Awaitable[None]]
) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.change(next(peer for peer in standup.peers if peer.name == "Gus"), role="stage")

    await look(chat)

    assert "Changed since it was asked: “Gus” is now stage, was guest." in chat.channel("classes")[0]
    old = await chat.clicks("max", "Remove “Gus”", card)
    assert "This card has changed since." in old.text
    await chat.clicks("max", "Remove “Gus”", chat.reads("max"))
    assert len(chat.calls("active_rooms.remove_peers")) == 1


async def test_what_is_as_it_was_shows_nothing_new(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    await chat.says("vi", "/hms status")
    await chat.says("mo", "/hms remove Ivy spamming")

    assert chat.request(card).states == ["asked", "waiting"]
    assert not any(message.edited_ts for message in chat.reads("ada").messages)


async def test_what_ended_the_session_closes_all_that_waited_for_it(chat: Chat, standup: Room) -> None:
    own = await chat.says("mo", "/hms end-room")
    removal = await chat.says("mo", "/hms remove Gus spamming")
    card = await chat.says("max", "/hms end-room")
    chat.clock.now += chat.span("3s")
    await chat.clicks("max", "End for 3 people", card)

    told = "Max ended standup 1s ago (#3). Nothing more was done."
    assert told in chat.channel("classes")[0]
    assert told in chat.reads("mo").text
    for one in (own, removal):
        assert chat.request(one).states == ["asked", "waiting", "moot"]
    assert await ledger.waiting(chat.bot.dispatcher) == []
    pressed = await chat.clicks("mo", "End for 3 people", own)
    assert (pressed.text, pressed.buttons) == (f"End standup for 3 people? {told}", ())
    assert "took this back" not in chat.reads("mo").text + (await chat.says("ada", "/hms audit tail")).text


async def test_a_planned_end_closes_what_waited(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 5m --yes")
    await chat.passes("1m")
    card = await chat.says("mo", "/hms remove Gus spamming")

    await chat.passes("4m")

    assert chat.request(card).states == ["asked", "waiting", "moot"]


async def test_however_many_wait_about_a_room_it_is_looked_at_once(chat: Chat, standup: Room) -> None:
    for number in range(20):
        standup.join(f"Guest {number}")
    await chat.says("mo", "/hms remove Gus spamming")
    for number in range(20):
        await chat.says("mo", f"/hms remove Guest {number} spamming")
    before = len(chat.world.calls)
    await chat.says("vi", "/hms status")
    read = len(chat.world.calls) - before

    before = len(chat.world.calls)
    await chat.workspace.opens_home(PEOPLE["max"])
    await chat.bot.idle()

    assert len(chat.world.calls) - before <= 6 + 5  # Home's lists, and the room once
    assert read <= 6 + 5


async def test_where_100ms_does_not_answer_a_card_stays_as_it_is(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.world.fault(f"/active-rooms/{standup.id}", status=403, times=50)

    await chat.workspace.opens_home(PEOPLE["max"])
    await chat.bot.idle()

    assert chat.request(card).states == ["asked", "waiting"]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("end-room --at 'today 10:04'", "2 Mar 09:04 UTC has passed, so standup goes on."),
        ("room lock --until 'today 10:04'", "2 Mar 09:04 UTC has passed, so standup stays as it is."),
    ],
)
async def test_nobody_is_reminded_of_what_was_for_a_moment_that_has_passed(
    chat: Chat, standup: Room, line: str, stays: str
) -> None:
    await chat.grants("max", Chat.ADMIN)
    for command in ("end-room", "'room lock'"):
        await chat.says("ada", f"/hms policy set {command} second")
        await chat.clicks("max", "Let it wait so", chat.reads("max"))
    card = await chat.says("mo", f"/hms {line}")
    await halftime(chat)
    assert chat.request(card).states == ["asked", "waiting", "moot"]
    assert stays in "\n".join(chat.channel("classes"))
    assert "still needs a second yes" not in "\n".join(chat.channel("classes"))
