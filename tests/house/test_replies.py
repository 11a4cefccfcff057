"""What people read is a template with values: it can be translated, and no name can speak for the bot."""

import ast
from collections.abc import Iterator

from tests.house.sentences import SAYING, name_of, said, templates
from tests.house.source import modules, named, tree

BUILT = ast.JoinedStr | ast.BinOp
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
# Where a template is joined from the names of its values alone.
ALLOWED = {"bot/slack/drawing/tables.py"}


def test_no_reply_is_built_from_pieces() -> None:
    assert [where for where in built() if where.partition(":")[0] not in ALLOWED] == []


def test_every_sentence_is_found_for_the_catalogue() -> None:
    words = {each.words for each in said()}
    assert {"Ended {room} for {people}.", "End for {people}", "Deny", "Undo"} <= words
    assert len(words) > 150


def test_a_label_fits_on_a_button() -> None:
    labels = [
        label for call in calls() if name_of(call) in {"Button", "ShownButton"} for label in templates(call)
    ]
    assert [ast.unparse(label) for label in labels if len(ast.unparse(label)) > 75] == []


def calls() -> Iterator[ast.Call]:
    for path in modules("bot", "commands"):
        yield from (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def built() -> Iterator[str]:
    """Where a sentence is put together, directly or in a name of the same function."""
    for path in modules("bot", "commands"):
        for function in (node for node in ast.walk(tree(path)) if isinstance(node, FUNCTIONS)):
            pieces = {name for node in ast.walk(function) for name in _assigned(node)}
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                if name_of(call) in SAYING and any(_is_built(each, pieces) for each in templates(call)):
                    yield f"{named(path)}:{call.lineno}"


def _assigned(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Assign) and isinstance(node.value, BUILT):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _is_built(template: ast.expr, pieces: set[str]) -> bool:
    if isinstance(template, ast.Name):
        return template.id in pieces
    called = isinstance(template, ast.Call) and name_of(template) in {"format", "join", "format_map"}
    return called or isinstance(template, BUILT)
