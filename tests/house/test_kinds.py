"""A kind of argument is one file: it is found by walking, and nobody else asks which kind something is."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.command import Registry, form, from_form, kinds, read, to_form, usage, write
from bot.command.forms import offered
from bot.request.request import Origin
from bot.slack.drawing.form_views import FormViews
from bot.slack.drawing.render import Renderer
from sandbox.slack.blocks import checked_view
from tests.bot.command.place import Place
from tests.house.source import modules, named, tree

HOME = "bot/command/kinds/"
OWN = {kind.__name__: kind.__module__ for kind in kinds.kinds()}
ASKING = {"isinstance", "issubclass", "type"}

PARITY = """
from dataclasses import dataclass

from bot.command.kinds.base import Input, Kind, Pinned
from bot.errors import UserError


@dataclass(frozen=True)
class Parity:
    word: str
    of: str = ""


class ParityKind(Kind):
    annotation, form, sample = Parity, Input.SEARCH, "odd"

    def read(self, words):
        if words not in ("odd", "even"):
            raise UserError("“{words}” is neither odd nor even.", words=words)
        return Parity(words)

    def write(self, value):
        return value.word

    async def pin(self, value, slot):
        return Pinned(Parity(value.word, of=slot.place.id))

    async def offers(self, names):
        return [Parity("odd"), Parity("even")]
"""
CLEAN = '''
from bot.command import Command, Level, RoomRef
from bot.command.kinds.parity import Parity


class Clean(Command):
    """Clean a room on odd days or on even ones."""

    level = Level.MODERATOR

    days: Parity
    room: RoomRef
'''


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


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """The commands of a house that has one file more in its kinds."""
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "parity.py").write_text(PARITY)
    (tmp_path / "chores").mkdir()
    (tmp_path / "chores" / "__init__.py").touch()
    (tmp_path / "chores" / "clean.py").write_text(CLEAN)
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path / "kinds")])
    monkeypatch.syspath_prepend(tmp_path)
    kinds.kinds.cache_clear()
    yield Registry("chores")
    kinds.kinds.cache_clear()
    for module in ("bot.command.kinds.parity", "chores", "chores.clean"):
        sys.modules.pop(module)


async def test_a_new_kind_is_one_file_and_nothing_else_is_touched(registry: Registry) -> None:
    line = 'clean even --room "Big Hall"'
    command = read(registry, line).command
    assert write(registry, command) == line
    assert usage(type(command)) == "clean <days>"
    assert from_form(registry, "clean", to_form(command)) == command
    assert await offered(type(command), "days", Place()) == {"odd": "odd", "even": "even"}
    assert (await command.pin(Place())).days.of == "r2"

    view = FormViews(Renderer()).view(
        form(type(command)), "clean", to_form(command), None, Origin("slack", "k")
    )
    checked_view(view, expected="modal")
    shown = {block["block_id"]: block["element"]["type"] for block in view["blocks"]}
    assert shown == {"days": "external_select", "room": "external_select"}
