"""``hms-bot serve`` starts only when everything is in order, and ends in order."""

import asyncio
import json
import signal
from datetime import timedelta

import aiohttp
import pytest

from bot.clock import system
from bot.people import Actor
from bot.reply import Invocation
from bot.request.book import RequestBook
from bot.request.request import Origin, Request, State
from bot.store import Database
from tests.bot.shell.conftest import Shell
from tests.patience import PATIENCE
from tests.said import words


async def port_of(process: asyncio.subprocess.Process) -> int:
    """Where it listens, as its log says once it does."""
    assert process.stderr
    async with asyncio.timeout(PATIENCE):
        while line := await process.stderr.readline():
            said = json.loads(line)
            if said["event"] == "serving":
                return int(said["port"])
    raise AssertionError("it ended before it served")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"SLACK_BOT_TOKEN": None}, "SLACK_BOT_TOKEN is not set."),
        ({"HMS_SECRET": ""}, "HMS_SECRET is empty."),
        ({"PORT": "x"}, "PORT must be a whole number from 0 to 65535."),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL must look like"),
        (
            {"DATABASE_URL": "postgresql://127.0.0.1:1/none"},
            "DATABASE_URL names a database that does not open",
        ),
        ({"SLACK_BOT_TOKEN": "xoxb-of-another"}, "Slack does not accept SLACK_BOT_TOKEN (invalid_auth)."),
        ({"SLACK_APP_TOKEN": "xapp-of-another"}, "Slack does not accept SLACK_APP_TOKEN (invalid_auth)."),
        ({"SLACK_API_URL": "http://127.0.0.1:1/api"}, "Slack cannot be reached at http://127.0.0.1:1/api/."),
    ],
)
async def test_what_is_wrong_is_one_sentence_and_exit_1(
    shell: Shell, changes: dict[str, str], says: str
) -> None:
    ended = await shell.runs("serve", **changes)

    assert ended.code == 1
    sentence = [line for line in ended.err.splitlines() if not line.startswith("{")]
    assert len(sentence) == 1
    assert sentence[0].startswith(says)
    assert "Traceback" not in ended.err


async def test_the_demo_secrets_never_meet_the_real_world(shell: Shell) -> None:
    ended = await shell.runs("serve", HMS_SECRET="sandbox-secret", HMS_API_URL="https://api.100ms.live/v2")

    assert (ended.code, ended.err.splitlines()[0].split(" ")[0]) == (1, "HMS_SECRET")


async def test_a_second_serve_on_the_same_file_refuses(shell: Shell) -> None:
    first = await shell.starts("serve")
    await port_of(first)

    ended = await shell.runs("serve")

    assert ended.code == 1
    assert "serves" in ended.err
    first.send_signal(signal.SIGTERM)
    assert await first.wait() == 0


async def test_it_says_whether_it_lives_and_is_ready_and_ends_at_sigterm(shell: Shell) -> None:
    process = await shell.starts("serve")
    address = f"http://127.0.0.1:{await port_of(process)}"

    async with aiohttp.ClientSession() as session:
        for route, status in {"/healthz": 200, "/readyz": 200, "/metrics": 200, "/slack/events": 404}.items():
            async with session.get(address + route) as answer:
                assert (route, answer.status) == (route, status)

    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


async def test_a_port_that_is_taken_is_named(shell: Shell) -> None:
    first = await shell.starts("serve")
    port = str(await port_of(first))

    ended = await shell.runs("serve", PORT=port, DATABASE_URL=shell.environment["DATABASE_URL"] + "2")

    assert ended.code == 1
    assert f"PORT {port} on HOST 127.0.0.1 cannot be listened on" in ended.err
    first.send_signal(signal.SIGTERM)
    await first.wait()


async def test_what_was_written_down_and_never_acked_is_taken_back_while_it_serves(shell: Shell) -> None:
    process, changes = await shell.starts("serve"), shell.workspace.subscribe()
    await port_of(process)
    db = await Database.open(shell.environment["DATABASE_URL"])
    mo, here = Actor("U0MO", "Mo"), Origin("slack", "before the ack", channel="C0CLASSES")
    lock, long_ago = Invocation("room lock", room={"words": "standup"}), system() - timedelta(minutes=1)
    async with db.write() as tx:
        await RequestBook().ask(tx, Request(0, "it", lock, "", mo, here, State.ASKED, long_ago))
    await db.close()

    async with asyncio.timeout(PATIENCE):
        while not (read := shell.workspace.sees(mo.id, here.channel)):
            await changes.get()

    assert "stopped before it could take this on" in words(read[0])
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
