"""A kind of argument is one file: it is found by walking, and nobody else asks which kind something is."""

import ast
from collections.abc import Iterator

from bot.command import kinds
from tests.house.source import modules, named, tree

HOME = "bot/command/kinds/"
OWN = {kind.__name__: kind.__module__ for kind in kinds.kinds()}
ASKING = {"isinstance", "issubclass", "type"}


def name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def nodes(*folders: str) -> Iterator[tuple[str, ast.AST]]:
    return ((named(path), node) for path in modules(*folders) for node in ast.walk(tree(path)))


def test_a_kind_is_named_in_its_own_file_alone() -> None:
    homes = {name: f"{module.replace('.', '/')}.py" for name, module in OWN.items()}
    said = [(file, name_of(node)) for file, node in nodes("bot", "commands")]
    assert [(file, name) for file, name in said if homes.get(name, file) != file] == []


def test_nobody_asks_which_kind_something_is() -> None:
    calls = [(file, node) for file, node in nodes("bot", "commands") if isinstance(node, ast.Call)]
    asked = [(file, node) for file, node in calls if name_of(node.func) in ASKING and node.args]
    assert [f"{file}:{node.lineno}" for file, node in asked if _of_a_kind(node)] == []


def _of_a_kind(call: ast.Call) -> bool:
    """Whether an argument's kind is what is asked about, or a kind what it is held against."""
    subject, *against = [node for argument in call.args for node in ast.walk(argument)]
    return (isinstance(subject, ast.Attribute) and subject.attr == "kind") or bool(
        {name_of(node) for node in against} & set(OWN)
    )
