"""Which commands call which operations of 100ms, read from the code."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from tests.house.source import ROOT, modules, named, tree

Function = ast.FunctionDef | ast.AsyncFunctionDef
OPERATION = re.compile(r"\bhms\.(\w+\.\w+)\b")
EACH = re.compile(r"\.each(?:_(\w+))?$")  # walks the pages of a list


def callers() -> Mapping[str, list[str]]:
    """Every operation, and the words of the commands that reach it by way of the acts of features."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    functions = {_key(path, name): node for path, name, node in _functions()}
    for key in functions:
        if key.startswith("commands."):
            for operation in _reached(key, functions):
                found[operation].add(_words(key))
    return {operation: sorted(commands) for operation, commands in found.items()}


def _functions() -> Iterator[tuple[str, str, Function]]:
    for path in modules("bot/features", "commands"):
        module = named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for node in ast.walk(tree(path)):
            if isinstance(node, Function):
                yield module, node.name, node


def _key(module: str, name: str) -> str:
    return f"{module}.{name}"


def _reached(key: str, functions: Mapping[str, Function]) -> set[str]:
    """The operations that a function calls, itself or through those it calls."""
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        one = waiting.pop()
        if one in functions and one not in seen:
            seen.add(one)
            waiting += _called(one.rpartition(".")[0], functions[one])
    found = {each for one in seen for each in OPERATION.findall(ast.unparse(functions[one]))}
    return {EACH.sub(_listed, operation) for operation in found}


def _listed(each: re.Match[str]) -> str:
    """The list whose pages are walked: ``each_response`` walks ``list_responses``."""
    return f".list_{each[1]}s" if each[1] else ".list"


def _called(module: str, function: Function) -> Iterator[str]:
    """What a function may call: functions of its own module, and of those that it imports."""
    imported = _imported(module)
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield imported.get(node.id, _key(module, node.id))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield _key(imported.get(node.value.id, module), node.attr)


@cache
def _imported(module: str) -> dict[str, str]:
    stem = module.replace(".", "/")
    path = next(path for path in (ROOT / f"{stem}.py", ROOT / f"{stem}/__init__.py") if path.exists())
    lines = [node for node in tree(path).body if isinstance(node, ast.ImportFrom)]
    return {
        each.asname or each.name: _key(node.module or "", each.name) for node in lines for each in node.names
    }


def _words(key: str) -> str:
    """What people type for a command, by the path of its file."""
    return " ".join(key.split(".")[1:-1]).replace("_", "-")
