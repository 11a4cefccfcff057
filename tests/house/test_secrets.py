"""What lets somebody in shows in no ``repr``: those end in logs, in tracebacks and in what people paste."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import FunctionType, MethodType, ModuleType
from typing import Any

import pytest

import bot
from bot.settings import Settings
from tests.chat import SECRETS, Chat
from tests.doors.transports import over_socket_mode

KEPT = {"address", "trigger"}  # Slack's ways to answer: whoever has one speaks for the bot, or opens a form
LEAVES = (str, bytes, int, float, type, ModuleType, FunctionType, MethodType)
BEHIND_POSTGRES = {"DATABASE_URL": "postgres://user:a-password-of-the-database@host/name"}


def ours(root: object) -> Iterator[object]:
    """Everything of ours that is reached from an object, and what it holds of others."""
    seen: dict[int, object] = {}
    found = [root]
    while found:
        thing = found.pop()
        if isinstance(thing, LEAVES) or id(thing) in seen:
            continue
        seen[id(thing)] = thing
        if isinstance(thing, Mapping):
            found += [*thing.values()]
        elif isinstance(thing, list | tuple | set | frozenset):
            found += [*thing]
        else:
            yield thing
            if type(thing).__module__.partition(".")[0] == "bot":
                found += [*vars(thing).values()] if hasattr(thing, "__dict__") else []


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(bot.__path__, "bot."):
        if "migrations" not in found.name and found.name != "bot.__main__":
            yield importlib.import_module(found.name)


def dataclasses() -> dict[str, type[Any]]:
    held = {name: value for module in modules() for name, value in vars(module).items()}
    return {name: value for name, value in held.items() if isinstance(value, type) and is_dataclass(value)}


async def test_no_secret_shows_in_anything_of_a_running_bot(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    async with over_socket_mode(chat):
        await chat.says("mo", "/hms who standup")
        met = list(ours(chat.bot))
        found = [
            (type(thing).__qualname__, name)
            for thing in met
            for name, value in SECRETS.items()
            if value in repr(thing)
        ]

    assert found == []
    assert {"Settings", "Tokens", "Database", "ObservedClient"} <= {type(thing).__name__ for thing in met}


@pytest.mark.parametrize("value", [*SECRETS.values(), "a-password-of-the-database"])
def test_no_secret_shows_in_the_settings(value: str) -> None:
    settings = Settings.read(SECRETS | BEHIND_POSTGRES)

    assert value not in repr(settings)
    assert value not in str(settings)


def test_no_way_to_answer_shows_in_a_value() -> None:
    shown = [
        (name, field.name)
        for name, value in dataclasses().items()
        for field in fields(value)
        if field.name in KEPT and field.repr and "__repr__" not in vars(value)
    ]
    own = [name for name, value in dataclasses().items() if "address" in value.__dataclass_fields__]

    assert shown == []
    assert {"Origin", "Decision", "Agreed"} <= set(own)
