"""``hms-bot serve`` as a process that can be killed: a program as anywhere, or one that has all loaded."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from tests.forking import Fork

ROOT = Path(__file__).parents[2]
SERVE = ("bot", "serve")


class Running(Protocol):
    """A process that was launched; ``returncode`` is None as long as it lives."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def send_signal(self, signal: int, /) -> None: ...

    async def wait(self) -> int: ...


Launch = Callable[[Mapping[str, str]], Awaitable[Running]]


class Forked(Fork):
    """A process that has begun with everything loaded."""

    async def wait(self) -> int:
        return await asyncio.to_thread(self.join)


async def fork(environment: Mapping[str, str]) -> Running:
    """Launch it with everything loaded."""
    return await asyncio.to_thread(Forked, ("serve",), environment)


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
