"""Whoever sets the bot up finds every variable in the README."""

import re

from bot.settings import Settings
from tests.house.source import ROOT

TABLE = re.compile(r"^## Settings\n(.*?)^## ", re.MULTILINE | re.DOTALL)


def test_the_readme_lists_every_variable_and_no_other() -> None:
    found = TABLE.search((ROOT / "README.md").read_text())
    assert found
    rows = [row.split("|")[1] for row in found[1].splitlines() if row.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    assert listed == {name.upper() for name in Settings.model_fields}
