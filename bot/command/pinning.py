"""Turns the words in a command into ids and instants, by asking what they mean where it was asked.

Never a guess: what could mean several things is offered as buttons, each the whole command with one.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from pydantic import BaseModel

from bot.command.arguments import Argument, arguments, gaps, text_behind, words_of
from bot.command.elsewhere import elsewhere
from bot.command.errors import Incomplete
from bot.command.kinds.base import Pinned, Slot, Turn
from bot.command.kinds.template import TemplateRef
from bot.command.ports import Names
from bot.command.tokens import cut
from bot.errors import UserError
from bot.reply import Button, Code, Invocation

Asked = TypeVar("Asked", bound=BaseModel)


async def pinned(command: Asked, names: Names) -> Asked:
    """The same command with everything pinned that words name, each kind in its turn.

    Raises UserError when something names nothing, Ambiguous when it names several, Incomplete when what
    the words held was all of the name and nothing of the text.
    """
    command = await _pinned_in(command, names, Turn.PLACE, Turn.ALONE, Turn.INSIDE)
    require(type(command), dict(command))
    return command


async def placed(command: Asked, names: Names) -> Asked:
    """The same command with its room pinned and nothing else: to ask for the right there comes first."""
    return await _pinned_in(command, names, Turn.PLACE)


def invocation_of(command: BaseModel) -> Invocation:
    """The command as it is stored."""
    return Invocation(words_of(type(command)), **command.model_dump(mode="json"))


def filled(stated: Sequence[Argument], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the inputs of a form hold them: words, lists of words, and true or false."""
    given = [(argument, values.get(argument.name, argument.default)) for argument in stated]
    return {argument.name: argument.kind.fill(value) for argument, value in given if value is not None}


def require(command: type[BaseModel], values: Mapping[str, Any]) -> None:
    """Raise Incomplete when something is still needed."""
    stated = arguments(command)
    lacking = gaps(stated, values)
    if not lacking:
        return
    words = words_of(command)
    needed = tuple(argument.word for argument in lacking)
    error = Incomplete("{command} still needs: {needed}.", command=Code(f"/hms {words}"), needed=needed)
    given = [argument for argument in stated if not argument.kind.blank(values.get(argument.name))]
    raise error.lacking(words, filled(given, values), [argument.name for argument in lacking])


def drafted(command: type[Asked], held: Mapping[str, Any]) -> tuple[Asked, dict[str, UserError]]:
    """A command that may lack something, of what its inputs hold, and what of it cannot be read."""
    values: dict[str, Any] = {}
    wrong: dict[str, UserError] = {}
    for argument in arguments(command):
        given = held.get(argument.name)
        try:
            values[argument.name] = argument.default if _is_nothing(given) else _read_one(argument, given)
        except UserError as error:
            values[argument.name], wrong[argument.name] = argument.default, error
    return command.model_construct(**values), wrong


def unfinished(command: type[BaseModel], held: Mapping[str, Any]) -> Incomplete:
    """What to say of a command whose form can be filled with this much."""
    words = words_of(command)
    lacking = Incomplete("{command} needs the rest of it.", command=Code(f"/hms {words}"))
    try:
        require(command, dict(drafted(command, held)[0]))
    except Incomplete as error:
        lacking = error
    return lacking.lacking(words, held, lacking.missing)


def _read_one(argument: Argument, held: Any) -> Any:
    """A value of what an input holds, or of an invocation, where it is known by more than its words."""
    if isinstance(held, Mapping):
        return argument.kind.annotation.model_validate(held)
    return argument.kind.unfill(held)


def _is_nothing(held: Any) -> bool:
    return held is None or held in ("", [], ())


async def _pinned_in(command: Asked, names: Names, *turns: Turn) -> Asked:
    stated = arguments(type(command))
    command = await _in_its_room(command, names)
    for argument in (one for turn in turns for one in stated if one.kind.turn is turn):
        command = await settled(command, argument, names)
    return command


async def _in_its_room(command: Asked, names: Names) -> Asked:
    """The same command in the room that stands behind somebody's name, where none was named otherwise."""
    stated = arguments(type(command))
    place = next((one for one in stated if one.implied and one.kind.turn is Turn.PLACE), None)
    if place is None or not place.kind.blank(getattr(command, place.name)):
        return command
    for argument in (one for one in stated if _holds_text(command, one)):
        value = getattr(command, argument.name)
        found = await elsewhere(value.words, names)
        if found:
            held = value.model_copy(update={"words": found[1]})
            return command.model_copy(update={place.name: found[0], argument.name: held})
    return command


async def settled(command: Asked, argument: Argument, names: Names) -> Asked:
    """The same command with one argument pinned, where those of the earlier turns are; errors as above."""
    value = getattr(command, argument.name)
    try:
        pinned = await argument.kind.pin(value, _slot(command, argument, names))
    except UserError as error:
        raise error.at(argument.name) from error.__cause__
    return command if pinned.value is value else _put(command, argument, pinned)


def _put(command: Asked, argument: Argument, pinned: Pinned) -> Asked:
    """The command with what an argument turned out to be, and with the text that its words held."""
    stated = arguments(type(command))
    text = text_behind(argument, stated) if _holds_text(command, argument) else None
    update = {argument.name: pinned.value} | ({text.name: pinned.text} if text else {})
    return command.model_copy(update=update)


def _holds_text(command: BaseModel, argument: Argument) -> bool:
    return argument.kind.holds_text(getattr(command, argument.name))


def _slot(command: BaseModel, argument: Argument, names: Names) -> Slot:
    stated = arguments(type(command))
    places = [getattr(command, one.name) for one in stated if one.kind.turn is Turn.PLACE]
    text = text_behind(argument, stated)
    template = getattr(command, "template", None)
    return Slot(
        names=names.within(template.id) if isinstance(template, TemplateRef) else names,
        place=next((place for place in places if place), None),
        option=partial(option_of, stated),
        button=lambda label, pinned: Button(label, invocation_of(_put(command, argument, pinned))),
        behind=lambda typed: text.kind.said(typed, cut(typed)) if text else typed,
        session=getattr(command, "session", ""),
    )


def option_of(stated: Sequence[Argument], words: str) -> bool:
    """Whether words would be read whole as an option, if there were two dashes before them."""
    word, _, rest = words.partition(" ")
    kind = next((one.kind for one in stated if one.word == word and not one.positional), None)
    tokens = cut(rest)
    if kind is None or kind.alone or not tokens:
        return kind is not None and kind.alone and not tokens
    try:
        kind.take_option(rest, tokens[: kind.reach(rest, tokens)], None)
    except UserError:
        return False
    return kind.reach(rest, tokens) == len(tokens)
