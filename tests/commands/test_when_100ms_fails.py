"""Whatever 100ms answers, a moderator reads a sentence, and no log line holds a secret."""

import logging
from collections.abc import Iterator

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import SECRETS, Chat


@pytest.fixture(autouse=True)
def nothing_leaks(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Everything that is logged or printed in these conversations is free of secrets and tracebacks."""
    caplog.set_level(logging.DEBUG)
    yield
    printed = capfd.readouterr()
    written = printed.out + printed.err + caplog.text
    assert written
    assert not [secret for secret in SECRETS.values() if secret in written]
    assert "eyJ" not in written  # how every signed token begins
    assert "Traceback" not in written


@pytest.mark.parametrize(
    ("status", "sentence", "state"),
    [
        (
            401,
            "100ms does not accept our key, so nothing was done. An admin can find out why: /hms doctor.",
            "failed",
        ),
        (403, "100ms does not allow this for our key, or the room is disabled", "failed"),
        (404, "100ms does not know this, or it is over already", "failed"),
        (409, "This clashes with what is running, says 100ms", "failed"),
        (
            429,
            "100ms is being asked too much right now, so nothing was done. Try again in a minute.",
            "failed",
        ),
        (
            500,
            "its answer was lost, so it may have been done or not. Look with /hms status first.",
            "unknown",
        ),
    ],
)
async def test_a_refused_end_is_explained(
    chat: Chat, standup: Room, status: int, sentence: str, state: str
) -> None:
    card = await chat.says("mo", "/hms end-room")
    path, later = f"/active-rooms/{standup.id}/end-room", {"Retry-After": "60"}  # longer than anybody waits
    chat.world.fault(path, status=status, headers=later, times=2)

    said = await chat.clicks("mo", "End for 3 people", card)

    assert sentence in said.text
    assert chat.request(card).states[-1] == state
    assert standup.session


@pytest.mark.parametrize("status", [402, 405, 406, 410, 413, 415, 422, 423, 451])
async def test_whatever_it_rejects_is_said_and_not_asked_again(
    chat: Chat, standup: Room, status: int
) -> None:
    card = await chat.says("mo", "/hms end-room")
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", status=status, body={"message": "odd day"})

    said = await chat.clicks("mo", "End for 3 people", card)

    assert f"100ms refused this: odd day ({status}). Nothing was done." in said.text
    assert chat.request(card).states[-1] == "failed"
    assert len(chat.calls("active_rooms.end_room")) == 1
    assert standup.session


@pytest.mark.parametrize("status", [408, 425, 499])
async def test_what_speaks_of_the_line_alone_leaves_open_what_was_done(
    chat: Chat, standup: Room, status: int
) -> None:
    card = await chat.says("mo", "/hms end-room")
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", status=status)

    said = await chat.clicks("mo", "End for 3 people", card)

    assert "may have been done or not" in said.text
    assert chat.request(card).states[-1] == "unknown"
    assert len(chat.calls("active_rooms.end_room")) == 1


@pytest.mark.parametrize("status", [402, 405, 410, 418, 422, 451])
async def test_a_look_that_it_rejects_is_answered(chat: Chat, standup: Room, status: int) -> None:
    chat.world.fault(f"/active-rooms/{standup.id}", status=status, body={"message": "odd day"}, times=9)

    said = await chat.says("mo", "/hms who")

    assert f"100ms refused this: odd day ({status})." in said.text


async def test_a_garbled_answer_is_not_taken_for_a_yes(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", body="<html>Bad gateway</html>")

    said = await chat.clicks("mo", "End for 3 people", card)

    assert "may have been done or not" in said.text
    assert "html" not in said.text
    assert len(chat.calls("active_rooms.end_room")) == 1


ODD: list[dict[str, object]] = [{"ok": True}, {"message": None}, {"message": ""}, {"message": 7}]


@pytest.mark.parametrize("body", ODD)
@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("end-room --yes", "active-rooms/{room}/end-room"),
        ("say Please come back", "active-rooms/{room}/send-message"),
        ("room lock --yes", "rooms/{room}"),
    ],
)
async def test_an_answer_that_says_nothing_of_what_was_done_is_no_yes(
    chat: Chat, standup: Room, line: str, path: str, body: dict[str, object]
) -> None:
    chat.world.fault(f"/{path.format(room=standup.id)}", method="POST", status=200, body=body)

    said = await chat.says("mo", f"/hms {line}")

    assert "may have been done or not" in said.text
    assert standup.session
    assert standup.enabled


@pytest.mark.parametrize("body", ODD)
async def test_a_removal_that_says_nothing_of_what_was_done_is_no_yes(
    chat: Chat, standup: Room, body: dict[str, object]
) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.world.fault(f"/active-rooms/{standup.id}/remove-peers", status=200, body=body)

    said = await chat.clicks("max", "Remove “Gus”", card)

    assert "may have been done or not" in said.text
    assert len(chat.calls("active_rooms.remove_peers")) == 1


async def test_a_room_that_was_closed_all_the_same_is_said_to_be(chat: Chat, standup: Room) -> None:
    standup.enabled = False
    chat.world.fault(f"/rooms/{standup.id}", method="POST", status=200, body={"ok": True})

    said = await chat.says("mo", "/hms room lock --keep --yes")

    assert "Mo keeps standup locked." in said.text


async def test_no_answer_at_all_is_looked_up(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", drop=True)

    said = await chat.clicks("mo", "End for 3 people", card)

    assert "Mo ended standup for 3 people, after 1 second." in said.text.splitlines()
    assert len(chat.calls("active_rooms.end_room")) == 1


async def test_a_removal_is_asked_for_again_where_that_does_no_harm(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.world.fault(f"/active-rooms/{standup.id}/remove-peers", status=500)

    done = await chat.clicks("max", "Remove “Gus”", card)

    assert "removed “Gus” from standup." in done.text
    assert [call.status for call in chat.calls("active_rooms.remove_peers")] == [500, 200]


async def test_a_wrong_key_shows_before_anything_is_asked(chat: Chat, standup: Room) -> None:
    chat.world.fault("/active-rooms", status=401, times=4)

    said = await chat.says("mo", "/hms status")

    assert "100ms does not accept our key" in said.text


async def test_the_words_of_100ms_cannot_speak_for_the_bot(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    refusal = {"code": 403, "message": "<!channel> *Ended* standup", "details": []}
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", status=403, body=refusal)

    said = await chat.clicks("mo", "End for 3 people", card)

    assert "<!channel>" in said.text
    assert "<!channel>" not in said.messages[0].text
