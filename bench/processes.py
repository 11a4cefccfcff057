"""Programs that run beside the benchmark, on this machine only, and are gone when it ends."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.demo import account

HOST = "127.0.0.1"
PATIENCE = 90.0  # seconds until a program listens, on a machine that does much else
LOOK_EVERY = 0.002
STOPS = 15.0
ROOT = Path(__file__).parents[1]
OURS = ("SLACK_", "HMS_", "DATABASE_URL", "HOST", "PORT", "SECRET_KEY", "LOG_FORMAT", "PYTHON")
SIGNING_SECRET = "bench-signing-secret"


@dataclass(frozen=True)
class Program:
    """What is started to serve on a port, which stands last in the command or under ``PORT``.

    ``root`` is the checkout whose modules it runs.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    port_in_environment: bool = False
    root: Path = ROOT


@dataclass(frozen=True)
class Running:
    """A program that runs."""

    name: str
    process: "subprocess.Popen[bytes]"
    port: int

    def listens(self) -> None:
        """Wait until it takes connections; raises TimeoutError, or ChildProcessError when it has ended."""
        until = time.perf_counter() + PATIENCE
        while not _open(self.port):
            if self.process.poll() is not None:
                raise ChildProcessError(f"{self.name} ended with exit code {self.process.returncode}.")
            if time.perf_counter() > until:
                raise TimeoutError(f"{self.name} does not listen after {PATIENCE:.0f} s.")
            time.sleep(LOOK_EVERY)

    def memory(self) -> float:
        """Resident memory in megabytes."""
        said = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self.process.pid)], check=True, capture_output=True, text=True
        )
        return int(said.stdout) / 1024

    def processor(self) -> float:
        """Seconds of processor that it has taken so far, its own and the system's for it."""
        stated = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8")
        fields = stated.rpartition(")")[2].split()  # the name before it may hold anything
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(program: Program, folder: Path) -> Iterator[Running]:
    """Run a program for as long as the block lasts; what it prints goes into the folder."""
    port = free_port()
    log = folder / f"{program.name.replace('/', ' ')}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*program.command, *([] if program.port_in_environment else [str(port)])],
            env=environment({**program.environment, "HOST": HOST, "PORT": str(port)}),
            cwd=program.root,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield Running(program.name, process, port)
    finally:
        process.terminate()
        try:
            process.wait(STOPS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def python(module: str, *arguments: object) -> Sequence[str]:
    """How a module of ours is run."""
    return sys.executable, "-m", module, *map(str, arguments)


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


def secrets(town: str) -> Mapping[str, str]:
    """What leads a bot to the emulated Slack and 100ms at an address, and lets signed requests in."""
    given = account.environment(town)
    over_http = {name: value for name, value in given.items() if name != "SLACK_APP_TOKEN"}
    return {**over_http, "SLACK_SIGNING_SECRET": SIGNING_SECRET, "LOG_FORMAT": "json"}


def _open(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex((HOST, port)) == 0


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment without what leads to a real account or a proxy, or has Python keep no bytecode."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(OURS) and not name.lower().endswith("_proxy")
    }
    return {**kept, **given}
