"""What 100ms sums up is read in the thread of the files, and its link is nowhere."""

import json

import pytest

from bot.command import RoomRef
from bot.features.record.summary import MOST, WrittenSummary, said
from bot.reply import Plain
from sandbox.hms.state.beam.beam import Beam
from sandbox.hms.state.room.room import Room
from tests.bot.features.record.test_files_arrive import recording, reports
from tests.chat import Chat, words
from tests.commands.asset.test_asset import everything, keeps
from tests.commands.conftest import standup

__all__ = ["recording", "standup"]


def text(*sections: object) -> str:
    read = WrittenSummary.model_validate_json(json.dumps({"sections": sections}))
    return Plain().text(said(read, RoomRef(id="r", name="standup")))


def summaries(chat: Chat) -> list[str]:
    return [words(one) for one in chat.reads("vi").messages if "sums up" in one.text]


async def test_it_is_read_in_the_thread_of_the_files(chat: Chat, standup: Room, recording: Beam) -> None:
    await reports(chat, "beam.recording.success", recording)
    keeps(standup, "summary", ending=".json")
    await reports(chat, "transcription.success", recording, "evt-2")

    [said] = summaries(chat)
    assert said == (
        "100ms sums up what was said in standup:\n"
        "Short summary\nThe group went through last week's homework and began with fractions.\n"
        "Next steps\n• Everybody does exercises 4 to 9\n• Hana sends round the slides"
    )
    [files] = [one for one in chat.reads("vi").messages if "was recorded: " in one.text]
    [below] = [one for one in chat.reads("vi").messages if "sums up" in one.text]
    assert below.thread_ts == files.ts
    assert "signature=" not in await everything(chat)


async def test_told_again_it_is_not_said_again(chat: Chat, standup: Room, recording: Beam) -> None:
    keeps(standup, "summary", ending=".json")
    await reports(chat, "transcription.success", recording)
    await reports(chat, "transcription.success", recording, "evt-2")

    assert len(summaries(chat)) == 1


@pytest.mark.parametrize("fault", [{"status": 403}, {"body": "<html>"}, {"drop": True}])
async def test_where_it_cannot_be_read_the_files_are_there_all_the_same(
    chat: Chat, standup: Room, recording: Beam, fault: dict[str, object]
) -> None:
    keeps(standup, "summary", ending=".json")
    chat.world.fault(path="/65a0c0de0000000000000001/", times=1, **fault)

    await reports(chat, "transcription.success", recording)

    assert summaries(chat) == []
    assert "Fresh link: summary" in chat.reads("vi").buttons


def test_a_paragraph_has_several_names() -> None:
    for name in ("paragraph", "point"):
        assert text({"title": "All", "format": "paragraph", name: "Good."}).endswith("All\nGood.")


def test_what_is_in_it_cannot_speak_for_the_bot() -> None:
    assert text({"title": "A\nB", "bullets": ["<!channel>", "two\nlines"]}).splitlines()[1:] == [
        "A B", "• <!channel>", "• two lines",
    ]  # fmt: skip


def test_what_is_too_long_says_that_its_file_has_all() -> None:
    said = text({"title": "All", "bullets": ["x" * 100] * 60})

    assert said.endswith("… and more: its file has all of it.")
    assert len(said) < MOST + 300
