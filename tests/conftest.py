"""Fixtures for every test."""

import gc
import os
import sys
from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, settings

from bot.shell.serve import GARBAGE
from tests.chat import Chat, opened
from tests.postgres import postgres_server
from tests.store import database, database_url, postgres_template, postgres_url, sqlite_template, sqlite_url

__all__ = [
    "chat",
    "database",
    "database_url",
    "postgres_server",
    "postgres_template",
    "postgres_url",
    "sqlite_template",
    "sqlite_url",
]

# The processes that the suite starts compile what they import once, not each of them anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What is imported stays: to go through it again and again would be a third of the suite.
gc.disable()

# How long an example takes says more about what else this machine does than about our code.
settings.register_profile(
    "shared machine", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("shared machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long by itself begins first, so that no worker is left alone with it in the end."""
    items.sort(key=_minutes, reverse=True)


def pytest_collection_finish() -> None:
    """Collect garbage as the bot does from here on: what is loaded by now is never looked through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    gc.enable()


def _minutes(item: pytest.Item) -> float:
    long = item.get_closest_marker("long")
    return long.kwargs["minutes"] if long else 0.0


@pytest.fixture
async def chat(sqlite_url: str) -> AsyncIterator[Chat]:
    """The whole bot in memory, and people to speak to it."""
    async with opened(sqlite_url) as chat:
        yield chat
