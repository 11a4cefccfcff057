"""What the everyday lines cost stands in docs/architecture.md, and may only become less."""

import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said
from tests.house.source import ROOT
from tests.patience import comes_true
from tests.tally import Cost, tallied

Doing = Coroutine[Any, Any, Said]
Deed = Callable[[Chat], Awaitable[Doing]]

NUMBERS = r" (?P<calls>\d+) \| (?P<reads>\d+) \| (?P<writes>\d+) \|(?: \d+ \|){3}"  # three more: before
ROW = re.compile(rf"\| (?P<line>[^|]+?) \|{NUMBERS}")
PACKED = r"(?P<packs>\d+(?:, \d+)*) \| (?P<waits>\d+) \| \d+ \|$"  # the last: before
WAITS = re.compile(rf"^\| (?P<deed>[^|]+?) \| {PACKED}", re.MULTILINE)
PAGE = (ROOT / "docs" / "architecture.md").read_text()


def budgets() -> dict[str, Cost]:
    """The rows of the table: from a typed line, or a moment, until everything is done."""
    found = ROW.finditer(PAGE)
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


def typed(line: str) -> Deed:
    """Type a line."""

    async def deed(chat: Chat) -> Doing:
        return chat.says("mo", line)

    return deed


def pressed(who: str, button: str, line: str) -> Deed:
    """Press a button of the card of a line."""

    async def deed(chat: Chat) -> Doing:
        return chat.clicks(who, button, await chat.says("mo", line))

    return deed


DEEDS: dict[str, Deed] = {
    "types `status`": typed("/hms status"),
    "types `end-room`": typed("/hms end-room"),
    "presses *End for 3 people*": pressed("mo", "End for 3 people", "/hms end-room"),
    "types `end-room --yes`": typed("/hms end-room --yes"),
    "types `remove Gus spamming`": typed("/hms remove Gus spamming"),
    "presses *Remove “Gus”*": pressed("max", "Remove “Gus”", "/hms remove Gus spamming"),
}


@pytest.fixture
async def live(chat: Chat) -> Room:
    """Gus and Ivy in standup, whose roles were looked at a moment ago."""
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    room.join("Ivy")
    await chat.binds("classes", room)
    await chat.says("mo", "/hms end-room --dry-run")
    await chat.passes("1s")  # what comes when the bot starts has come
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


async def test_home_costs_the_same_however_many_rooms_there_are(chat: Chat, live: Room) -> None:
    few = await opened_home(chat)
    for number in range(460):
        chat.world.add_room(f"quiet-{number}")
    for number in range(40):
        chat.world.add_room(f"live-{number}", live=True)
    await opened_home(chat)  # what the newest rooms do not name is found out once, behind the page

    assert await opened_home(chat) == few
    assert few.calls == 6
    assert few.writes == 2  # that it is looked at, and what its buttons ask for


async def opened_home(chat: Chat) -> Cost:
    with tallied(chat) as cost:
        await chat.workspace.opens_home("U0MO")
        await chat.bot.idle()
    return cost


async def test_who_looks_at_the_people_on_the_page_alone(chat: Chat, live: Room) -> None:
    for number in range(100):
        live.join(f"P{number}")
    with tallied(chat) as cost:
        await chat.says("mo", "/hms who")

    assert cost.calls <= 1 + 3 + 20  # who is there, whether anybody new is a recorder, one for each line
    assert cost.writes == 2  # the numbers of its lines, and what their menus ask for


@pytest.mark.parametrize("deed", DEEDS)
async def test_nobody_waits_for_more_answers_one_after_the_other_than_its_row_says(
    chat: Chat, live: Room, deed: str
) -> None:
    (row,) = (row for row in WAITS.finditer(PAGE) if row["deed"] == deed)
    first, *rest = map(int, row["packs"].split(", "))
    assert int(row["waits"]) == 1 + len(rest)
    doing = await DEEDS[deed](chat)

    chat.way.hold("/v2/", together=first)
    under_way = await chat.begins(doing)  # so many are asked, and none of them is answered
    for together in rest:
        chat.way.let_go()
        chat.way.hold("/v2/", together=together)
        await comes_true(chat.way.asked.is_set)
    chat.way.let_go()
    await under_way


async def test_what_somebody_shows_of_themselves_is_asked_beside_the_look_at_their_room(
    chat: Chat, live: Room
) -> None:
    chat.way.hold("/v2/recordings")
    removing = await chat.begins(chat.says("mo", "/hms remove Gus spamming"))
    await comes_true(lambda: chat.calls("active_rooms.retrieve_peer"))

    chat.way.let_go()
    card = await removing
    assert len(chat.calls("active_rooms.retrieve_peer")) == 1

    chat.way.hold("/v2/recordings")
    approving = await chat.begins(chat.clicks("max", "Remove “Gus”", card))
    await comes_true(lambda: len(chat.calls("active_rooms.retrieve_peer")) == 2)

    chat.way.let_go()
    await approving
    assert len(chat.calls("active_rooms.retrieve_peer")) == 2


async def test_a_dry_run_asks_no_more_of_100ms_than_the_card_would(chat: Chat, live: Room) -> None:
    with tallied(chat) as dry:
        await chat.says("mo", "/hms remove Gus spamming --dry-run")
    with tallied(chat) as card:
        await chat.says("mo", "/hms remove Gus spamming")

    assert dry.calls == card.calls == 6


def test_every_everyday_line_has_its_row() -> None:
    assert budgets().keys() == EVERYDAY.keys()
    assert {row["deed"] for row in WAITS.finditer(PAGE)} == DEEDS.keys()


async def test_a_read_writes_nothing_but_what_its_buttons_ask_for(chat: Chat, live: Room) -> None:
    with tallied(chat) as cost:
        await chat.says("ada", "/hms status")
        await chat.says("ada", "/hms help")

    assert cost.writes == 2
    with tallied(chat) as cost:
        for line in ("room show", "room list", "access list", "policy show"):
            await chat.says("ada", f"/hms {line}")

    assert cost.writes == 0
