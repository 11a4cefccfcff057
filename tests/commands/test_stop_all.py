"""``record``, ``live`` and ``stream stop --all``: one call for all that runs in the room."""

from typing import NamedTuple

import pytest

from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

LINK = "https://classroom.app.100ms.live/preview/abc"


class Noun(NamedTuple):
    """What runs: the word for it, the question before it stops, its button, its operations."""

    word: str
    kind: Kind
    question: str
    button: str
    family: str
    parameters: dict[str, object]


NOUNS = (
    Noun("record", Kind.RECORDING, "Stop recording standup?", "Stop recording", "recordings", {}),
    Noun(
        "live",
        Kind.LIVE_STREAM,
        "Stop the live stream of standup?",
        "Stop the live stream",
        "live_streams",
        {"recording": {}},
    ),
    Noun(
        "stream",
        Kind.EXTERNAL_STREAM,
        "Stop streaming standup?",
        "Stop streaming",
        "external_streams",
        {"recording": False, "rtmp_urls": []},
    ),
)


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.word)
async def test_whatever_runs_is_stopped_by_one_call_for_the_room(
    chat: Chat, standup: Room, noun: Noun
) -> None:
    beam = standup.start(Order(kind=noun.kind, meeting_url=LINK, parameters=noun.parameters))
    await chat.passes("1m")

    card = await chat.says("mo", f"/hms {noun.word} stop --all")
    assert noun.question in card.text
    assert "stops too" in card.text
    done = await chat.clicks("mo", noun.button, card)

    assert "after 1 minute" in done.text
    assert not beam.live
    assert len(chat.calls(f"{noun.family}.stop_for_room")) == 1
    assert chat.calls(f"{noun.family}.stop") == []


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.word)
async def test_where_nothing_runs_nothing_is_called(chat: Chat, standup: Room, noun: Noun) -> None:
    said = await chat.says("mo", f"/hms {noun.word} stop --all --yes")

    assert "standup" in said.text
    assert chat.calls(f"{noun.family}.stop_for_room") == []
