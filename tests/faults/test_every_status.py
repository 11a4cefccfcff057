"""Every status from 400 to 599, to a look and to acts: what is read, what is counted, what is called."""

import logging
from collections.abc import Iterator, Sequence
from http import HTTPStatus

import pytest
import sqlalchemy as sa

from bot.work.effects import effects
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

TENS = [range(ten, ten + 10) for ten in range(400, 600, 10)]
NOT_SOON = {"Retry-After": "60"}  # longer than anybody waits: each is asked once, and no test sleeps
WORDS = "odd day"

LOST = "100ms took the call but its answer was lost, so it may have been done or not."
NO_ANSWER = "100ms does not answer properly right now, so nothing was done. Try again in a minute."
TOO_MUCH = "100ms is being asked too much right now, so nothing was done. Try again in a minute."
OURS = {
    400: f"100ms refused this: {WORDS}. Nothing was done.",
    401: "100ms does not accept our key, so nothing was done.",
    403: f"100ms does not allow this for our key, or the room is disabled: {WORDS}. Nothing was done.",
    404: f"100ms does not know this, or it is over already: {WORDS}.",
    409: f"This clashes with what is running, says 100ms: {WORDS}.",
}
# These speak of the line, not of what was asked; a 5xx may come from whatever stands before 100ms.
OF_THE_LINE = {408, 425, 499, *range(500, 600)}


@pytest.fixture(params=TENS, ids=lambda ten: f"{ten.start}s")
def statuses(request: pytest.FixtureRequest) -> Sequence[int]:
    ten: Sequence[int] = request.param
    return ten


@pytest.fixture(autouse=True)
def nothing_breaks(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing that is logged or printed meanwhile is a traceback."""
    caplog.set_level(logging.INFO)
    yield
    printed = capfd.readouterr()
    assert "Traceback" not in printed.out + printed.err + caplog.text


def sentence(status: int) -> str:
    """What is read of a refusal."""
    refused = f"100ms refused this: {WORDS} ({status}). Nothing was done."
    return TOO_MUCH if status == HTTPStatus.TOO_MANY_REQUESTS else OURS.get(status, refused)


def answering(chat: Chat, status: int, path: str, method: str) -> Room:
    """A live room of which 100ms answers so, whatever is asked of the path in it."""
    room = chat.world.add_room(f"room-{status}", live=True)
    room.join("Gus")
    where, body = path.format(room=room.id), {"message": WORDS}
    chat.world.fault(where, method=method, status=status, body=body, headers=NOT_SOON, times=9)
    return room


async def test_a_look_is_answered(chat: Chat, statuses: Sequence[int]) -> None:
    for status in statuses:
        room = answering(chat, status, "/active-rooms/{room}", "GET")

        said = await chat.says("mo", f"/hms who --room {room.name}")

        nobody = f"Nobody is in {room.name}"
        wanted = nobody if status == HTTPStatus.NOT_FOUND else sentence(status)
        assert (NO_ANSWER if status in OF_THE_LINE else wanted) in said.text, status


async def kept(chat: Chat, room: Room) -> set[str]:
    """What is kept of the act in this room: whether it was done, rejected, or nobody knows."""
    assert room.session
    of_it = effects.c.key.contains(room.session.id) & effects.c.key.contains("end room")
    async with chat.bot.db.read() as tx:
        return set(await tx.scalars(sa.select(effects.c.state).where(of_it)))


async def test_an_act_that_must_not_happen_twice_is_asked_for_once(
    chat: Chat, statuses: Sequence[int]
) -> None:
    rooms = {}
    for number, status in enumerate(statuses, 1):
        rooms[status] = room = answering(chat, status, "/active-rooms/{room}/end-room", "POST")

        said = await chat.says("mo", f"/hms end-room --yes --room {room.name}")

        lost = status in OF_THE_LINE
        put_off = status == HTTPStatus.TOO_MANY_REQUESTS
        assert (LOST if lost else sentence(status)) in said.text, status
        assert chat.story(number).states[-1] == ("unknown" if lost else "failed"), status
        assert await kept(chat, room) == {"unknown" if lost else "planned" if put_off else "rejected"}, status
    await chat.passes("20m")
    for status, room in rooms.items():
        calls = [call for call in chat.calls("active_rooms.end_room") if room.id in call.path]
        # A key that is not accepted is tried once more, with a fresh token.
        assert len(calls) == (2 if status == HTTPStatus.UNAUTHORIZED else 1), status
        assert room.session, status


async def test_an_act_that_may_happen_twice_is_not_said_to_have_been_left_undone(
    chat: Chat, statuses: Sequence[int]
) -> None:
    for number, status in enumerate(statuses, 1):
        room = answering(chat, status, "/rooms/{room}", "POST")

        said = await chat.says("mo", f"/hms room lock --yes --room {room.name}")

        lost = status in OF_THE_LINE
        assert (LOST if lost else sentence(status)) in said.text, status
        assert chat.story(number).states[-1] == ("unknown" if lost else "failed"), status
