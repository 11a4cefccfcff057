"""``hms-bot do``: one line through the same road, for somebody who has no Slack at hand."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot.request.audit import Audit
from bot.request.chain import AuditKeys
from bot.store import Database
from tests.bot.shell.conftest import Shell


async def test_an_act_is_done_and_says_so(shell: Shell) -> None:
    room = shell.world.add_room("standup", live=True)

    ended = await shell.runs("do", "room lock standup --yes", "--as", "U0ADA")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Ada locked standup")
    assert not room.enabled


async def test_who_typed_it_is_recorded(shell: Shell) -> None:
    shell.world.add_room("standup", live=True)
    await shell.runs("do", "room lock standup --yes", "--as", "U0ADA")

    ended = await shell.runs("audit", "export")

    actors = {json.loads(line)["actor"] for line in ended.out.splitlines()}
    assert len(actors) == 1
    assert actors.pop().startswith("U0ADA via the shell user ")


async def test_nothing_is_done_where_it_could_not_be_written_down(shell: Shell) -> None:
    room = shell.world.add_room("standup", live=True)
    keyed = await Database.open(shell.environment["DATABASE_URL"])
    await Audit(keyed, lambda: datetime.now(UTC), AuditKeys.read(SecretStr("a key"))).settle()
    await keyed.close()

    refused = await shell.runs("do", "room lock standup --yes", "--as", "U0ADA")
    done = await shell.runs("do", "room lock standup --yes", "--as", "U0ADA", AUDIT_KEY="a key")

    assert (refused.code, done.code) == (1, 0)
    assert refused.err.startswith("AUDIT_KEY does not hold the key that the log is linked with")
    assert not room.enabled


FULL = "CREATE TRIGGER full BEFORE INSERT ON requests BEGIN SELECT RAISE(ABORT, 'there is no room'); END"


async def test_what_cannot_be_written_at_all_is_said_and_exits_with_1(shell: Shell) -> None:
    room = shell.world.add_room("standup", live=True)
    made = await Database.open(shell.environment["DATABASE_URL"])
    async with made.write() as tx:
        await tx.execute(sa.text(FULL))
    await made.close()

    ended = await shell.runs("do", "room lock standup --yes", "--as", "U0ADA")

    assert (ended.code, ended.out) == (1, "")
    assert "Something in hms-bot broke" in ended.err
    assert room.enabled


async def test_json_says_request_state_and_text(shell: Shell) -> None:
    shell.world.add_room("standup", live=True)

    ended = await shell.runs("do", "room lock standup --yes", "--as", "U0ADA", "--json")

    said = json.loads(ended.out)
    assert (said["request"], said["state"]) == (1, "done")
    assert said["text"].startswith("Ada locked standup")


async def test_a_read_answers_on_stdout(shell: Shell) -> None:
    shell.world.add_room("standup", live=True)

    ended = await shell.runs("do", "status standup", "--as", "U0ADA")

    assert (ended.code, ended.err) == (0, "")
    assert "standup · 1 person" in ended.out


async def test_a_table_stands_in_columns(shell: Shell) -> None:
    shell.world.add_room("standup", live=True)
    shell.world.add_room("webinar")

    ended = await shell.runs("do", "room list", "--as", "U0ADA")

    heading, *rows = ended.out.splitlines()[1:]
    assert heading == "Room     Open  Channel"
    assert {row.split()[0] for row in rows} == {"standup", "webinar"}
    assert all(row.index("open") == heading.index("Open") for row in rows)


async def test_what_a_button_would_do_is_a_line_to_type(shell: Shell) -> None:
    shell.world.add_room("standup", live=True)

    done = await shell.runs("do", "room lock standup --yes", "--as", "U0ADA")
    choice = await shell.runs("do", "status", "--as", "U0ADA")

    assert done.out.splitlines()[-1] == "Unlock standup: room unlock standup"
    assert choice.err.splitlines()[-1] == "standup: status standup"


async def test_what_waits_for_a_yes_exits_with_3(shell: Shell) -> None:
    shell.world.add_room("standup", live=True)

    ended = await shell.runs("do", "room lock standup", "--as", "U0ADA")

    assert ended.code == 3
    assert "waits for a yes" in ended.out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("room lock nosuch --yes", "nosuch"),
        ("status nosuch", "nosuch"),
        ("frobnicate", "There is no command “frobnicate”."),
        ("approve 12", "The shell cannot stand in."),
        ("access grant <@U0MO> admin", "The shell cannot stand in."),
    ],
)
async def test_a_refusal_is_one_sentence_on_stderr_and_exit_1(shell: Shell, line: str, says: str) -> None:
    shell.world.add_room("standup", live=True)

    ended = await shell.runs("do", line, "--as", "U0ADA")

    assert (ended.code, ended.out) == (1, "")
    assert says in ended.err
    assert "Traceback" not in ended.err


async def test_somebody_without_a_level_may_nothing(shell: Shell) -> None:
    shell.world.add_room("standup", live=True)

    ended = await shell.runs("do", "room lock standup --yes", "--as", "U0VI")

    assert ended.code == 1
    assert "you have no level here" in ended.err


async def test_what_is_too_long_for_a_line_comes_from_a_file(shell: Shell, tmp_path: Path) -> None:
    part = tmp_path / "part.json"
    part.write_text('{"roles": {"stage": {"priority": 4}}}' + " " * 5000)
    asked = ("do", "template edit classroom", "--as", "U0ADA", "--file", str(part))

    ended = await shell.runs(*asked, HMS_BOT_ADMINS="U0ADA,U0MAX")

    assert (ended.code, ended.err) == (3, "")
    assert "stage: priority: 2 → 4" in ended.out


@pytest.mark.parametrize(
    ("line", "file", "says"),
    [
        ("status", "part.json", "This takes no file."),
        ("template edit classroom", "nosuch.json", "cannot be read"),
        ("template edit classroom --dry-run", "part.json", "--dry-run and --file do not go together"),
    ],
)
async def test_a_file_that_does_not_fit_is_refused(
    shell: Shell, tmp_path: Path, line: str, file: str, says: str
) -> None:
    (tmp_path / "part.json").write_text("{}")
    ended = await shell.runs("do", line, "--as", "U0ADA", "--file", str(tmp_path / file))

    assert ended.code == 1
    assert says in ended.err


async def test_wrong_usage_is_2(shell: Shell) -> None:
    assert (await shell.runs("do", "status")).code == 2
    assert (await shell.runs("dance")).code == 2
