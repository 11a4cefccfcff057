"""What keeps a house a house: few rooms, a name for each thing, and nothing too small to have a place."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.source import ROOT, files, modules, named, tree

ROOMS = 20
LINES = 40
USERS = 3
BOT = [path for path in modules("bot") if "migrations" not in path.parts]

# Found by walking, so that nobody has to name them: reactions, kinds, the client's families and objects.
WALKED = {"Reaction", "Kind", "TextKind", "Resource", "Object"}
VALUES = {"BaseModel", "Exception", "UserError", "Unreadable", "StrEnum"}  # a method of one says what it is
# What has few users and stays where it is, and why.
HAS_A_PLACE = {
    "bot.shell.demo": "a subcommand loads what it needs when it is called, each its own module",
    "bot.features.room.took_part": "names know no sessions, which stand above them and look here too",
    "bot.features.upkeep.acts": "a command knows no job, so somebody has to hand one over for it",
}
# Whom only tests bring into the workspace, beside those who are there.
FROM_ELSEWHERE = {"PARTNER", "WORKER"}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def exports() -> dict[str, str]:
    """What a package hands on, by its name there, and where it comes from."""
    doors = [path for path in BOT if path.name == "__init__.py"]
    return {
        f"{name_of(path)}.{name}": f"{module}.{name}" for path in doors for module, name in imported(path)
    }


def imported(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, each.name) for each in node.names)


@cache
def users() -> dict[str, set[str]]:
    """By module and by name in a module, who imports it; what hands it on does not count."""
    found: dict[str, set[str]] = {}
    for path in (path for path in (*BOT, *modules("commands")) if path.name != "__init__.py"):
        for module, name in imported(path):
            meant = f"{module}.{name}"
            meant = exports().get(meant, meant)
            for used in (meant, meant.rpartition(".")[0]):
                found.setdefault(used, set()).add(name_of(path))
    return found


def classes() -> Iterator[tuple[str, ast.ClassDef]]:
    for path in BOT:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef):
                yield f"{name_of(path)}.{node.name}", node


def types() -> Iterator[tuple[str, str]]:
    for path in BOT:
        for node in tree(path).body:
            for name in _types(node):
                yield name, named(path)


def _types(node: ast.stmt) -> list[str]:
    """A class, or another name for a type: with capitals and small letters, and no variable of types."""
    if isinstance(node, ast.ClassDef):
        names = [node.name]
    elif isinstance(node, ast.Assign) and "TypeVar(" not in ast.unparse(node.value):
        names = [each.id for each in node.targets if isinstance(each, ast.Name)]
    else:
        names = []
    return [name for name in names if name[0].isupper() and not name.isupper()]


def small_modules() -> Iterator[str]:
    for path in BOT:
        if path.name.startswith("__") or path.parent.name == "kinds" or path.name == "reactions.py":
            continue
        if len(path.read_text().splitlines()) < LINES:
            yield name_of(path)


def small_classes() -> Iterator[str]:
    for name, node in classes():
        methods = [
            each.name for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        deeds = [each for each in methods if each == "__call__" or not each.startswith("__")]
        if len(deeds) == 1 and not _is_value(node):
            yield name


def _is_value(node: ast.ClassDef) -> bool:
    """A dataclass holds what it holds, whatever it can say about it; what is walked belongs where it is."""
    return bool(node.decorator_list) or bool({ast.unparse(base) for base in node.bases} & (WALKED | VALUES))


def test_the_top_is_a_table_of_contents() -> None:
    entries = [path for path in (ROOT / "bot").iterdir() if path.name != "__pycache__"]
    assert len(entries) <= ROOMS


def test_a_type_means_one_thing() -> None:
    homes: dict[str, list[str]] = {}
    for name, file in types():
        homes.setdefault(name, []).append(file)
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


def test_what_is_small_is_used_by_three_or_is_at_home() -> None:
    """A class that its own file alone uses is at home there; what has a place of its own says why."""
    lonely = [name for name in small_modules() if len(users().get(name, ())) < USERS]
    lonely += [name for name in small_classes() if 0 < len(users().get(name, ())) < USERS]
    assert sorted(lonely) == sorted(HAS_A_PLACE)


def offered(path: Path) -> Iterator[str]:
    """The functions and constants of a module for others to use; what is decorated is found by walking."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.decorator_list:
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (each.id for each in node.targets if isinstance(each, ast.Name))


def test_what_is_offered_is_used_and_not_by_tests_alone() -> None:
    code = [*BOT, *modules("commands", "sandbox", "bench")]
    texts = [*code, *(path for path in files("sandbox") if path.suffix == ".html")]
    said = Counter(word for path in texts for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))
    public = {name for path in code for name in offered(path) if not name.startswith("_")}
    assert {name for name in public if said[name] == 1} == FROM_ELSEWHERE
