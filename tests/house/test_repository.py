"""What must stand in no file: where somebody keeps things, where packages came from, what is left to do."""

import re
from pathlib import Path

from tests.house.source import everything, named

# In pieces, so that this file does not hold them itself.
FOLDERS = re.compile(
    "(?<![\\w.-])/(?:" + "|".join(["ro" + "ot", "wo" + "rk", "ho" + "me", "Us" + "ers"]) + ")/"
)
ADDRESSES = re.compile("|".join(["--index" + "-url", "--find" + "-links", "py" + r"pi\.", "/sim" + "ple/"]))
PROMISES = re.compile("|".join([r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bX" + r"XX\b"]))
# Where the program that makes the lock file is told to leave them out.
ALLOWED = {"tests/house/lock.py"}


def test_no_file_speaks_of_one_machine() -> None:
    assert holding(FOLDERS) == []


def test_no_file_says_where_packages_come_from() -> None:
    assert [name for name in holding(ADDRESSES) if name not in ALLOWED] == []


def test_no_file_puts_something_off() -> None:
    assert holding(PROMISES) == []


def holding(pattern: re.Pattern[str]) -> list[str]:
    """The files in which something stands."""
    return [named(path) for path in everything() if pattern.search(read(path))]


def read(path: Path) -> str:
    """A file as text; a picture holds none, only bytes that may look like anything."""
    held = path.read_bytes()
    return "" if b"\0" in held else held.decode(errors="replace")
