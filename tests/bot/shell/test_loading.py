"""What a short subcommand does not load: it is there to answer and be gone."""

import pytest

from tests.bot.shell.conftest import Shell

# The door for payloads, the web server, what only those who stay need, and the other store.
ABSENT = (
    "slack_bolt",
    "emoji",
    "aiohttp.web",
    "bot.web",
    "prometheus_client",
    "apscheduler",
    "alembic",
    "sqlalchemy.dialects.postgresql",
    "psycopg",
    "procrastinate",
    "holidays",
    "icalendar",
)


def loaded(report: str) -> set[str]:
    """The modules in what Python tells with PYTHONPROFILEIMPORTTIME."""
    lines = (line for line in report.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        (("do", "help", "--as", "U0ADA"), "bot.shell.do"),
        (("doctor",), "bot.shell.doctor"),
        (("words",), "bot.command.registry"),
        (("manifest",), "bot.slack.manifest"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
async def test_a_short_subcommand_loads_no_door_and_no_other_store(
    shell: Shell, words: tuple[str, ...], needs: str
) -> None:
    ended = await shell.runs_alone(*words, PYTHONPROFILEIMPORTTIME="1")

    names = loaded(ended.err)
    assert ended.code == 0
    assert needs in names
    assert [name for name in ABSENT if name in names] == []


async def test_the_one_that_stays_loads_its_door(shell: Shell) -> None:
    ended = await shell.runs_alone("serve", SLACK_BOT_TOKEN=None, PYTHONPROFILEIMPORTTIME="1")

    assert {"bot.web", "slack_bolt", "aiohttp.web"} <= loaded(ended.err)
