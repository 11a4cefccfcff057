"""Which commands call which operations of 100ms, read from the code."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tests.house.source import ROOT, modules, named, tree

Function = ast.FunctionDef | ast.AsyncFunctionDef
OPERATION = re.compile(r"\bhms\.(\w+\.\w+)\b")
EACH = re.compile(r"\.each(?:_(\w+))?$")  # walks the pages of a list


@dataclass(frozen=True)
class Place:
    """Where a function stands: in a module, perhaps in a class of it; what it encloses is a part of it."""

    module: str
    scope: str
    node: Function


def callers() -> Mapping[str, list[str]]:
    """Every operation, and the words of the commands that reach it by way of the acts of features."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    functions = {_key(place.scope, place.node.name): place for place in _functions()}
    for key, place in functions.items():
        if key.startswith("commands."):
            for operation in _reached(key, functions):
                found[operation].add(_words(place.module))
    return {operation: sorted(commands) for operation, commands in found.items()}


def _functions() -> Iterator[Place]:
    for path in modules("bot/features", "commands"):
        module = named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for node in tree(path).body:
            if isinstance(node, Function):
                yield Place(module, module, node)
            if isinstance(node, ast.ClassDef):
                methods = [each for each in node.body if isinstance(each, Function)]
                yield from (Place(module, _key(module, node.name), each) for each in methods)


def _key(scope: str, name: str) -> str:
    return f"{scope}.{name}"


def _reached(key: str, functions: Mapping[str, Place]) -> set[str]:
    """The operations that a function calls, itself or through those it calls."""
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        one = waiting.pop()
        if one in functions and one not in seen:
            seen.add(one)
            waiting += _called(functions[one])
    found = {each for one in seen for each in OPERATION.findall(ast.unparse(functions[one].node))}
    return {EACH.sub(_listed, operation) for operation in found}


def _listed(each: re.Match[str]) -> str:
    """The list whose pages are walked: ``each_response`` walks ``list_responses``."""
    return f".list_{each[1]}s" if each[1] else ".list"


def _called(place: Place) -> Iterator[str]:
    """What a function may call: functions of its own class and module, and of those that it imports."""
    known = {"self": place.scope, "cls": place.scope, **_imported(place.module)}
    enclosed = {node.name for node in ast.walk(place.node) if isinstance(node, Function)}
    for node in ast.walk(place.node):
        if isinstance(node, ast.Name) and node.id not in enclosed:
            yield known.get(node.id, _key(place.module, node.id))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield _key(known.get(node.value.id, _key(place.module, node.value.id)), node.attr)


@cache
def _imported(module: str) -> dict[str, str]:
    stem = module.replace(".", "/")
    path = next(path for path in (ROOT / f"{stem}.py", ROOT / f"{stem}/__init__.py") if path.exists())
    lines = [node for node in tree(path).body if isinstance(node, ast.ImportFrom)]
    return {
        each.asname or each.name: _key(node.module or "", each.name) for node in lines for each in node.names
    }


def _words(module: str) -> str:
    """What people type for a command, by the path of its file."""
    return " ".join(module.split(".")[1:]).replace("_", "-")
