"""The lock files hold what pyproject.toml asks for, exactly and with hashes."""

import json
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.house.lock import MARK, blocks
from tests.house.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCK = (ROOT / "requirements.lock").read_text()
CHECKS = (ROOT / "requirements-dev.lock").read_text()


def pinned(text: str) -> dict[str, Version]:
    return {name: Version(version) for name, _, version in (line.partition("==") for line in blocks(text))}


def unmet(wanted: list[str], there: dict[str, Version]) -> list[str]:
    asked = [Requirement(line) for line in wanted]
    return [str(one) for one in asked if one.name not in there or there[one.name] not in one.specifier]


def test_the_bot_gets_what_it_needs_above_the_mark() -> None:
    assert unmet(PROJECT["dependencies"], pinned(LOCK.partition(f"{MARK}\n")[0])) == []


def test_its_demo_gets_the_rest() -> None:
    assert unmet(PROJECT["optional-dependencies"]["demo"], pinned(LOCK)) == []


def test_what_checks_it_stands_apart() -> None:
    assert unmet(PROJECT["optional-dependencies"]["dev"], pinned(LOCK) | pinned(CHECKS)) == []
    assert not pinned(LOCK).keys() & (pinned(CHECKS).keys() | {"playwright", "mypy", "pytest"})


@pytest.mark.parametrize("lock", [LOCK, CHECKS], ids=["requirements.lock", "requirements-dev.lock"])
def test_every_package_has_hashes_and_no_address(lock: str) -> None:
    assert [name for name, block in blocks(lock).items() if "--hash=sha256:" not in block] == []
    assert "://" not in lock


def test_the_packages_of_the_strangers_are_exact_and_say_no_address() -> None:
    locked = json.loads((ROOT / "tests" / "strangers" / "package-lock.json").read_text())
    packages = {name: held for name, held in locked["packages"].items() if name}

    assert [name for name, held in packages.items() if "resolved" in held or not held["integrity"]] == []
    assert all(version[0].isdigit() for version in locked["packages"][""]["devDependencies"].values())
