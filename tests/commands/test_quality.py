"""``quality``: how somebody's line was, and whether it was theirs."""

from typing import Any

import pytest

from sandbox.hms.state.peer import Peer
from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.fixture
async def past(chat: Chat, standup: Room) -> Room:
    """Over after ten minutes."""
    await chat.passes("10m")
    standup.end()
    await chat.passes("1m")
    return standup


def gus_of(room: Room) -> Peer:
    [session] = room.sessions
    return next(peer for peer in session.peers.values() if peer.name == "Gus")


def series(**figures: float) -> dict[str, Any]:
    """Three minutes at which always the same was measured."""
    stamps = [1_772_442_000_000 + 60_000 * minute for minute in range(3)]
    return {"timestamps": stamps} | {name: [figure] * 3 for name, figure in figures.items()}


def measured(room: Room, *, sent_loss: float, heard_loss: tuple[float, ...]) -> dict[str, Any]:
    """What 100ms answers of Gus."""
    sent = {"track_id": "a", "time_series": series(bitrate=30, packet_loss_percent=sent_loss, rtt_ms=80)}
    heard = [
        {"track_id": str(number), "time_series": series(bitrate=30, packet_loss_percent=loss)}
        for number, loss in enumerate(heard_loss)
    ]
    return {
        "peer_id": gus_of(room).id,
        "publisher": {"video": [], "audio": [sent]},
        "subscriber": {"video": [], "audio": heard},
    }


async def test_a_good_line_is_drawn_and_said_in_words(chat: Chat, past: Room) -> None:
    said = await chat.says("mo", "/hms quality Gus")

    assert "It was not the line of “Gus”: it was good all the time that counts." in said.text
    assert "On average they sent" in said.text
    assert "kbit/s" in said.text
    assert "ms there and back" in said.text
    [chart] = [block for block in said.messages[-1].blocks if block["type"] == "data_visualization"]
    names = [one["name"] for one in chart["chart"]["series"]]
    assert names == ["Sent, kbit/s", "Lost, per mille", "Round trip, ms"]


@pytest.mark.parametrize(
    ("sent_loss", "heard_loss", "verdict"),
    [
        (12, (0, 0), "It was the line of “Gus”: what they sent was lost, or took too long."),
        (12, (12, 12), "It was the line of “Gus”: bad both ways"),
        (0, (12, 12), "It was the line of “Gus”: from most of the others it came badly."),
        (0, (12, 0, 0), "It was not the line of “Gus”: of 3 they heard 1 came badly, the others well."),
        (4, (1, 1), "It was not the line of “Gus”: it was good"),
    ],
)
async def test_one_sentence_says_whose_line_it_was(
    chat: Chat, past: Room, sent_loss: float, heard_loss: tuple[float, ...], verdict: str
) -> None:
    answer = measured(past, sent_loss=sent_loss, heard_loss=heard_loss)
    chat.world.fault("/analytics/peer-stats", status=200, body=answer)

    assert verdict in (await chat.says("mo", "/hms quality Gus")).text


async def test_who_sent_nothing_was_not_measured(chat: Chat, past: Room) -> None:
    nothing = {"video": [], "audio": []}
    answer = {"peer_id": gus_of(past).id, "publisher": nothing, "subscriber": nothing}
    chat.world.fault("/analytics/peer-stats", status=200, body=answer)

    assert "100ms measured nothing of “Gus”" in (await chat.says("mo", "/hms quality Gus")).text


async def test_of_a_session_that_goes_on_it_is_said_when_it_can_be_asked(chat: Chat, standup: Room) -> None:
    assert "No session of standup has ended yet." in (await chat.says("mo", "/hms quality Gus")).text
    assert standup.session

    said = await chat.says("mo", f"/hms quality Gus --session {standup.session.id}")

    assert "That session of standup goes on." in said.text
    assert chat.calls("analytics.peer_stats") == []


async def test_who_is_there_now_and_was_not_then_is_nobody_of_that_session(chat: Chat, past: Room) -> None:
    past.join("Max")

    said = await chat.says("mo", "/hms quality Max")

    assert "Nobody called “Max” took part in that session of standup." in said.text


async def test_a_session_of_another_room_is_not_there(chat: Chat, past: Room) -> None:
    other = chat.world.add_room("lobby", live=True)
    assert other.session

    said = await chat.says("mo", f"/hms quality Gus --session {other.session.id}")

    assert f"standup has had no session {other.session.id}." in said.text


async def test_a_viewer_is_refused_and_nobody_is_looked_up(chat: Chat, past: Room) -> None:
    assert "Only moderators can do this" in (await chat.says("vi", "/hms quality Nobody")).text
    assert chat.calls("sessions.list") == []
