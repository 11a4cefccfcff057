"""Who is asked to allow the app reads what each of its scopes is for; what Slack shows of it reads well."""

import re

import yaml

from bot.command import Registry, Unreadable, read
from bot.slack.manifest import SCOPES, manifest
from tests.house.source import ROOT

TABLE = re.compile(r"^### What it may do[^\n]*\n(.*?)^##+ ", re.MULTILINE | re.DOTALL)
OF_THE_APP_TOKEN = {"connections:write"}


def test_every_scope_has_a_row_that_says_why_and_every_row_a_scope() -> None:
    found = TABLE.search((ROOT / "README.md").read_text())
    assert found
    rows = [[cell.strip() for cell in row.split("|")[1:3]] for row in found[1].splitlines() if "| `" in row]

    assert [scope.strip("`") for scope, _ in rows] == sorted({*SCOPES, *OF_THE_APP_TOKEN})
    assert all(len(why) > 20 for _, why in rows)


def test_the_hint_behind_the_slash_command_names_what_can_be_typed() -> None:
    command = yaml.safe_load(manifest())["features"]["slash_commands"][0]
    hinted = [words.strip() for words in command["usage_hint"].split("|")]

    assert len(hinted) > 3
    assert all(_is_read(line.replace("NAME", "Gus").replace("…", "hello")) for line in hinted)


def _is_read(line: str) -> bool:
    try:
        read(Registry(), line)
    except Unreadable:
        return False
    return True
