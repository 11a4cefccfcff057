"""Asked once: however often the same is asked for while it waits, one card asks for it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.dispatch import ledger
from bot.people import Level
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat, opened


@pytest.fixture
async def chat(database_url: str) -> AsyncIterator[Chat]:
    """The whole bot on each store in turn: that there is one card is the database's promise."""
    async with opened(database_url) as chat:
        yield chat


async def waiting(chat: Chat) -> list[int]:
    return [request.id for request in await ledger.waiting(chat.bot.dispatcher)]


async def test_ten_removals_of_one_person_leave_one_card(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    for _ in range(9):
        said = await chat.says("mo", "/hms kick Gus for shouting")

    assert await waiting(chat) == [1]
    assert len(chat.channel("classes")) == 1
    assert said.text == "Max or Ada have that before them, 10 more minutes."
    assert said.buttons == ("Withdraw", "Add a reason")
    assert chat.story(10).states == ["asked", "moot"]


async def test_who_asks_again_can_take_it_back_there(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    again = await chat.says("mo", "/hms remove Gus spamming")

    await chat.clicks("mo", "Withdraw", again)

    assert "Withdrawn by Mo." in chat.channel("classes")[0]
    assert chat.request(card).states == ["asked", "waiting", "withdrawn"]


async def test_who_asks_again_can_say_more(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    again = await chat.says("mo", "/hms remove Gus spamming")

    offer = await chat.clicks("mo", "Add a reason", again)
    await chat.says("mo", "/hms approval reason 1 he shouts too")

    assert "still needs: reason" in offer.text or chat.workspace.views_of(PEOPLE["mo"])
    assert "spamming; he shouts too" in chat.channel("classes")[0]
    await chat.clicks("max", "Remove “Gus”", chat.reads("max"))  # more words are no other question
    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]


async def test_nobody_else_adds_a_reason(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    said = await chat.says("max", "/hms approval reason 1 I saw it too")

    assert "Only Mo can say why." in said.text
    assert "I saw it" not in chat.channel("classes")[0]


async def test_who_could_decide_it_is_asked_to_instead(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    said = await chat.says("max", "/hms remove Gus rude")
    assert said.text == "Mo asked for that already. It waits for your yes, 10 more minutes."
    assert said.buttons == ("Remove “Gus”", "Deny")
    await chat.clicks("max", "Remove “Gus”", said)

    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]
    assert chat.request(card).states == ["asked", "waiting", "running", "done"]


async def test_a_yes_from_there_to_a_card_that_has_changed_does_not_count(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    said = await chat.says("max", "/hms remove Gus rude")
    standup.change(next(peer for peer in standup.peers if peer.name == "Gus"), role="stage")
    await chat.says("vi", "/hms status")

    late = await chat.clicks("max", "Remove “Gus”", said)

    assert "This card has changed since." in late.text
    assert len(standup.peers) == 3


async def test_another_person_another_room_and_another_role_are_not_the_same(
    chat: Chat, standup: Room
) -> None:
    other = chat.world.add_room("yoga", live=True)
    other.join("Gus")

    for line in ("Gus spam", "Ivy spam", "Gus spam --room yoga", "--role guest spam"):
        await chat.says("mo", f"/hms remove {line}")

    assert await waiting(chat) == [1, 2, 3, 4]


async def test_what_is_over_can_be_asked_for_again(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.clicks("max", "Deny", card)
    await chat.says("mo", "/hms remove Gus spamming")
    assert await waiting(chat) == [2]

    chat.clock.now += chat.span("10m")  # its time is up, and nothing has noticed yet
    await chat.says("mo", "/hms remove Gus spamming")

    assert await waiting(chat) == [3]
    assert chat.story(2).states == ["asked", "waiting", "expired"]


async def test_fifty_ends_in_a_row_leave_one_card_and_end_it_once(chat: Chat, standup: Room) -> None:
    first = await chat.says("mo", "/hms end-room")
    for number in range(2, 50):
        standup.join(f"Guest {number}")
        await chat.says("mo", "/hms end-room")
    newest = await chat.says("mo", "/hms end-room")
    assert await waiting(chat) == [50]
    assert "End for 51 people" in newest.buttons

    shown = await chat.clicks("mo", "End for 3 people", first)
    assert "End for 51 people" in shown.buttons  # the old card says what the new one says
    assert standup.session
    await chat.clicks("mo", "End for 51 people", shown)

    assert len(chat.calls("active_rooms.end_room")) == 1
    assert await waiting(chat) == []


async def test_an_old_card_says_what_became_of_the_new_one(chat: Chat, standup: Room) -> None:
    old = await chat.says("mo", "/hms end-room")
    new = await chat.says("mo", "/hms end-room")
    await chat.clicks("mo", "End for 3 people", new)

    said = await chat.clicks("mo", "End for 3 people", old)

    assert said.text == "Mo ended standup for 3 people, after 1 second."
    log = (await chat.says("ada", "/hms audit tail")).text
    assert "took this back" not in log
    assert "withdrawn" not in log
    entry = chat.story(1).entries[-1]
    assert (entry.actor, entry.state) == ("hms-bot itself", "moot")


async def test_a_card_that_can_be_taken_away_is(chat: Chat, standup: Room) -> None:
    old = await chat.says("mo", "/hms end-room")
    standup.join("Hugo", role="host")
    changed = await chat.clicks("mo", "End for 3 people", old)  # Slack lets change what was pressed
    assert "End for 4 people" in changed.buttons

    await chat.says("mo", "/hms end-room")

    assert chat.reads("mo").buttons == ("End for 4 people", "Cancel")


async def test_the_confirm_of_one_is_not_that_of_another(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room")
    await chat.says("max", "/hms end-room")

    assert await waiting(chat) == [1, 2]


async def test_two_identical_lines_at_the_same_moment_leave_one_card(chat: Chat, standup: Room) -> None:
    channel = chat.workspace.says
    await asyncio.gather(
        *(channel(PEOPLE[who], "C0CLASSES", "/hms remove Gus spamming") for who in ("mo", "max", "mo", "max"))
    )
    await chat.bot.idle()

    assert len(await waiting(chat)) == 1
    assert len(chat.channel("classes")) == 1
    states = sorted(one.state for one in await chat.bot.audit.tail(100) if one.state in {"waiting", "moot"})
    assert states == ["moot", "moot", "moot", "waiting"]


async def needs_a_second_yes(chat: Chat) -> None:
    asked = await chat.says("ada", "/hms policy set second end-room")
    await chat.clicks("max", asked.buttons[0], asked)


async def test_what_others_decide_on_now_is_asked_once_though_it_was_an_own_confirm(
    chat: Chat, standup: Room
) -> None:
    await chat.grants("max", Level.ADMIN)
    own = await chat.says("mo", "/hms end-room")
    await needs_a_second_yes(chat)
    await chat.clicks("mo", "End for 3 people", own)

    again = await chat.says("mo", "/hms end-room")

    assert again.text == "Ada or Max have that before them, 10 more minutes."
    assert await waiting(chat) == [1]
    await chat.clicks("max", "Deny", chat.reads("max"))
    assert await waiting(chat) == []
    assert standup.session


async def test_an_own_confirm_gives_way_to_what_others_decide_on(chat: Chat, standup: Room) -> None:
    await chat.grants("max", Level.ADMIN)
    own = await chat.says("mo", "/hms end-room")
    await needs_a_second_yes(chat)
    await chat.says("mo", "/hms end-room")

    late = await chat.clicks("mo", "End for 3 people", own)

    said = "End standup for 3 people? Ada or Max have that before them, 10 more minutes. Nothing was done."
    assert late.text == said
    assert await waiting(chat) == [3]
    assert chat.story(1).states[-1] == "moot"
    await chat.clicks("max", "Deny", chat.reads("max"))
    assert await waiting(chat) == []
