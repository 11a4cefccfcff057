"""Faults take minutes, so they run only when their folder is named: ``pytest tests/faults``."""

from pathlib import Path

import pytest

from tests.store import database_url

__all__ = ["database_url"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave this folder's tests out of every run that does not name it."""
    if not any("faults" in argument for argument in config.args):
        ours = [item for item in items if HERE in item.path.parents]
        items[:] = [item for item in items if item not in ours]
        config.hook.pytest_deselected(items=ours)
