"""What the everyday lines cost stands in docs/architecture.md, and may only become less."""

import re
from collections.abc import Awaitable, Callable

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.house.source import ROOT
from tests.tally import Cost, tallied

NUMBERS = r" (?P<calls>\d+) \| (?P<reads>\d+) \| (?P<writes>\d+) \|(?: \d+ \|){3}"  # three more: before
ROW = re.compile(rf"\| (?P<line>[^|]+?) \|{NUMBERS}")


def budgets() -> dict[str, Cost]:
    """The rows of the table: from a typed line, or a moment, until everything is done."""
    found = ROW.finditer((ROOT / "docs" / "architecture.md").read_text())
    return {row["line"]: Cost(int(row["calls"]), int(row["reads"]), int(row["writes"])) for row in found}


async def status(chat: Chat) -> None:
    await chat.says("mo", "/hms status")


async def end_room(chat: Chat) -> None:
    card = await chat.says("mo", "/hms end-room")
    await chat.clicks("mo", "End for 3 people", card)


async def remove(chat: Chat) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.clicks("max", "Remove “Gus”", card)


async def planned_end(chat: Chat) -> None:
    await chat.passes("5m")


EVERYDAY: dict[str, Callable[[Chat], Awaitable[None]]] = {
    "`status`": status,
    "`end-room`, confirmed": end_room,
    "`remove Gus`, approved": remove,
    "a planned end that comes": planned_end,
}


@pytest.fixture
async def live(chat: Chat) -> Room:
    """Gus and Ivy in standup, whose roles were looked at a moment ago."""
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    room.join("Ivy")
    await chat.binds("classes", room)
    await chat.says("mo", "/hms end-room --dry-run")
    return room


@pytest.mark.parametrize("line", EVERYDAY)
async def test_an_everyday_line_costs_no_more_than_its_row_says(chat: Chat, live: Room, line: str) -> None:
    if EVERYDAY[line] is planned_end:
        await chat.says("mo", "/hms end-room --in 5m --yes")
    allowed = budgets()[line]

    with tallied(chat) as cost:
        await EVERYDAY[line](chat)

    assert cost.calls <= allowed.calls
    assert cost.reads <= allowed.reads
    assert cost.writes <= allowed.writes


def test_every_everyday_line_has_its_row() -> None:
    assert budgets().keys() == EVERYDAY.keys()


async def test_a_read_writes_nothing_before_its_answer(chat: Chat, live: Room) -> None:
    with tallied(chat) as cost:
        for line in ("status", "help", "room show", "room list", "access list", "policy show"):
            await chat.says("ada", f"/hms {line}")

    assert cost.writes == 0
