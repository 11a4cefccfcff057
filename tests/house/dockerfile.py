"""Tries the Dockerfile: `python -m tests.house.dockerfile`, by Docker itself where it is there.

Where it is not, the steps are read from the file and those of the first stage are run in a folder, as the
image would run them; what needs an image of its own is named and left out.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.house.source import ROOT

INSTALLED = "/opt/hms-bot"
REFUSAL = "SLACK_BOT_TOKEN is not set"


@dataclass(frozen=True)
class Step:
    """One instruction, its lines joined."""

    word: str
    rest: str


@dataclass
class Stage:
    """Where the steps of a stage are run: a folder in place of an image."""

    root: Path
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        self.here = self.root

    def run(self, step: Step) -> None:
        """Do what the step says, inside the folder; a step that is only a setting does nothing."""
        match step.word:
            case "WORKDIR":
                self.here = self.root / step.rest.lstrip("/")
                self.here.mkdir(parents=True, exist_ok=True)
            case "COPY":
                self._copy(*step.rest.split())
            case "RUN":
                self._shell(step.rest)

    def _copy(self, *names: str) -> None:
        *sources, target = names
        for name in sources:
            source, place = ROOT / name, self.here / target
            if source.is_dir():
                shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, place)

    def _shell(self, command: str) -> None:
        inside = command.replace(INSTALLED, f"{self.root}{INSTALLED}")
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        subprocess.run(["/bin/sh", "-ec", inside], check=True, cwd=self.here, env=os.environ | {"PATH": path})


def steps(text: str) -> Iterator[Step]:
    """The instructions of a Dockerfile, in order."""
    whole = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    for line in re.sub(r"\\\n\s*", "", whole).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield Step(word, rest.strip())


def stages(text: str) -> list[list[Step]]:
    """The instructions of each stage, beginning with its FROM."""
    found: list[list[Step]] = []
    for step in steps(text):
        if step.word == "FROM":
            found.append([])
        found[-1].append(step)
    return found


def docker_is_there() -> bool:
    """Whether an image can be built here: the program is there and its daemon answers."""
    docker = shutil.which("docker")
    return (
        docker is not None
        and not subprocess.run([docker, "info"], check=False, capture_output=True).returncode
    )


def main() -> None:
    """Build, or do what can be done without Docker; exits 1 when a step fails."""
    if docker_is_there():
        subprocess.run(["docker", "build", "."], check=True, cwd=ROOT)
        return
    building, final = stages((ROOT / "Dockerfile").read_text())
    with TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        _say(f"No Docker here. In a folder, with Python {sys.version.split()[0]} of this machine:")
        for step in building:
            _say(f"  {step.word} {step.rest}")
            stage.run(step)
        _try(Path(f"{folder}{INSTALLED}"), Path(folder))
        _say("Not tried, for it takes an image:")
        for step in final:
            _say(f"  {step.word} {step.rest}")


def _try(installed: Path, folder: Path) -> None:
    """What was installed runs from anywhere, brings its migrations along, and says what it lacks."""
    environment = {
        "PATH": f"{installed / 'bin'}:/usr/bin:/bin",
        "HMS_ACCESS_KEY": "key",
        "HMS_SECRET": "secret",
        "SLACK_SIGNING_SECRET": "secret",
        "DATABASE_URL": f"sqlite:///{folder / 'hms-bot.db'}",
    }
    subprocess.run(
        ["hms-bot", "migrate"], check=True, cwd=folder, env=environment | {"SLACK_BOT_TOKEN": "xoxb-none"}
    )
    _say("  hms-bot migrate: done")
    serving = subprocess.run(
        ["hms-bot", "serve"], check=False, cwd=folder, env=environment, capture_output=True, text=True
    )
    if serving.returncode != 1 or not serving.stderr.startswith(REFUSAL):
        sys.exit(f"hms-bot serve should say that {REFUSAL}: {serving.stderr}")
    _say(f"  hms-bot serve: {serving.stderr.strip()}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
