"""Over signed HTTP and over Socket Mode people read the same, and 100ms is asked the same."""

import shutil
from pathlib import Path

from tests.chat import Chat, opened
from tests.doors.transports import over_http, over_socket_mode

REMOVAL = "/hms remove Gus --reason spam --room standup"


async def conversation(chat: Chat) -> tuple[list[str], list[tuple[str, object]]]:
    """A read, a mistake, an act with its confirm, an act that somebody else approves."""
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    room.join("Ivy")
    said = [await chat.says("vi", "/hms who --room standup"), await chat.says("mo", "/hms statsu")]
    card = await chat.says("mo", REMOVAL)
    said += [card, await chat.clicks("max", card.buttons[0], card)]
    confirm = await chat.says("mo", "/hms end-room standup")
    said += [confirm, await chat.clicks("mo", confirm.buttons[0], confirm)]
    said += [await chat.says("gia", "/hms end-room standup")]
    return [one.text for one in said], [(call.operation, call.body) for call in chat.world.calls]


async def test_both_doors_say_and_do_the_same(sqlite_template: Path, tmp_path: Path) -> None:
    came = []
    for door in (over_socket_mode, over_http):
        path = tmp_path / f"{door.__name__}.db"
        shutil.copy(sqlite_template, path)
        async with opened(f"sqlite:///{path}") as chat, door(chat):
            came.append(await conversation(chat))
    assert came[0] == came[1]
    assert [operation for operation, _ in came[0][1]].count("active_rooms.end_room") == 1
