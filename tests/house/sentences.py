"""Every sentence and label that people read, found in the code: what the message catalogue holds."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.command import Command, Registry
from bot.command.forms import form
from bot.command.pages import help_line
from tests.house.source import modules, named, tree

SAYING = {"Reply", "UserError", "Unreadable", "Incomplete", "Ambiguous", "Button", "ShownButton"}
# Whatever takes words of ours before all else.
NAMING = {"word", "_word", "label", "Term", "Phrase", "Chart", "week_chart", *SAYING}
ALSO = {"button", "meanwhile", "unit"}  # and beside that, by keyword
ERRORS = {"TypeError", "ValueError", "RuntimeError"}
SENTENCE = re.compile(r"[A-Z{“100].* .*[.?:]", re.DOTALL)  # kept as a constant, or chosen before it is said


@dataclass(frozen=True)
class Said:
    """Something that people read, and where it stands; ``many`` is its plural, ``role`` that of a term."""

    words: str
    file: str
    line: int
    many: str = ""
    role: str = ""


def said() -> list[Said]:
    """Everything people read: what stands in the files, then what commands say of themselves."""
    written = [each for path in modules("bot", "commands") for each in _said_in(path)]
    return [*written, *(each for command in Registry().commands.values() for each in _stated(command))]


def templates(call: ast.Call) -> list[ast.expr]:
    """The expressions of a call whose words are shown: what is said, on its button, over its columns."""
    if name_of(call) == "Table" and isinstance(call.func, ast.Name):  # the database's is sa.Table
        captions = [keyword.value for keyword in call.keywords if keyword.arg == "caption"]
        return [*_elements(call.args[0]), *captions] if call.args else []
    if name_of(call) == "File":
        return [*call.args[2:3], *(keyword.value for keyword in call.keywords if keyword.arg == "title")]
    if name_of(call) in NAMING:
        return [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg in ALSO)]
    return []


def name_of(call: ast.Call) -> str:
    """What is called, without what it is called on."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _said_in(path: Path) -> Iterator[Said]:
    silent = set(_silent(tree(path)))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and name_of(node) == "Counted":
            one, many = (_text(each) for each in node.args[1:3])
            yield Said(one, named(path), node.lineno, many)
        if isinstance(node, ast.Call):
            for template in templates(node):
                yield from _literals(template, path, _role(node))
        if isinstance(node, ast.Constant) and node not in silent and SENTENCE.fullmatch(_text(node)):
            yield Said(_text(node), named(path), node.lineno)


def _stated(command: type[Command]) -> Iterator[Said]:
    """What stands in help and in a form, where it is said as a term or a label."""
    file = f"{command.__module__.replace('.', '/')}.py"
    asked = form(command)
    options = [(field.label, field.hint) for field in asked.fields]
    named = [help_line(command), asked.title, asked.button]
    for words in filter(None, [*named, *(words for option in options for words in option)]):
        yield Said(words, file, 0)


def _role(call: ast.Call) -> str:
    return _text(call.args[1]) if name_of(call) == "Term" and len(call.args) > 1 else ""


def _elements(headings: ast.expr) -> list[ast.expr]:
    return headings.elts if isinstance(headings, ast.Tuple) else [headings]


def _literals(template: ast.expr, path: Path, role: str) -> Iterator[Said]:
    branches = [template.body, template.orelse] if isinstance(template, ast.IfExp) else [template]
    for branch in branches:
        if _text(branch):
            yield Said(_text(branch), named(path), branch.lineno, role=role)


def _silent(module: ast.Module) -> Iterator[ast.AST]:
    """What nobody reads in a reply: docstrings, logs, defects, descriptions of fields."""
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield from ast.walk(node)
        if isinstance(node, ast.Call) and name_of(node) not in NAMING and _defect_or_description(node):
            yield from ast.walk(node)


def _defect_or_description(call: ast.Call) -> bool:
    logs = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "log"
    return logs or name_of(call) in ERRORS | {"Field", "Histogram", "Counter"}


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
