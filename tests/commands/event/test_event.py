"""``event``: what 100ms has kept of a room, and having it delivered again."""

import pytest

from sandbox.hms.events.delivery import Endpoint
from sandbox.hms.events.event_type import EventType
from sandbox.hms.state.room import room_events
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

LINES = ("event list", "event tracks", "event errors", "event recordings", "event replay")


@pytest.fixture
async def told(chat: Chat, standup: Room) -> Room:
    """Nobody answers at the endpoint of the workspace."""
    webhooks = chat.world.webhooks
    webhooks.go_to(Endpoint(url="https://nobody.example/hook"))
    standup.join("Hana")
    for _ in range(4):
        if delivery := webhooks.next_due():
            webhooks.answered(delivery, error="timeout")
        await chat.passes("1m")
    return standup


async def test_deliveries_are_listed_with_why_they_failed(chat: Chat, told: Room) -> None:
    said = await chat.says("mo", "/hms event list --since 2h")

    assert "of standup in 2h." in said.text
    assert "peer.join.success" in said.text
    assert "failed and timeout" in said.text


async def test_events_are_delivered_again_and_how_far_that_is_can_be_seen(chat: Chat, told: Room) -> None:
    done = await chat.says("mo", "/hms event replay --since 2h --all")
    assert "Mo had 100ms deliver events of standup again, those of the last 2h." in done.text
    [call] = chat.calls("analytics.replay_webhooks")
    assert call.body["room_id"] == told.id

    said = await chat.clicks("mo", "How far is it?", done)

    assert "Events of standup delivered again: it" in said.text


async def test_a_replay_of_another_room_is_not_there(chat: Chat, told: Room) -> None:
    chat.world.add_room("lobby")
    found = await chat.bot.hms.analytics.replay_webhooks(room_id=told.id)

    said = await chat.says("mo", f"/hms event list lobby --replay {found.workflow_id}")

    assert "Nothing of lobby is delivered again as" in said.text


async def test_who_turned_what_on_and_off_is_listed(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms event tracks")

    assert "Gus · camera · turned on" in said.text
    assert "Gus · microphone · turned on" in said.text


async def test_many_of_them_are_in_a_file_too(chat: Chat, standup: Room) -> None:
    for number in range(30):
        standup.join(f"=Guest {number}")

    said = await chat.says("mo", "/hms event tracks")

    assert "The newest 50 are shown; the file has all." in said.text
    [file] = chat.workspace.files("U0MO")
    assert file.name == "standup-tracks.csv"
    assert "'=Guest 29" in file.content.decode()


async def test_what_failed_for_whom_is_told_in_the_words_of_their_app(chat: Chat, standup: Room) -> None:
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    session = {"session_id": standup.session.id} if standup.session else {}
    room_events.complained(standup, EventType.PUBLISH_FAILED, gus, "PUBLISH", "no camera", {**session})

    said = await chat.says("mo", "/hms event errors")

    assert "Gus · PUBLISH · " in said.text
    assert "no camera" in said.text


async def test_recordings_that_were_written_down_are_listed(chat: Chat, standup: Room) -> None:
    assert "No recording of standup was written down" in (await chat.says("mo", "/hms event recordings")).text
    await chat.says("mo", "/hms record start")
    await chat.passes("5m")
    standup.end()
    await chat.passes("10m")

    said = await chat.says("mo", "/hms event recordings")

    assert "1 event of standup." in said.text
    assert "MB" in said.text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("event list --since 20d", "100ms tells of at most 14d at once."),
        ("event replay --since 20d", "100ms tells of at most 14d at once."),
        ("event tracks --session 6501a9f0b2d4e5f60123000f", "standup has had no session"),
        ("event list nosuch", "There is no room called “nosuch”"),
    ],
)
async def test_what_does_not_fit_is_refused(chat: Chat, standup: Room, line: str, why: str) -> None:
    assert why in (await chat.says("mo", f"/hms {line}")).text
    assert chat.calls("analytics.replay_webhooks") == []


@pytest.mark.parametrize("line", LINES)
async def test_a_viewer_is_refused(chat: Chat, standup: Room, line: str) -> None:
    assert "Only moderators can do this" in (await chat.says("vi", f"/hms {line}")).text
