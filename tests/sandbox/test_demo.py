"""The demo as somebody starts it: one command, one address, and nothing left behind."""

import asyncio
import os
import re
import select
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.command import Registry, usage
from bot.command.pages import help_line
from sandbox.demo import bot
from sandbox.demo.account import environment
from sandbox.demo.failure import Failure
from sandbox.demo.furnishing import furnish
from sandbox.demo.site import served
from sandbox.demo.words import words
from sandbox.hms.state.world import World
from tests.house.source import ROOT
from tests.patience import PATIENCE
from tests.processes import started
from tests.way import Clock

ADDRESS = re.compile(r"Open (http://127\.0\.0\.1:\d+)/")


@asynccontextmanager
async def demo(*options: str) -> AsyncIterator[Process]:
    """Run it on a free port for as long as the block lasts."""
    command = (sys.executable, "-m", "sandbox", "--port", "0", *options)
    async with (
        started(*command, cwd=ROOT, stdout=PIPE, stderr=PIPE) as process,
        asyncio.timeout(PATIENCE),
    ):
        yield process


async def opened(process: Process) -> str:
    """The address that it prints once everything is ready."""
    assert process.stdout
    found = ADDRESS.match((await process.stdout.readline()).decode())
    assert found
    return found[1]


def bot_of(process: Process) -> int:
    """The one process that the demo has started, as a handle that tells when it ends."""
    (child,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return os.pidfd_open(int(child))


async def ended(handle: int) -> None:
    """Wait until a process has ended."""
    await asyncio.to_thread(select.select, [handle], [], [])
    os.close(handle)


class Page:
    """What the browser asks of the page, for somebody in #classes."""

    def __init__(self, session: aiohttp.ClientSession, person: str) -> None:
        self._session = session
        self._person = person

    async def says(self, text: str) -> None:
        deed = {"person": self._person, "channel": "C0CLASSES", "text": text}
        async with self._session.post("/do/say", json=deed) as answer:
            assert await answer.json() == {"error": None, "errors": {}, "options": []}

    async def reads(self, words: str) -> None:
        """Wait until these words stand there."""
        place = {"as": self._person, "channel": "C0CLASSES"}
        async with self._session.get("/events", params=place) as stream:
            async for line in stream.content:
                if words in re.sub(r"<[^>]+>", "", line.decode()):
                    return


async def test_one_command_and_mo_can_end_a_lesson_of_twelve() -> None:
    async with demo() as process:
        async with aiohttp.ClientSession(await opened(process)) as session:
            mo = Page(session, "U0MO")
            await mo.reads("This is #classes.")
            await mo.says("/hms end-room")
            await mo.reads("1 recording stops")
            await mo.says("/hms remove Gus spamming")
            await mo.reads("muted meanwhile")
        running = bot_of(process)
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0
        await ended(running)
        assert process.stderr
        steps = (await process.stderr.read()).decode().splitlines()
        assert [step.split()[0] for step in steps] == ["Starting", "Starting", "Ada"]


async def test_a_demo_that_is_killed_takes_the_bot_along() -> None:
    async with demo() as process:
        await opened(process)
        running = bot_of(process)
        process.kill()
        await ended(running)


async def test_when_the_bot_dies_the_demo_says_so_and_ends() -> None:
    async with demo() as process:
        await opened(process)
        running = bot_of(process)
        signal.pidfd_send_signal(running, signal.SIGKILL)
        assert await process.wait() == 1
        assert process.stderr
        assert "The bot has stopped with exit code -9." in (await process.stderr.read()).decode()


async def test_a_bot_that_cannot_start_is_quoted(tmp_path: Path) -> None:
    async with bot.running("http://127.0.0.1:9", tmp_path) as running:
        with pytest.raises(Failure, match=r"exit code 1\.\s+Slack cannot be reached"):
            await running.ready()


async def test_without_the_bot_it_says_how_one_finds_it() -> None:
    async with demo("--without-bot") as process:
        address = await opened(process)
        assert process.stdout
        given = [(await process.stdout.readline()).decode().strip() for _ in environment(address)]
        assert f"export SLACK_API_URL={address}/api/" in given
        assert "export HMS_BOT_ADMINS=U0ADA" in given
        process.terminate()
        assert await process.wait() == 0


def test_the_lesson_that_it_begins_with_leaves_its_files() -> None:
    world = World(Clock())
    furnish(world)
    world.advance(20)
    standup = world.room_named("standup")
    assert standup
    (recording,) = standup.beams
    recording.stop()
    world.advance(20)
    assert [asset.plan.type for asset in recording.assets or ()] == ["room-composite", "chat"]


def test_the_page_completes_every_command_of_the_bot() -> None:
    commands = Registry().commands.values()
    assert sorted(words()) == sorted((usage(command), help_line(command)) for command in commands)


async def test_a_port_that_is_taken_is_named() -> None:
    async with served(0) as site:
        port = int(site.address.rpartition(":")[2])
        with pytest.raises(Failure, match=f"Port {port} of 127.0.0.1 cannot be used") as taken:
            async with served(port):
                pass
        offered = re.search(r"make demo PORT=(\d+)\.", str(taken.value))
        assert offered
        async with served(int(offered[1])) as other:
            assert other.address != site.address
