"""What opens a door, pasted into a reason or a text: it stands in no log, on no card, and in no case."""

import pytest

from bot.work.links import without_keys
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

MEETING = "https://yoga.app.100ms.live/meeting/abc-defg-hij"
KEY = "live_5f3a9bQ7"
STREAM = f"rtmp://a.rtmp.youtube.com/live2/{KEY}"
SIGNED = "https://files.example/standup.mp4?X-Amz-Signature=aa11bb22"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiaG9zdCJ9.c2lnbmF0dXJlMTIz"
SECRETS = ("abc-defg-hij", KEY, "aa11bb22", "eyJyb2xl")
ALL = f"see {MEETING} and {STREAM} and {SIGNED}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("spam", "spam"),
        ("see https://tracker.example/browse/ABC-1", "see https://tracker.example/browse/ABC-1"),
        (f"he posted {MEETING}, twice", "he posted https://yoga.app.100ms.live/…, twice"),
        ("https://yoga.app.100ms.live/preview/abc-defg-hij?skip=1", "https://yoga.app.100ms.live/…"),
        (f"({STREAM})", "(rtmp://a.rtmp.youtube.com/…)"),
        (SIGNED, "https://files.example/standup.mp4"),
        ("https://mo:hush@files.example/a", "https://files.example/a"),
        (f"with {TOKEN}.", "with …."),
        ("xoxb-12345678-abcdefgh", "…"),
        ("Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZkdISUpLTE1OTw==", "…"),
        ("one-time-use, what? a=b", "one-time-use, what? a=b"),
    ],
)
def test_a_link_leads_where_it_led_and_opens_nothing(typed: str, kept: str) -> None:
    assert without_keys(typed) == kept


def everything(chat: Chat, *said: str) -> str:
    """All that others read, and the log as it stands on disk."""
    channels = [text for name in ("classes", "mods") for text in chat.channel(name)]
    return "\n".join([*said, *channels])


async def logged(chat: Chat) -> str:
    return "\n".join(entry.text or "" for entry in await chat.bot.audit.every())


async def test_a_reason_holds_no_door_open(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", f'/hms remove Gus --reason "{ALL}"')
    await chat.says("mo", f'/hms room lock --yes --reason "{ALL}"')
    await chat.says("mo", f'/hms record start --reason "{ALL}"')
    denied = await chat.clicks("max", "Deny", card)
    await chat.says("mo", "/hms remove Ivy --reason spam")
    await chat.says("mo", f'/hms approval reason 4 "{ALL}"')
    case = await chat.says("mo", "/hms case show 2")

    read = everything(chat, card.text, denied.text, case.text, await logged(chat))
    assert "https://files.example/standup.mp4" in case.text
    assert [secret for secret in SECRETS if secret in read] == []


async def test_a_reason_that_stands_behind_a_name_holds_none_open_either(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", f"/hms remove Gus see {MEETING}")

    assert "see https://yoga.app.100ms.live/…" in card.text
    read = everything(chat, card.text, await logged(chat))
    assert [secret for secret in SECRETS if secret in read] == []


async def test_what_is_said_is_said_as_typed_and_its_record_opens_nothing(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", f"/hms say {ALL}")
    await chat.says("mo", f"/hms announce add 15m {ALL}")
    await chat.says("mo", f"/hms announce add 15m {ALL}")
    listed = await chat.says("max", "/hms announce list")
    await chat.passes("15m")
    case = await chat.says("max", "/hms case list")

    assert [message.text for message in standup.messages] == [ALL, ALL]
    read = everything(chat, said.text, listed.text, case.text, await logged(chat))
    assert "https://yoga.app.100ms.live/…" in listed.text
    assert [secret for secret in SECRETS if secret in read] == []


async def test_a_link_that_stands_for_a_command_is_not_logged(chat: Chat, standup: Room) -> None:
    await chat.says("mo", f"/hms {MEETING} please")
    assert [secret for secret in SECRETS if secret in await logged(chat)] == []
