"""Tries the Dockerfile: `python -m tests.house.dockerfile`, by Docker itself where it is there.

Where it is not, the steps are read from the file; those of the first stage are run in a folder, and what
they installed is run, asked for its health and ended as the last stage says. What takes an image is named.
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

from tests.house.installed import REFUSAL, Container, try_out
from tests.house.source import ROOT

INSTALLED = "/opt/hms-bot"
IMAGE = "hms-bot-tried"
TAKES_AN_IMAGE = {"FROM", "RUN", "USER", "VOLUME", "EXPOSE"}


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
        quiet = {"PATH": path, "PIP_QUIET": "2"}
        subprocess.run(["/bin/sh", "-ec", inside], check=True, cwd=self.here, env=os.environ | quiet)


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


def why_not() -> str:
    """Why no image can be built here; empty where one can."""
    docker = shutil.which("docker")
    if docker is None:
        return "There is no Docker here."
    answers = subprocess.run([docker, "info"], check=False, capture_output=True).returncode == 0
    return "" if answers else "There is a docker command here, but no daemon answers it."


def main() -> None:
    """Build, or do what can be done without Docker; exits 1 when a step fails."""
    reason = why_not()
    if reason:
        _say(
            f"{reason} No image was built. In a folder, with Python {sys.version.split()[0]} of this machine:"
        )
        _in_a_folder(*stages((ROOT / "Dockerfile").read_text()))
    else:
        _in_an_image()


def _in_an_image() -> None:
    subprocess.run(["docker", "build", "--tag", IMAGE, "."], check=True, cwd=ROOT)
    lacking = subprocess.run(["docker", "run", "--rm", IMAGE], check=False, capture_output=True, text=True)
    if lacking.returncode != 1 or not lacking.stderr.startswith(REFUSAL):
        sys.exit(f"Without tokens it should say that {REFUSAL}: {lacking.stderr}")
    _say(f"Built {IMAGE}; without tokens: exit 1, {lacking.stderr.strip()}")


def _in_a_folder(building: list[Step], final: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        for step in building:
            _say(f"  {step.word} {step.rest}")
            stage.run(step)
        (stage.root / "data").mkdir()
        for seen in try_out(Container.read({step.word: step.rest for step in final}), stage.root):
            _say(f"  {seen}")
    _say("Not tried, for it takes an image:")
    for step in (*building[:1], *final):
        if step.word in TAKES_AN_IMAGE:
            _say(f"  {step.word} {step.rest}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
