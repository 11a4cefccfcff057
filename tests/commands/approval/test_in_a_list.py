"""A row of a list is decided on, and the list stays: what came of it is said below."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said

COCKPIT = ("Who is here", "Say…", "Lock", "End…")


def still_there(chat: Chat, listed: Said) -> bool:
    """Whether Mo sees a list with all its rows as it was."""
    [shown] = [one for one in chat.reads("mo").messages if one.ts == listed.messages[-1].ts]
    return shown == listed.messages[-1]


@pytest.fixture
async def two_wait(chat: Chat, standup: Room) -> Room:
    """Mo was asked whether to end standup, and whether to lock it."""
    await chat.says("mo", "/hms end-room")
    await chat.says("mo", "/hms room lock")
    return standup


@pytest.mark.parametrize("line", ["/hms approvals", "/hms"])
async def test_a_row_that_is_cancelled_leaves_the_others(chat: Chat, two_wait: Room, line: str) -> None:
    listed = await chat.says("mo", line)

    said = await chat.clicks("mo", "Cancel", listed)

    assert said.text == "End standup for 3 people? Cancelled. Nothing was done."
    assert still_there(chat, listed)


@pytest.mark.parametrize("line", ["/hms approvals", "/hms"])
async def test_a_row_that_is_agreed_to_leaves_the_others(chat: Chat, two_wait: Room, line: str) -> None:
    listed = await chat.says("mo", line)

    said = await chat.clicks("mo", "Lock standup", listed)

    assert not two_wait.enabled
    assert said.text == "Mo locked standup.\n2 Mar 09:00 UTC · #2"  # to everybody, and no word besides
    assert still_there(chat, listed)


@pytest.mark.parametrize("line", ["/hms approvals", "/hms", "/hms approval show 1"])
async def test_the_facts_of_ones_own_are_of_the_moment_at_which_it_was_asked(
    chat: Chat, two_wait: Room, line: str
) -> None:
    chat.clock.now += chat.span("4m")
    two_wait.leave(two_wait.peers[0])

    listed = await chat.says("mo", line)

    assert "asked 09:00 UTC · only you see this · #1" in listed.text


async def test_a_row_that_is_over_says_so_below(chat: Chat, two_wait: Room) -> None:
    listed = await chat.says("mo", "/hms")
    await chat.clicks("mo", "Lock standup", listed)

    said = await chat.clicks("mo", "Lock standup", listed)

    assert said.text == "Mo locked standup."
    assert still_there(chat, listed)


async def test_a_row_whose_case_is_over_says_so_below(chat: Chat, two_wait: Room) -> None:
    listed = await chat.says("mo", "/hms")
    two_wait.end()

    said = await chat.clicks("mo", "End for 3 people", listed)

    assert "Nothing was done." in said.text
    assert still_there(chat, listed)


async def test_a_row_whose_case_has_changed_is_shown_anew_below(chat: Chat, two_wait: Room) -> None:
    listed = await chat.says("mo", "/hms")
    two_wait.join("Hugo", role="host")

    said = await chat.clicks("mo", "End for 3 people", listed)

    assert "End for 4 people" in said.buttons
    assert still_there(chat, listed)


async def test_what_is_asked_from_a_list_takes_its_place_neither_asked_again_nor_overdue(
    chat: Chat, standup: Room
) -> None:
    listed = await chat.says("mo", "/hms")
    assert listed.buttons == COCKPIT

    await chat.clicks("mo", "Lock", listed)
    await chat.clicks("mo", "Lock", listed)
    assert still_there(chat, listed)
    await chat.passes("11m")
    assert still_there(chat, listed)
