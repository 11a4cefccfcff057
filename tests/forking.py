"""``hms-bot`` as the fork of a process that has imported everything and done nothing.

What it imports is most of a start and the same each time, and the tests start it hundreds of times. A start
from nothing is seen in tests/bot/shell/test_loading.py and in whatever asks for a program.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.__main__ import main
from bot.command import Registry
from bot.command.reaction import Reactions

# This module loads every command and reaction; the others are what a start imports only when it needs it.
LOADED = (
    __name__,
    "bot.shell.serve",
    "bot.shell.do",
    "bot.shell.doctor",
    "bot.shell.trail",
    "bot.work.procrastinate",
    "sqlalchemy.dialects.postgresql.psycopg",
)
KNOWN = Registry(), Reactions("bot.features")

forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload([*LOADED])


class Fork:
    """A process that has begun with everything loaded; ``returncode`` is None as long as it lives.

    What it prints goes into ``printed``, a file each for stdout and stderr; without them to where ours goes.
    """

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str], printed: Sequence[Path] = ()
    ) -> None:
        arguments = tuple(words), dict(environment), tuple(map(str, printed))
        self._process = forks.Process(target=_run, args=arguments, daemon=True)
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

    def kill(self) -> None:
        """End it, if it has not ended."""
        self._process.kill()

    def join(self) -> int:
        """Wait until it has ended."""
        self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode


def _run(words: tuple[str, ...], environment: dict[str, str], printed: tuple[str, ...]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number, path in enumerate(printed, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = ["bot", *words]
    main()
