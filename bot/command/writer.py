"""A command becomes a line: the sentence that cards and the audit trail show, which reads back equal."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.command import grammar
from bot.command.arguments import Argument, arguments, text_behind
from bot.command.base import Command
from bot.command.registry import Registry
from bot.command.tokens import quoted


def write(registry: Registry, command: Command) -> str:
    """The canonical line of a command, without ``/hms``; pinned things stand there by name."""
    values, stated = dict(command), arguments(type(command))
    places = [argument for argument in stated if argument.positional]
    options = [argument for argument in stated if not argument.positional]
    among = [word for place in places for word in _place(place, places, values[place.name], values)]
    behind = [word for option in options for word in _option(option, values[option.name])]
    return " ".join([registry.words(command), *among, *behind])


def _place(place: Argument, places: Sequence[Argument], value: Any, values: dict[str, Any]) -> Iterable[str]:
    kind = place.kind
    if kind.blank(value):
        return []
    if isinstance(kind, grammar.Several):
        return [quoted(item, if_needed=False) for item in value]
    if getattr(value, "holds_text", False):
        return [value.words]
    text = text_behind(place, places)
    alone = places[-1] == place or (text is not None and places[-1] == text)
    told_apart = text is not None and not text.kind.blank(values[text.name])
    return [_said(kind, value, if_needed=alone and not told_apart)]


def _option(option: Argument, value: Any) -> Iterable[str]:
    kind, dashed = option.kind, f"--{option.word}"
    if value == option.default or value is None:
        return []
    if isinstance(kind, grammar.Flag):
        return [dashed if value else f"--no-{option.word}"]
    if isinstance(kind, grammar.Several):
        return [
            word
            for item in value
            for word in (dashed, quoted(kind.item.show(item), if_needed="," not in item))
        ]
    return [dashed, _said(kind, value, if_needed=" " not in kind.show(value))]


def _said(kind: grammar.Kind, value: Any, *, if_needed: bool) -> str:
    said = kind.show(value)
    if isinstance(kind, grammar.User):
        return said
    return quoted(said, if_needed=if_needed or not (kind.many or " " in said))
