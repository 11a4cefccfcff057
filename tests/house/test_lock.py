"""requirements.lock holds what pyproject.toml asks for, exactly and with hashes."""

import json
import tomllib

from packaging.requirements import Requirement
from packaging.version import Version

from tests.house.lock import MARK, blocks
from tests.house.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCK = (ROOT / "requirements.lock").read_text()


def pinned(text: str) -> dict[str, Version]:
    return {name: Version(version) for name, _, version in (line.partition("==") for line in blocks(text))}


def unmet(wanted: list[str], there: dict[str, Version]) -> list[str]:
    asked = [Requirement(line) for line in wanted]
    return [str(one) for one in asked if one.name not in there or there[one.name] not in one.specifier]


def test_the_bot_gets_what_it_needs_above_the_mark() -> None:
    assert unmet(PROJECT["dependencies"], pinned(LOCK.partition(f"{MARK}\n")[0])) == []


def test_its_development_gets_the_rest() -> None:
    assert unmet(PROJECT["optional-dependencies"]["dev"], pinned(LOCK)) == []


def test_every_package_has_hashes() -> None:
    assert [name for name, block in blocks(LOCK).items() if "--hash=sha256:" not in block] == []


def test_it_holds_no_address() -> None:
    assert "://" not in LOCK


def test_the_packages_of_the_strangers_are_exact_and_say_no_address() -> None:
    locked = json.loads((ROOT / "tests" / "strangers" / "package-lock.json").read_text())
    packages = {name: held for name, held in locked["packages"].items() if name}

    assert [name for name, held in packages.items() if "resolved" in held or not held["integrity"]] == []
    assert all(version[0].isdigit() for version in locked["packages"][""]["devDependencies"].values())
