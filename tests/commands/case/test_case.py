"""``case``: what was done to people and rooms, by whom, whose yes it had, why, and what took it back."""

import pytest
import sqlalchemy as sa

from bot.people import Level
from bot.request.book import requests
from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.fixture
async def removal(chat: Chat, standup: Room) -> int:
    """Gus is out, as Mo asked and Max agreed after half a minute."""
    card = await chat.says("mo", "/hms remove Gus spamming the chat")
    chat.clock.now += chat.span("38s")
    await chat.clicks("max", "Remove “Gus”", card)
    return card.number


async def test_a_case_says_what_was_done_by_whom_with_whose_yes_and_why(chat: Chat, removal: int) -> None:
    said = await chat.says("max", f"/hms case show {removal}")

    assert f"#{removal} · 2 Mar 09:00" in said.text
    assert "Mo removed “Gus” from standup." in said.text
    assert "Approved by Max after 38s. Why: spamming the chat." in said.text
    assert said.buttons == ("Its session",)
    shown = await chat.clicks("max", "Its session", said)
    assert "A session of standup. It has run since" in shown.text


async def test_what_takes_it_back_is_on_its_case_until_it_was_taken_back(chat: Chat, standup: Room) -> None:
    lock = await chat.says("mo", "/hms room lock --yes --reason spam")
    number = lock.number
    said = await chat.says("max", f"/hms case show {number}")
    assert "Unlock standup" in said.buttons

    await chat.clicks("max", "Unlock standup", said)

    after = await chat.says("mo", f"/hms case show {number}")
    assert "Unlock standup" not in after.buttons
    assert "Max unlocked standup" in after.text
    assert "· changed since" in (await chat.says("mo", "/hms case list --verb lock")).text


async def test_what_says_how_it_is_now_is_not_taken_back_by_that(chat: Chat, standup: Room) -> None:
    followed = await chat.says("mo", "/hms subscription add")
    await chat.says("ada", "/hms room defaults --muted-role muted --yes")
    listed = await chat.says("mo", "/hms case list")
    assert "follow standup" in listed.text
    assert "Ada set up standup" in listed.text
    assert "changed since" not in listed.text

    await chat.clicks("mo", followed.buttons[0], followed)

    assert (await chat.says("mo", "/hms case list")).text.count("changed since") == 1


async def test_what_was_only_carried_on_is_not_said_to_be_taken_back(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms record start --yes")
    await chat.passes("1m")
    await chat.says("mo", "/hms record stop --yes")

    listed = (await chat.says("ada", "/hms case list")).text

    assert "taken back" not in listed
    assert "· changed since" in listed


async def test_cases_are_listed_by_whom_by_what_and_since_when(
    chat: Chat, standup: Room, removal: int
) -> None:
    await chat.passes("2h")
    await chat.says("max", "/hms room lock --yes")

    everything = await chat.says("max", "/hms cases")
    assert "2 cases in standup:" in everything.text
    assert everything.text.index("Max locked") < everything.text.index("Mo removed")
    for options in ("--person gus", "--by <@U0MO>", "--verb remove"):
        found = await chat.says("max", f"/hms case list {options}")
        assert ("Mo removed “Gus”" in found.text, "locked" in found.text) == (True, False), options
    assert "removed" not in (await chat.says("max", "/hms case list --since 1h")).text
    nothing = await chat.says("max", "/hms case list --person Nobody")
    assert nothing.text == "Nothing that fits was done in standup."


async def test_what_was_denied_is_no_case(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.clicks("max", "Deny", card)

    said = await chat.says("mo", f"/hms case show {card.number}")

    assert f"#{card.number} is no case, since nothing was done: it was asked 2 Mar 09:00" in said.text
    assert "is denied." in said.text
    assert (await chat.says("mo", "/hms case list")).text == "Nothing that fits was done in standup."


async def test_only_the_cases_of_ones_own_rooms_are_there(chat: Chat, removal: int) -> None:
    other = chat.world.add_room("elsewhere", live=True)
    await chat.says("ada", "/hms access revoke @max --yes")
    await chat.grants("max", Level.MODERATOR, other.id)

    assert "There is no case" in (await chat.says("max", f"/hms case show {removal}", "dm")).text
    assert (await chat.says("max", "/hms case list", "dm")).text == "Nothing that fits was done."
    assert "Mo removed “Gus” from standup" in (await chat.says("mo", "/hms case list", "dm")).text


async def test_a_viewer_is_refused_and_an_unknown_number_is_none(chat: Chat, removal: int) -> None:
    assert (await chat.says("vi", f"/hms case show {removal}")).text.startswith("Only moderators")
    assert (await chat.says("vi", "/hms case list")).text.startswith("Only moderators")
    assert "There is no case 999." in (await chat.says("mo", "/hms case show 999")).text


async def test_older_ones_are_said_to_be_there(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms room lock --yes")
    async with chat.bot.db.write() as tx:
        columns = [column for column in requests.c if column.name not in {"id", "key", "token", "same"}]
        row = (await tx.execute(sa.select(*columns))).one()
        copies = [{"key": f"{each}", "token": f"{each}", **row._mapping} for each in range(500)]
        await tx.execute(requests.insert(), copies)

    said = await chat.says("mo", "/hms case list")

    assert "500 cases in standup:" in said.text
    assert "There are older ones: say which with --person, --by, --verb, and --since." in said.text
