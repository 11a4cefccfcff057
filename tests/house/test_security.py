"""docs/security.md has a row for every way in, and says of each command what the command says of itself."""

import re
from argparse import _SubParsersAction
from typing import NamedTuple

import pytest

from bot.__main__ import parser
from bot.command import Command, Level, Registry
from bot.web.server import Metrics, Web
from tests.house.source import ROOT

COMMANDS = Registry().commands
TYPED = re.compile(r"`([^`]+)`")
MAY = {
    Level.ANYBODY: "everybody",
    Level.VIEWER: "viewers",
    Level.MODERATOR: "moderators",
    Level.ADMIN: "admins",
}


class Row(NamedTuple):
    door: str
    act: str
    may: str
    stops: str
    proof: str


def rows() -> list[Row]:
    lines = (ROOT / "docs" / "security.md").read_text().splitlines()
    table = [line for line in lines if line.startswith("|")][2:]
    return [Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in table]


def typed() -> set[str]:
    return {words for row in rows() for words in TYPED.findall(row.act)}


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_stands_in_the_row_of_its_level(words: str) -> None:
    command: type[Command] = COMMANDS[words]
    [row] = [row for row in rows() if words in TYPED.findall(row.act) and not row.act.startswith("anything")]
    assert row.may.startswith(MAY[command.level])


def test_every_subcommand_of_the_shell_has_a_row() -> None:
    [subcommands] = [action for action in parser()._actions if isinstance(action, _SubParsersAction)]
    assert {f"hms-bot {name}" for name in subcommands.choices} - typed() == set()


def test_every_route_has_a_row() -> None:
    async def handles(_: object) -> None: ...

    every = Web(Metrics(), slack=handles, hms=handles).application()
    served = {route.resource.canonical for route in every.router.routes()}
    assert {path.removesuffix(":") for path in served} - typed() == set()


def test_every_row_names_the_test_that_proves_it() -> None:
    assert [row.act for row in rows() if not re.search(r"\[`test_\w+`\]\(\.\./tests/", row.proof)] == []
