"""``hms-bot serve`` as a process that can be killed: a program as anywhere, or one that has all loaded.

What it imports is most of a start and the same each time, and here it starts hundreds of times: such a
process is the fork of one that has imported everything and done nothing. A start from nothing is seen in
tests/bot/shell.
"""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from bot.__main__ import main
from bot.command import Registry
from bot.command.reaction import Reactions

ROOT = Path(__file__).parents[2]
SERVE = ("bot", "serve")
# This module loads every command and reaction; the others are what a start imports only when it needs it.
LOADED = (
    __name__,
    "bot.shell.serve",
    "bot.work.procrastinate",
    "sqlalchemy.dialects.postgresql.psycopg",
)
KNOWN = Registry(), Reactions("bot.features")

forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload([*LOADED])


class Running(Protocol):
    """A process that was launched; ``returncode`` is None as long as it lives."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def send_signal(self, signal: int, /) -> None: ...

    async def wait(self) -> int: ...


Launch = Callable[[Mapping[str, str]], Awaitable[Running]]


class Fork:
    """A process that has begun with everything loaded."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = forks.Process(target=_serve, args=(dict(environment),), daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, signal: int, /) -> None:
        os.kill(self.pid, signal)

    async def wait(self) -> int:
        await asyncio.to_thread(self._process.join)
        assert self._process.exitcode is not None
        return self._process.exitcode


async def fork(environment: Mapping[str, str]) -> Running:
    """Launch it with everything loaded."""
    return await asyncio.to_thread(Fork, environment)


async def program(
    environment: Mapping[str, str], *, log: Path | None = None, descriptors: int = 0
) -> Running:
    """Launch it as whoever runs it does: it prints into ``log``, and may open so many files."""
    command = [sys.executable, "-m", *SERVE]
    if descriptors:
        command = ["sh", "-c", f'ulimit -n {descriptors}; exec "$@"', "sh", *command]
    with ExitStack() as held:
        printed = held.enter_context(log.open("ab")) if log else None
        return await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=environment, stdout=printed, stderr=printed
        )


def _serve(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [*SERVE]
    main()
