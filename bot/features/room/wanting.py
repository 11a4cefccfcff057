"""What is to be otherwise: of a form that shows what holds, only what was written otherwise than it showed.

A form may be open for long. What others have changed meanwhile is kept, and told.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.errors import UserError

YES, NO = "yes", "no"
SEEN = "seen"  # the field that carries what a form showed


@dataclass(frozen=True)
class WantedValues:
    """What is to be otherwise, by field, and what was changed ``since`` a form showed it: was, and is now."""

    said: Mapping[str, Any]
    since: Mapping[str, tuple[Any, Any]]


def carried(shown: Mapping[str, Any]) -> dict[str, Any]:
    """What a form shows, and the same once more, to be held against what it is handed in with."""
    return {**shown, SEEN: json.dumps({name: _plain(value) for name, value in shown.items()})}


def wanted(command: object, fields: Iterable[str], now: Mapping[str, Any]) -> WantedValues:
    """What a command says of these fields, of which ``now`` holds as a form would show it."""
    given = {name: getattr(command, name) for name in fields}
    seen: dict[str, Any] = json.loads(getattr(command, SEEN) or "{}")
    said = {name: value for name, value in given.items() if value not in (None, "", ())}
    otherwise = {
        name: value for name, value in said.items() if name not in seen or _plain(value) != seen[name]
    }
    changed = {
        name: (was, now.get(name))
        for name, was in seen.items()
        if name in given and _plain(now.get(name)) != was
    }
    return WantedValues({name: meant(value) for name, value in otherwise.items()}, changed)


def nothing() -> UserError:
    """Why nothing is changed where all that was said is so."""
    return UserError("All of that holds already, so there is nothing to change.")


def answer(value: Any) -> Any:
    """A value as a form chooses it."""
    return (YES if value else NO) if isinstance(value, bool) else value


def meant(chosen: Any) -> Any:
    """The value of what was chosen."""
    if isinstance(chosen, tuple | list):
        return list(chosen)
    return {YES: True, NO: False}.get(chosen, chosen)


def _plain(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value.total_seconds()
    return list(value) if isinstance(value, tuple) else value
