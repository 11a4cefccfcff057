"""``asset``: the files that recordings leave, and links to them that are made for whoever asks."""

import re

import pytest

from sandbox.hms.state.beam.asset import Asset, Plan, Take
from sandbox.hms.state.beam.beam import Kind
from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.commands.everything import everything

PRESIGN = "recording_assets.presigned_url"
LINK = re.compile(r"<(https://[^|>]+)\|Open the file>")


@pytest.fixture
async def recorded(chat: Chat, standup: Room) -> Room:
    """Recorded for twelve minutes, which has left a video and a chat."""
    await chat.says("mo", "/hms record start")
    await chat.passes("12m")
    await chat.says("mo", "/hms record stop --yes")
    await chat.passes("1m")
    return standup


def assets(room: Room) -> list[Asset]:
    return [asset for beam in room.beams for asset in beam.assets or ()]


def keeps(room: Room, kind: str, number: int = 1, ending: str = ".webm", **metadata: str) -> None:
    """Let the recording leave more files."""
    [beam] = [beam for beam in room.beams if beam.order.kind is Kind.RECORDING]
    assert beam.assets
    assert beam.started_at
    assert beam.stopped_at
    for _ in range(number):
        beam.assets.append(
            Asset(
                id=beam.engine.object_id(),
                plan=Plan(type=kind, folder="x/{room}/{date}", ending=ending, metadata=dict(metadata)),
                take=Take(
                    job_id=beam.id,
                    room_id=room.id,
                    session_id=beam.session_id,
                    started_at=beam.started_at,
                    stopped_at=beam.stopped_at,
                ),
                created_at=beam.stopped_at,
                status="completed",
            )
        )


# List.


async def test_each_file_is_called_what_it_is_and_has_a_button(chat: Chat, recorded: Room) -> None:
    said = await chat.says("vi", "/hms asset list")

    assert "2 files of standup." in said.text
    assert "video · 12 minutes · 180 MB · 2 Mar 09:12" in said.text
    assert "exists until Mar 17, 2026" in said.text
    assert set(said.buttons) == {"Fresh link: video", "Fresh link: chat"}


async def test_what_lies_in_a_customers_bucket_is_said_to_last_as_long_as_that_keeps_it(
    chat: Chat, recorded: Room
) -> None:
    upload = {"type": "s3", "location": "emulated-recordings", "prefix": "x"}
    recorded.template.settings["recording"] = {"enabled": True, "upload": upload}

    said = await chat.says("vi", "/hms asset list")

    assert "exists as long as your bucket keeps it" in said.text
    assert "exists until" not in said.text


async def test_what_no_browser_plays_is_called_what_it_is(chat: Chat, recorded: Room) -> None:
    keeps(recorded, "room-vod", ending=".zip")
    keeps(recorded, "room-vod", ending=".m3u8")

    said = await chat.says("vi", "/hms asset list")
    assert {"Fresh link: video (zip)", "Fresh link: playlist (m3u8)"} < set(said.buttons)

    answer = await chat.clicks("vi", "Fresh link: video (zip)", said)
    assert "It is a zip archive: unpack it" in answer.text


async def test_hundreds_of_tracks_are_one_row_until_somebody_wants_them(chat: Chat, recorded: Room) -> None:
    keeps(recorded, "track", 212, track_type="audio")

    said = await chat.says("vi", "/hms asset list")
    assert "214 files of standup." in said.text
    assert set(said.buttons) == {"Fresh link: video", "Fresh link: chat", "All 212 files"}

    tracks = await chat.clicks("vi", "All 212 files", said)
    assert len([one for one in tracks.buttons if one.startswith("Fresh link: ")]) == 20
    more = await chat.clicks("vi", "More files", tracks)
    assert len([one for one in more.buttons if one.startswith("Fresh link: ")]) == 20


async def test_what_is_still_being_made_has_no_button_yet(chat: Chat, recorded: Room) -> None:
    keeps(recorded, "transcript", ending=".txt", output_mode="txt")
    assets(recorded)[-1].status = "processing"

    said = await chat.says("vi", "/hms asset list")
    assert "transcript (txt)" in said.text
    assert "is still being made" in said.text
    assert "Fresh link: transcript (txt)" not in said.buttons

    link = await chat.says("vi", f"/hms asset link {assets(recorded)[-1].id}")
    assert "The transcript (txt) is still being made." in link.text


async def test_a_room_without_files_says_when_they_come(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms asset list")

    assert "standup has no files. They come some minutes after a recording has ended" in said.text


# Link.


async def test_a_link_is_made_for_whoever_presses_and_only_they_read_it(chat: Chat, recorded: Room) -> None:
    listed = await chat.says("mo", "/hms asset list --here")

    said = await chat.clicks("vi", "Fresh link: video", listed)

    [message] = said.messages
    assert message.only_for == "U0VI"
    assert LINK.search(said.text)
    assert "the video of standup. The link works until 2 Mar 11:13" in said.text
    [call] = chat.calls(PRESIGN)
    assert "presign_duration=7200" in str(call)


async def test_that_somebody_had_a_link_is_in_the_log_and_the_link_is_nowhere(
    chat: Chat, recorded: Room
) -> None:
    [video] = [asset.id for asset in assets(recorded) if asset.plan.type == "room-composite"]
    said = await chat.says("vi", f"/hms asset link {video} --ttl 30m")

    [entry] = [one for one in await chat.bot.audit.tail(50) if one.state == "minted"]
    assert entry.actor == "U0VI"
    assert video in (entry.text or "")
    found = LINK.search(said.text)
    assert found
    assert "signature=" in found[1]
    assert "signature=" not in await everything(chat)


async def test_here_does_not_show_a_link_to_the_channel(chat: Chat, recorded: Room) -> None:
    said = await chat.says("vi", f"/hms asset link {assets(recorded)[0].id} --here")

    assert [message.only_for for message in said.messages] == ["U0VI"]


async def test_a_link_works_a_week_at_most(chat: Chat, recorded: Room) -> None:
    said = await chat.says("vi", f"/hms asset link {assets(recorded)[0].id} --ttl 8d")

    assert "A link works for 7d at most." in said.text
    assert chat.calls(PRESIGN) == []


async def test_a_file_of_another_room_and_one_that_nobody_knows_are_not_there(
    chat: Chat, recorded: Room
) -> None:
    await chat.binds("webinars", chat.world.add_room("lobby"))

    for asset in (assets(recorded)[0].id, "6504dd00b2d4e5f601230040"):
        said = await chat.says("vi", f"/hms asset link {asset}", "webinars")
        assert f"lobby has no file {asset}." in said.text
    assert chat.calls(PRESIGN) == []


async def test_nobody_without_a_level_sees_files_or_has_a_link(chat: Chat, recorded: Room) -> None:
    listed = await chat.says("mo", "/hms asset list --here")
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert (await chat.says("vi", "/hms asset list")).text.startswith("Only ")
    assert (await chat.clicks("vi", "Fresh link: video", listed)).text.startswith("Only ")
    assert chat.calls(PRESIGN) == []
