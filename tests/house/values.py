"""Where some of our own words are handed over as a value without being a ``Term``: found in the code.

A value is followed to where it comes from: through conditions, lists and tables of constants, the names of
its function and module, and into the functions and properties of ours that answer it.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from tests.house.sentences import SAYING, name_of
from tests.house.source import ROOT, modules, tree

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
# What hangs on a reply is no value of it.
ASIDE = {"button", "meanwhile", "buttons", "rows", "undo", "stakes", "table"}
KINDS = {"Term", "Code", "Counted", "Mention", "Channel", "Day", "Reply", "str", "int", "len"}
THROUGH = {"tuple", "list", "sorted", "filter", "reversed", "MappingProxyType"}  # they answer what they took


@dataclass(frozen=True)
class Scope:
    """Where an expression stands: what its names mean."""

    path: Path
    function: FUNCTIONS | None = None
    seen: list[ast.AST] = field(default_factory=list)

    @property
    def where(self) -> ast.AST:
        """What is searched for the names of the function."""
        return self.function or tree(self.path)


def bare(*paths: Path) -> Iterator[tuple[Path, str]]:
    """Every piece of our own words that a reply or a table would show as somebody else's."""
    for path in paths:
        for scope, call in _calls(path):
            for value in values(call):
                yield from ((path, words) for words in _words(value, scope))


def values(call: ast.Call) -> list[ast.expr]:
    """The expressions of a call that are shown as values: in a sentence, in rows, in facts."""
    if name_of(call) == "Table" and isinstance(call.func, ast.Name):
        return [*call.args[1:], *(each.value for each in call.keywords if each.arg == "rows")]
    if name_of(call) == "Message":
        return [*call.args[2:3], *(each.value for each in call.keywords if each.arg == "facts")]
    if name_of(call) in SAYING - {"Button", "ShownButton"}:
        return [each.value for each in call.keywords if each.arg not in ASIDE]
    return []


def _calls(path: Path) -> Iterator[tuple[Scope, ast.Call]]:
    inside = [node for node in ast.walk(tree(path)) if isinstance(node, FUNCTIONS)]
    held = {call: function for function in inside for call in _those_of(ast.Call, function)}
    for call in _those_of(ast.Call, tree(path)):
        yield Scope(path, held.get(call)), call


def _those_of(kind: type[Any], node: ast.AST) -> Iterator[Any]:
    return (each for each in ast.walk(node) if isinstance(each, kind))


def _words(value: ast.AST, scope: Scope) -> Iterator[str]:
    if any(value is each for each in scope.seen):
        return
    scope.seen.append(value)
    if isinstance(value, ast.Constant):
        if isinstance(value.value, str) and any(letter.isalpha() for letter in value.value):
            yield value.value
        return
    for part, there in _parts(value, scope):
        # What calls itself is followed once: a property may answer with a function of its own name.
        yield from _words(part, replace(there, seen=scope.seen))


def _parts(value: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
    """What a value may be, or is made of."""
    match value:
        case ast.Name(name):
            yield from _named(name, scope)
        case ast.Attribute(_, name):
            yield from _answered(name, *_properties(name)) if name.islower() else _constants(name)
        case ast.Call():
            yield from _called(value, scope)
        case _:
            yield from ((part, scope) for part in _pieces(value))


def _pieces(value: ast.AST) -> list[ast.expr]:  # noqa: PLR0911 -- one arm a shape
    match value:
        case ast.IfExp(_, body, orelse):
            return [body, orelse]
        case ast.BoolOp(_, parts) | ast.JoinedStr(parts) | ast.Dict(_, parts):
            return parts
        case ast.Tuple(parts) | ast.List(parts) | ast.Set(parts):
            return parts
        case ast.Starred(part) | ast.Await(part) | ast.NamedExpr(_, part) | ast.Subscript(part, _):
            return [part]
        case ast.GeneratorExp(part) | ast.ListComp(part) | ast.SetComp(part) | ast.DictComp(_, part):
            return [part]
        case ast.BinOp(left, _, right):
            return [left, right]
    return []


def _called(call: ast.Call, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
    name = name_of(call)
    if name in KINDS:
        return
    if name in THROUGH:
        yield from ((part, scope) for part in call.args)
    if name == "map":
        yield from _functions(call.args[0], scope)
    if name == "get" and isinstance(call.func, ast.Attribute):
        yield from ((part, scope) for part in (call.func.value, *call.args[1:]))
    yield from _functions(call.func, scope)


def _named(name: str, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
    """What a name was given: in its function, else in its module, else where it was imported from."""
    for where in (scope.where, tree(scope.path)):
        if name in _given(where):
            yield from ((part, scope) for part in _given(where)[name])
            return
    if name.isupper():
        yield from _constants(name)


@cache
def _given(where: ast.AST) -> Mapping[str, list[ast.expr]]:
    """Everything that the names of a function or a module were given."""
    given: dict[str, list[ast.expr]] = {}
    for name, value in (pair for node in ast.walk(where) for pair in _gifts(node)):
        given.setdefault(name, []).append(value)
    return given


def _gifts(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign([ast.Tuple(names)], ast.Tuple(values)):
            yield from ((ast.unparse(name), value) for name, value in zip(names, values, strict=True))
        case ast.Assign([ast.Name(name)], value) | ast.AugAssign(ast.Name(name), _, value):
            yield name, value
        case ast.AnnAssign(ast.Name(name), _, value) if value:
            yield name, value
        case ast.comprehension(ast.Name(name), value) | ast.For(ast.Name(name), value):
            yield name, value
        case ast.Call(ast.Attribute(ast.Name(name), "append" | "extend"), values):
            yield from ((name, value) for value in values)


def _functions(called: ast.expr, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
    """What a function of ours may answer: of this file, or of the module that it is called on."""
    match called:
        case ast.Name(name):
            yield from _answered(name, scope.path, *_sources(name, scope.path))
        case ast.Attribute(ast.Name("self"), name):
            yield from _answered(name, scope.path)
        case ast.Attribute(ast.Name(module), name):
            yield from _answered(name, *_sources(module, scope.path))


@cache
def _sources(name: str, path: Path) -> list[Path]:
    """The files of ours that a name may have been imported from."""
    files: list[Path] = []
    for node in _those_of(ast.ImportFrom, tree(path)):
        for real in (each.name for each in node.names if name in {each.name, each.asname}):
            base = ROOT / (node.module or "").replace(".", "/")
            files += [base.with_suffix(".py"), base / f"{real}.py"]
    return [file for file in files if file.exists()]


def _answered(name: str, *paths: Path) -> Iterator[tuple[ast.AST, Scope]]:
    """What the functions of this name in some files answer."""
    for path in paths:
        for function in _functions_of(path).get(name, ()):
            returned = (node.value for node in _those_of(ast.Return, function) if node.value)
            yield from ((value, Scope(path, function)) for value in returned)


def _constants(name: str) -> Iterator[tuple[ast.AST, Scope]]:
    for path in _ours():
        yield from ((part, Scope(path)) for part in _given(tree(path)).get(name, ()))


@cache
def _ours() -> tuple[Path, ...]:
    return tuple(modules("bot", "commands"))


@cache
def _properties(name: str) -> list[Path]:
    """The files in which something has a property of this name."""
    return [
        path
        for path in _ours()
        if any(
            "property" in map(ast.unparse, one.decorator_list) for one in _functions_of(path).get(name, ())
        )
    ]


@cache
def _functions_of(path: Path) -> Mapping[str, list[FUNCTIONS]]:
    functions: dict[str, list[FUNCTIONS]] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, FUNCTIONS):
            functions.setdefault(node.name, []).append(node)
    return functions
