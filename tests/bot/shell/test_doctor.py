"""``hms-bot doctor`` and the other small subcommands."""

import json
from pathlib import Path

from tests.bot.shell.conftest import ROOT, Shell


async def test_everything_in_order_is_0(shell: Shell) -> None:
    ended = await shell.runs("doctor")

    assert (ended.code, ended.err) == (0, "")
    assert "MEND" not in ended.out


async def test_a_wrong_app_token_is_found_and_not_shown(shell: Shell) -> None:
    ended = await shell.runs("doctor", SLACK_APP_TOKEN="xapp-of-another-app")

    assert ended.code == 1
    assert "MEND  Socket Mode: Slack does not accept SLACK_APP_TOKEN" in ended.out
    assert "xapp-of-another-app" not in ended.out + ended.err


async def test_over_http_no_app_token_is_looked_for(shell: Shell) -> None:
    ended = await shell.runs("doctor", SLACK_APP_TOKEN=None)

    assert ended.code == 0
    assert "Socket Mode" not in ended.out


async def test_each_wrong_variable_is_named_with_how_to_mend_it(shell: Shell) -> None:
    ended = await shell.runs("doctor", SLACK_BOT_TOKEN=None, PORT="x")

    assert ended.code == 1
    assert [line.split(":")[0] for line in ended.out.splitlines()] == ["MEND  SLACK_BOT_TOKEN", "MEND  PORT"]
    assert "OAuth & Permissions" in ended.out


async def test_a_wrong_100ms_secret_is_found_and_not_shown(shell: Shell) -> None:
    wrong = "a-wrong-secret-of-more-than-32-bytes"

    ended = await shell.runs("doctor", HMS_SECRET=wrong)

    assert ended.code == 1
    assert "MEND  100ms" in ended.out
    assert wrong not in ended.out + ended.err


async def test_the_manifest_is_the_one_in_the_repository(shell: Shell) -> None:
    ended = await shell.runs("manifest")

    assert ended.out == (ROOT / "app_manifest.yml").read_text()
    assert (
        "https://bot.example/slack/events"
        in (await shell.runs("manifest", "--url", "https://bot.example")).out
    )


async def test_the_manifest_has_the_command_that_the_bot_listens_to(shell: Shell, tmp_path: Path) -> None:
    held = tmp_path / "command"
    held.write_text("/moderate\n")

    for said in ({"HMS_BOT_COMMAND": " /moderate\n"}, {"HMS_BOT_COMMAND_FILE": str(held)}):
        assert "- command: /moderate\n" in (await shell.runs("manifest", **said)).out

    ended = await shell.runs("manifest", HMS_BOT_COMMAND="moderate")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("HMS_BOT_COMMAND must be a slash")


async def test_without_any_other_setting_the_manifest_is_printed_all_the_same(shell: Shell) -> None:
    nothing = dict.fromkeys(shell.environment)

    assert (await shell.runs("manifest", **nothing)).out == (ROOT / "app_manifest.yml").read_text()


async def test_what_a_log_without_a_key_leaves_open_is_said(shell: Shell) -> None:
    assert "ok    Log: It is linked without a key" in (await shell.runs("doctor")).out


async def test_a_fresh_log_is_whole(shell: Shell) -> None:
    assert (await shell.runs("audit", "verify")).code == 0


async def test_a_log_that_does_not_have_a_head_that_was_kept_is_not_whole(shell: Shell) -> None:
    looked = await shell.runs("audit", "verify", "--head", "4200 b7b5c9d03f21aa64…")

    assert looked.code == 1
    assert "Entry 4200 is not the one with this head: the log was cut, or written anew." in looked.out


async def test_what_is_no_head_is_refused_in_a_sentence(shell: Shell) -> None:
    looked = await shell.runs("audit", "verify", "--head", "the last one")

    assert looked.code == 1
    assert "“the last one” is no head of the log." in looked.err


async def test_migrate_makes_the_database(shell: Shell) -> None:
    assert (await shell.runs("migrate", DATABASE_URL=shell.environment["DATABASE_URL"] + "new")).code == 0


async def test_words_lists_every_command_as_json(shell: Shell) -> None:
    ended = await shell.runs("words")

    listed = [json.loads(line) for line in ended.out.splitlines()]
    assert {"usage", "help"} == set(listed[0])
    assert any(one["usage"].startswith("end-room") for one in listed)
