"""``hms-bot doctor`` and the other small subcommands."""

import json

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


async def test_a_fresh_log_is_whole(shell: Shell) -> None:
    assert (await shell.runs("audit", "verify")).code == 0


async def test_migrate_makes_the_database(shell: Shell) -> None:
    assert (await shell.runs("migrate", DATABASE_URL=shell.environment["DATABASE_URL"] + "new")).code == 0


async def test_words_lists_every_command_as_json(shell: Shell) -> None:
    ended = await shell.runs("words")

    listed = [json.loads(line) for line in ended.out.splitlines()]
    assert {"usage", "help"} == set(listed[0])
    assert any(one["usage"].startswith("end-room") for one in listed)
