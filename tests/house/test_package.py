"""The wheel, as somebody runs it who has never cloned this: built, and tried where nothing else is."""

import re
import subprocess
import sys
import sysconfig
import venv
from asyncio import timeout
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from importlib.metadata import Distribution, PackagePath, distribution, distributions
from pathlib import Path
from shutil import copytree, ignore_patterns
from zipfile import ZipFile

import aiohttp
import pytest
from packaging.requirements import Requirement

from tests.house.source import ROOT
from tests.patience import PATIENCE
from tests.processes import started

MADE = (
    "bot",
    "commands",
    "sandbox",
    "docs/commands.md",
    "app_manifest.yml",
    "pyproject.toml",
    "README.md",
    "LICENSE",
)
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is handed out, built from a copy of what is in it."""
    source = tmp_path_factory.mktemp("source")
    for name in MADE:
        if (ROOT / name).is_dir():
            copytree(ROOT / name, source / name, symlinks=True, ignore=ignore_patterns("__pycache__"))
        else:
            (source / name).parent.mkdir(exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    built = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(source), "."]
    subprocess.run(built, cwd=source, check=True, capture_output=True)
    (made,) = source.glob("*.whl")
    return made


def environment(folder: Path, wheel: Path, *extras: str) -> Path:
    """A new environment with the wheel and what it says that it needs, and nothing else; its programs."""
    venv.create(folder, with_pip=False, symlinks=True)
    installing = [*PIP, "--python", str(folder), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(installing, check=True, capture_output=True)
    there = sysconfig.get_path("purelib", "venv", {"base": str(folder)})
    (bot,) = distributions(name="hms-bot", path=[there])
    for place in {path for one in needed(bot, set(extras), set()) for path in places(one)}:
        Path(there, place.name).symlink_to(place)
    return folder / "bin"


def needed(one: Distribution, extras: set[str], seen: set[str]) -> Iterator[Distribution]:
    """What a distribution needs, and what those need: each once."""
    for wanted in map(Requirement, one.requires or ()):
        applies = [wanted.marker is None or wanted.marker.evaluate({"extra": each}) for each in extras | {""}]
        if any(applies) and wanted.name not in seen:
            seen.add(wanted.name)
            found = distribution(wanted.name)
            yield found
            yield from needed(found, wanted.extras, seen)


def places(one: Distribution) -> Iterator[Path]:
    """What of the packages' folder is its."""
    firsts = {PackagePath(path).parts[0] for path in one.files or ()} - {"..", "__pycache__"}
    yield from (Path(one.locate_file(first)) for first in firsts)


def test_it_holds_the_bot_its_commands_and_its_sandbox_and_nothing_else(wheel: Path) -> None:
    names = {name.partition("/")[0] for name in ZipFile(wheel).namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"bot", "commands", "sandbox"}


async def test_the_demo_runs_where_nothing_else_is(wheel: Path, tmp_path: Path) -> None:
    programs = environment(tmp_path / "new", wheel, "demo")
    command = (str(programs / "hms-bot"), "demo", "--port", "0")
    async with started(*command, cwd=tmp_path, stdout=PIPE, stderr=PIPE) as process, timeout(PATIENCE):
        assert process.stdout
        found = re.match(r"Open (http://\S+)/ ", (await process.stdout.readline()).decode())
        assert found
        async with aiohttp.ClientSession() as session, session.get(found[1]) as page:
            assert "standup" in await page.text()


def test_without_what_the_demo_takes_it_says_how_to_get_it(wheel: Path, tmp_path: Path) -> None:
    programs = environment(tmp_path / "new", wheel)
    said = subprocess.run([programs / "hms-bot", "demo"], check=False, capture_output=True, text=True)
    assert said.returncode == 1
    assert said.stderr == "This is hms-bot without its demo. Install it with: hms-bot[demo].\n"
