"""The table of CONTRIBUTING is true: one more of each is added to a copy of the house, the files counted."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.additions import ADDITIONS, Addition
from tests.house.source import CODE, ROOT

BESIDE = ("README.md", "pyproject.toml", "app_manifest.yml")
ROW = re.compile(r"^\| (?P<what>[^|]+) \| (?P<write>[^|]+) \| (?P<files>\d+) \|$", re.MULTILINE)
PLACE = re.compile(r"`([\w/]+/|[\w/]*\w\.(?:py|md|txt|toml))`")  # a folder or a file, in backticks
ROWS = {row["what"]: row for row in ROW.finditer((ROOT / "CONTRIBUTING.md").read_text())}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this house with one more of each."""
    house = tmp_path_factory.mktemp("house")
    for folder in (*CODE, "docs"):
        shutil.copytree(ROOT / folder, house / folder)
    for name in BESIDE:
        shutil.copy(ROOT / name, house / name)
    for addition in ADDITIONS:
        addition.made_in(house)
    return house


def test_everything_that_was_added_works(grown: Path) -> None:
    """In a process of its own, which knows no other house; what was compiled here is good there too."""
    tests = [test for addition in ADDITIONS for test in addition.tests]
    quick = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *quick, *tests],
        cwd=grown,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "skipped" not in ran.stdout


def test_the_table_lists_what_is_tried_here() -> None:
    assert list(ROWS) == [addition.what for addition in ADDITIONS]


@pytest.mark.parametrize("addition", ADDITIONS, ids=lambda addition: addition.what)
def test_the_table_says_where_and_in_how_many_files(addition: Addition) -> None:
    row = ROWS[addition.what]
    places = PLACE.findall(row["write"])
    assert len(addition.files) == int(row["files"])
    assert [place for place in places if not any(_in(place, name) for name in addition.files)] == []
    assert [name for name in addition.files if not any(_in(place, name) for place in places)] == []


def test_no_file_is_written_for_two_of_them() -> None:
    """So that none of them lives by what was written for another."""
    names = [name for addition in ADDITIONS for name in (*addition.files, *addition.proof)]
    assert sorted(names) == sorted(set(names))


def _in(place: str, name: str) -> bool:
    return name.startswith(place) if place.endswith("/") else f"/{name}".endswith(f"/{place}")
