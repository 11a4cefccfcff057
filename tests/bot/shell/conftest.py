"""``hms-bot`` as a process, between an emulated Slack and an emulated 100ms."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

import sandbox.hms.server
import sandbox.slack.server
from sandbox.hms.emulator import Emulator
from sandbox.hms.state.world import World
from sandbox.slack.workspace import Workspace
from tests.chat import SECRETS
from tests.forking import Fork
from tests.patience import PATIENCE
from tests.processes import started

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it said."""

    code: int
    out: str
    err: str


class Shell:
    """Runs ``hms-bot``; the world and the workspace are the ones it meets."""

    def __init__(
        self,
        world: World,
        workspace: Workspace,
        environment: Mapping[str, str],
        folder: Path,
        held: AsyncExitStack,
    ) -> None:
        self._folder = folder
        self._held = held
        self.world = world
        self.workspace = workspace
        self.environment = environment

    async def starts(self, *words: str, **changes: str | None) -> asyncio.subprocess.Process:
        """Start it with a changed environment, None leaves a variable out; it ends with the test."""
        pipes = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
        command = (sys.executable, "-m", "bot", *words)
        return await self._held.enter_async_context(
            started(*command, cwd=ROOT, env=self._changed(changes), **pipes)
        )

    async def runs(self, *words: str, **changes: str | None) -> Ended:
        """Run it to its end, with everything loaded already."""
        out, err = self._folder / "out", self._folder / "err"
        process = await asyncio.to_thread(Fork, words, self._changed(changes), (out, err))
        self._held.callback(process.kill)
        async with asyncio.timeout(PATIENCE):
            code = await asyncio.to_thread(process.join)
        return Ended(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    async def runs_alone(self, *words: str, **changes: str | None) -> Ended:
        """Run it to its end, from nothing."""
        process = await self.starts(*words, **changes)
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
        return Ended(process.returncode or 0, out.decode(), err.decode())

    def _changed(self, changes: Mapping[str, str | None]) -> Mapping[str, str]:
        given = {**self.environment, **changes}
        return {name: value for name, value in given.items() if value is not None}


@pytest.fixture
async def shell(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Shell]:
    """A shell whose environment is in order; Ada is admin."""

    def now() -> datetime:
        return datetime.now(UTC)

    world = World(now)
    tokens = {"bot_token": SECRETS["SLACK_BOT_TOKEN"], "app_token": SECRETS["SLACK_APP_TOKEN"]}
    workspace = Workspace(now, signing_secret=SECRETS["SLACK_SIGNING_SECRET"], **tokens)
    app = web.Application()
    sandbox.slack.server.install(app, workspace)
    secret = SECRETS["HMS_SECRET"]
    sandbox.hms.server.install(app, Emulator(world, access_key=SECRETS["HMS_ACCESS_KEY"], secret=secret))
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    workspace.listens_at(address)
    found = {"SLACK_API_URL": f"{address}/api/", "HMS_API_URL": f"{address}/v2", "DATABASE_URL": sqlite_url}
    own = {"PATH": os.environ["PATH"], "PORT": "0", "HMS_BOT_ADMINS": "U0ADA", "LOG_FORMAT": "json"}
    async with AsyncExitStack() as held:
        held.push_async_callback(runner.cleanup)
        yield Shell(world, workspace, {**SECRETS, **found, **own}, tmp_path, held)
