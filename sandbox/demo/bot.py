"""The bot as a process of its own: only the addresses it is given differ from a real one."""

import asyncio
import ctypes
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from sandbox.demo.account import environment
from sandbox.demo.failure import Failure

PROGRAM = (sys.executable, "-m", "bot", "serve")
OURS = ("SLACK_", "HMS_", "DATABASE_URL", "HOST", "PORT", "SECRET_KEY", "LOG_FORMAT")
PATIENCE = 120.0  # seconds until it must be ready, also on a machine that is busy with other things
LOOK_EVERY = 0.05
DRAIN = 12.0  # the bot promises to be gone ten seconds after SIGTERM
LAST_WORDS = 20  # lines
PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True)
class Bot:
    """A running ``hms-bot serve``."""

    process: Process
    port: int
    log: Path

    async def ready(self) -> None:
        """Wait until it says that it is ready; raises Failure when it ends or takes too long."""
        awaited = {asyncio.create_task(self._said_ready()), asyncio.create_task(self.ended())}
        try:
            done, _ = await asyncio.wait(awaited, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in awaited:
                task.cancel()
        if not done:
            raise Failure(f"The bot is not ready after {PATIENCE:.0f} s.{self._last_words()}")
        for task in done:
            task.result()

    async def ended(self) -> None:
        """Wait until it ends, which it never should; raises Failure with its last words."""
        code = await self.process.wait()
        raise Failure(f"The bot has stopped with exit code {code}.{self._last_words()}")

    async def stop(self) -> None:
        """Let it finish what it took, then end it."""
        if self.process.returncode is not None:
            return
        self.process.terminate()
        try:
            async with asyncio.timeout(DRAIN):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()

    async def _said_ready(self) -> None:
        async with aiohttp.ClientSession() as session:
            while not await self._is_ready(session):  # noqa: ASYNC110 - it sets no event of ours
                await asyncio.sleep(LOOK_EVERY)

    async def _is_ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientConnectionError:  # it does not listen yet
            return False

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "".join(f"\n  {line}" for line in lines[-LAST_WORDS:])


@asynccontextmanager
async def running(address: str, folder: Path) -> AsyncIterator[Bot]:
    """Run it against the demo for as long as the block lasts; what it keeps goes into the folder."""
    port, log = _free_port(), folder / "hms-bot.log"
    database = f"sqlite:///{folder / 'hms-bot.db'}"
    given = {**environment(address), "DATABASE_URL": database, "HOST": "127.0.0.1", "PORT": str(port)}
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *PROGRAM,
            env=_with(given),
            stdin=DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for the demo, which then asks the bot to finish
            preexec_fn=_end_with_parent,
        )
    bot = Bot(process, port, log)
    try:
        yield bot
    finally:
        await bot.stop()


def _with(given: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would lead the bot to a real account, or through a proxy."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(OURS) and not name.lower().endswith("_proxy")
    }
    return {**kept, **given}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _end_with_parent() -> None:
    """In the child: end when the demo is gone, also when it was killed; where the system can do that."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
