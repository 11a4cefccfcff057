"""The repository as text and as syntax trees, for the tests of the house."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("bot", "commands", "sandbox", "tests", "bench")
BESIDE = (".ci", "docs")
MADE = {"__pycache__"}


def files(*folders: str) -> Iterator[Path]:
    """Every file in these folders, none that a run has made."""
    for folder in folders:
        found = (path for path in sorted((ROOT / folder).rglob("*")) if path.is_file())
        yield from (path for path in found if not MADE & set(path.parts))


def everything() -> list[Path]:
    """Every file that belongs to the project: those in its folders and those beside them."""
    beside = [
        path
        for path in sorted(ROOT.iterdir())
        if path.is_file() and path.name != ".git" and path.suffix != ".db"
    ]
    return [*files(*CODE, *BESIDE), *beside]


def modules(*folders: str) -> list[Path]:
    """Every Python file in these folders."""
    return [path for path in files(*folders) if path.suffix == ".py"]


def named(path: Path) -> str:
    """A file as people call it: from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """A file as a syntax tree, parsed once."""
    return ast.parse(path.read_text(encoding="utf-8"))
