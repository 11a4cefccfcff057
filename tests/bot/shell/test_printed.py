"""What ``hms-bot`` prints is words: nobody's name, and nothing of 100ms, is obeyed by a terminal."""

import json
import unicodedata
from importlib.metadata import version

import pytest

from bot.__main__ import parser
from sandbox.hms.state.room.room import Room
from tests.bot.shell.conftest import Ended, Shell

NAME = "Gus\x1b[31m\x07\x9b2J\u202e\u2066"


@pytest.fixture
def standup(shell: Shell) -> Room:
    room = shell.world.add_room("standup", live=True)
    room.join(NAME, user_id=f"one{NAME}")
    room.join(NAME, user_id=f"other{NAME}")
    return room


def tricks(ended: Ended) -> set[str]:
    """Everything that was printed and is no word."""
    odd = {"Cc", "Cf", "Cs"}
    return {sign for sign in ended.out + ended.err if unicodedata.category(sign) in odd} - {"\n"}


@pytest.mark.parametrize(
    "line",
    [
        "who standup",
        "remove Gus[31m2J spamming --room standup",
        f"remove 'user:one{NAME}' spamming --room standup --dry-run",
        f"say hello --to 'user:one{NAME}' --room standup",
        f"status 'no{NAME}such'",
    ],
)
@pytest.mark.parametrize("flags", [(), ("--json",)], ids=["text", "json"])
async def test_a_name_is_printed_as_words(
    shell: Shell, standup: Room, line: str, flags: tuple[str, ...]
) -> None:
    ended = await shell.runs("do", line, "--as", "U0ADA", *flags)

    assert tricks(ended) == set()
    said = json.loads(ended.out)["text"] if flags else ended.out + ended.err
    assert tricks(Ended(0, said, "")) == set()
    assert "[31m2J" in said


async def test_so_are_the_words_of_100ms(shell: Shell, standup: Room) -> None:
    shell.world.fault("/active-rooms", status=400, body={"message": f"bad {NAME}"}, times=9)

    ended = await shell.runs("do", "who standup", "--as", "U0ADA")

    assert "bad Gus[31m2J" in ended.err
    assert tricks(ended) == set()


async def test_the_log_that_is_written_out_holds_what_was_said_and_moves_nothing(
    shell: Shell, standup: Room
) -> None:
    await shell.runs("do", f"room lock standup --yes --reason 'for {NAME}'", "--as", "U0ADA")

    ended = await shell.runs("audit", "export")

    assert tricks(ended) == set()
    assert any(NAME in json.loads(line)["text"] for line in ended.out.splitlines())


async def test_bytes_that_are_no_text_are_left_out(shell: Shell, standup: Room) -> None:
    ended = await shell.runs("do", "say good\udcff morning --room standup", "--as", "U0ADA")

    assert (ended.code, [message.text for message in standup.messages]) == (0, ["good morning"])


def test_it_says_which_release_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["--version"])

    assert capsys.readouterr().out == f"hms-bot {version('hms-bot')}\n"
