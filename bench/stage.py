"""The stage of a benchmark: the town, where answers go, the bot and its peers."""

import json
import subprocess
import time
import urllib.request
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import peers
from bench.load import Taken
from bench.processes import HOST, ROOT, SIGNING_SECRET, Program, Running, python, running, secrets

BOT, BOLT, NODE, ASGI = "hms-bot", "bolt for Python", "bolt for Node", "raw ASGI"
BEFORE = "hms-bot before"  # the bot of another checkout, in a town of its own
PATIENCE = 60.0  # seconds without a further answer; how long all of them take is what is measured
LOOK_EVERY = 0.05  # seconds; whoever looks takes processor from those who answer


@dataclass(frozen=True)
class Stage:
    """What stands while a benchmark runs; ``programs`` by the names above."""

    folder: Path
    town: str
    answers: Running
    programs: Mapping[str, Program]
    town_before: str = ""

    def start(self, name: str, held: ExitStack) -> Running:
        """Start one of the programs and wait until it has acked once."""
        started = held.enter_context(running(self.programs[name], self.folder))
        started.listens()
        self.load(started, "help", count=1)
        return started

    def load(
        self,
        server: Running,
        line: str,
        *,
        count: int,
        connections: int = 1,
        pause: float = 0.0,
        first: int = 0,
    ) -> Taken:
        """Type a line so often; answers how long the acks took."""
        return taken(
            self.loading(server, line, count=count, connections=connections, pause=pause, first=first)
        )

    def loading(self, server: Running, line: str, **how: float) -> "subprocess.Popen[str]":
        """The same, without waiting for it."""
        order = {
            "port": server.port,
            "secret": SIGNING_SECRET,
            "line": line,
            "run": uuid.uuid4().hex,
            "response_url": f"http://{HOST}:{self.answers.port}/",
            **how,
        }
        command = [*python("bench.load"), json.dumps(order)]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def answered(self) -> int:
        """How many answers have come so far, of all that was ever asked."""
        with urllib.request.urlopen(f"http://{HOST}:{self.answers.port}/") as said:
            return int(said.read())

    def wait_for_answers(self, count: int) -> None:
        """Wait until so many have come; raises TimeoutError when no more do."""
        came, since = self.answered(), time.perf_counter()
        while came < count:
            time.sleep(LOOK_EVERY)
            before, came = came, self.answered()
            since = time.perf_counter() if came > before else since
            if time.perf_counter() - since > PATIENCE:
                raise TimeoutError(f"{came} answers of {count} came, and none for {PATIENCE:.0f} s.")

    def lag(self, seconds: float) -> None:
        """Let 100ms take so long for each answer, also to the bot of before."""
        for town in filter(None, (self.town, self.town_before)):
            urllib.request.urlopen(f"{town}/lag/{seconds}", b"").close()

    def fault(self, **fault: object) -> None:
        """Let 100ms answer worse for a while."""
        request = urllib.request.Request(
            f"{self.town}/_sim/fault", json.dumps(fault).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request).close()


def taken(loading: "subprocess.Popen[str]") -> Taken:
    """Wait for a load and read what came of it; raises ChildProcessError when it failed."""
    said, _ = loading.communicate()
    if loading.returncode:
        raise ChildProcessError("A load was not answered.")
    return Taken(**json.loads(said))


@contextmanager
def set_up(*names: str, before: Path | None = None) -> Iterator[Stage]:
    """Set up a stage with the bot and these peers, and with the bot of another checkout."""
    with TemporaryDirectory(prefix="hms-bot-bench-") as made, ExitStack() as held:
        folder = Path(made)
        town = _town("town", folder, held)
        answers = held.enter_context(running(Program("answers", python("bench.answers")), folder))
        answers.listens()
        programs = _programs(names, secrets(town), folder)
        other = _town("town of before", folder, held) if before else ""
        if before:
            programs[BEFORE] = bot(secrets(other), folder / "before.db", root=before)
        yield Stage(folder, town, answers, programs, other)


def _town(name: str, folder: Path, held: ExitStack) -> str:
    """The address of a town: one a bot, since what one has ended the other cannot end."""
    started = held.enter_context(running(Program(name, python("bench.town")), folder))
    started.listens()
    return f"http://{HOST}:{started.port}"


def _programs(names: Sequence[str], given: Mapping[str, str], folder: Path) -> dict[str, Program]:
    programs = {BOT: bot(given, folder / "hms-bot.db")}
    if BOLT in names:
        programs[BOLT] = peers.bolt_python(given)
    if NODE in names:
        programs[NODE] = peers.bolt_node(given)
    if ASGI in names:
        programs[ASGI] = peers.raw_asgi(given)
    return programs


def bot(given: Mapping[str, str], database: Path, *, root: Path = ROOT) -> Program:
    environment = {**given, "DATABASE_URL": f"sqlite:///{database}"}
    name = BOT if root == ROOT else BEFORE
    return Program(name, python("bot", "serve"), environment, port_in_environment=True, root=root)
