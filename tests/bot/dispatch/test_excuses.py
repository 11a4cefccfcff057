"""Whatever goes wrong, there is an answer: every class of error that can be raised under us is tried."""

import inspect
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module

import aiohttp
import httpx
import psycopg
import pydantic
import pytest
import slack_sdk.errors
import sqlalchemy.exc

import bot
from bot.dispatch.excuses import confess
from bot.hms import HmsError
from bot.reply import Plain

for each in pkgutil.walk_packages(bot.__path__, "bot."):
    if "migrations" not in each.name and not each.name.endswith("__main__"):
        import_module(each.name)
OURS = [module for name, module in sys.modules.items() if name == "bot" or name.startswith("bot.")]
THEIRS = [httpx, aiohttp, psycopg, psycopg.errors, pydantic, slack_sdk.errors, sqlalchemy.exc]


def errors() -> Iterator[type[Exception]]:
    found = {
        kind
        for module in (*OURS, *THEIRS)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception)
    }
    yield from sorted(found, key=lambda kind: f"{kind.__module__}.{kind.__qualname__}")


def hollow(kind: type[Exception]) -> Exception:
    """One that was never initialised: it has not even the words it is to be said with."""
    if kind is pydantic.ValidationError:  # nobody can make one without
        return kind.from_exception_data("a payload", [])
    return kind.__new__(kind)


def test_there_is_an_answer_to_every_error_also_to_one_that_holds_nothing() -> None:
    told = [Plain().text(confess(hollow(kind))) for kind in errors()]

    assert len(told) > 300
    assert all(told)


@pytest.mark.parametrize("status", range(400, 500))
def test_every_status_that_100ms_could_refuse_with_has_a_sentence(status: int) -> None:
    said = Plain().text(confess(HmsError("rooms.list", "odd day", status=status)))

    assert said == f"100ms refused this: odd day ({status}). Nothing was done."


def test_an_error_whose_words_break_is_a_defect_with_a_reference() -> None:
    class WorstError(HmsError):
        @property
        def words(self) -> str:
            raise LookupError("not even words")

    assert "tell an admin this reference" in Plain().text(confess(WorstError("rooms.list", "odd day")))
