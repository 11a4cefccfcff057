"""A command becomes a line: what cards and the log show. It reads back equal where it hides nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.command.arguments import Argument, text_behind, typed
from bot.command.base import Command
from bot.command.registry import Registry
from bot.command.tokens import leaves_open


def write(registry: Registry, command: Command) -> str:
    """The canonical line of a command, without ``/hms``; pinned things stand there by name."""
    return " ".join([registry.words(command), *spelled(command)])


def spelled(command: Command) -> Sequence[str]:
    """What stands behind a command's words in its canonical line."""
    values, stated = dict(command), typed(type(command))
    places = [argument for argument in stated if argument.positional and not _in_quotes(argument, values)]
    options = [argument for argument in stated if argument not in places]
    among = [word for place in places for word in _place(place, places, values[place.name], values)]
    behind = [word for option in options for word in _option(option, values[option.name])]
    turned = any(_takes_options(place, values) or _is_replaced(place, values) for place in places)
    return [*behind, *among] if turned else [*among, *behind]


def _in_quotes(place: Argument, values: dict[str, Any]) -> bool:
    """Whether it would stand there in quotes, in which nothing is read that may as well be left out."""
    value = values[place.name]
    if place.required or place.kind.many or value == place.default or place.kind.blank(value):
        return False
    return any(word.startswith('"') for word in place.kind.among(value, last=False))


def _is_replaced(place: Argument, values: dict[str, Any]) -> bool:
    """Whether an option stands in this place's stead: what is behind the place must not be taken for it."""
    return bool(place.instead) and place.kind.blank(values[place.name])


def _takes_options(place: Argument, values: dict[str, Any]) -> bool:
    """Whether options behind it would be its own: a line has its own, and an open quote closes on them."""
    value = values[place.name]
    return place.kind.rest or (place.kind.holds_text(value) and leaves_open(value.words))


def _place(place: Argument, places: Sequence[Argument], value: Any, values: dict[str, Any]) -> Iterable[str]:
    if value == place.default or (place.required and place.kind.blank(value)):
        return []
    return place.kind.among(value, last=_ends(place, places, values))


def _ends(place: Argument, places: Sequence[Argument], values: dict[str, Any]) -> bool:
    """Whether nothing stands behind it that could be taken for a part of it."""
    text = text_behind(place, places)
    if text and text.kind.blank(values[text.name]):
        return places[-1] == text
    return places[-1] == place


def _option(option: Argument, value: Any) -> Iterable[str]:
    return [] if value == option.default or value is None else option.kind.behind(option.word, value)
