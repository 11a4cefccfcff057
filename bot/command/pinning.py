"""Turns the words in a command into ids and instants, by asking what they mean where it was asked.

Never a guess: what could mean several things is offered as buttons, each the whole command with one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from bot.command.arguments import Argument, arguments, gaps, text_behind, words_of
from bot.command.errors import Ambiguous, Incomplete
from bot.command.kinds import PersonRef, RoomRef, Time
from bot.command.matching import alike
from bot.command.persons import find, told_apart
from bot.command.ports import Names
from bot.command.times import moment
from bot.errors import UserError
from bot.reply import Button, Code, Invocation

Asked = TypeVar("Asked", bound=BaseModel)

_OFFERED = 20  # more buttons than that are no choice


async def pinned(command: Asked, names: Names) -> Asked:
    """The same command with every room, moment and person pinned.

    Raises UserError when something names nothing, Ambiguous when it names several, Incomplete when what
    the words held was all of the name and nothing of the text.
    """
    stated = arguments(type(command))
    for argument in stated:
        command = await _with_room(command, argument, names)
    for argument in stated:
        command = await _with_moment(command, argument, names)
    for argument in stated:
        command = await _with_person(command, argument, names)
    require(type(command), dict(command))
    return command


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


async def _with_room(command: Asked, argument: Argument, names: Names) -> Asked:
    ref = getattr(command, argument.name)
    if not isinstance(ref, RoomRef) or ref.id:
        return command
    room = await (names.room_called(ref.words) if ref.words else names.room_here())
    if not room:
        raise _no_room(command, argument, ref.words, await names.rooms())
    return command.model_copy(update={argument.name: room})


def _no_room(command: BaseModel, argument: Argument, words: str, rooms: Sequence[RoomRef]) -> UserError:
    near = [room for room in rooms if not words or alike(words, room.name)][:_OFFERED]
    if not rooms:
        return UserError("There is no room yet. An admin can make one: /hms room create.")
    option = _option_meant(command, words)
    if not near and option:
        return UserError(
            "There is no room called “{words}”. An option has two dashes: {option}.",
            words=words,
            option=option,
        )
    if not near:
        return UserError(
            "There is no room called “{words}”. See which there are: {list}.",
            words=words,
            list=Code("/hms room list"),
        )
    buttons = [_button(room.said(), command, {argument.name: room}) for room in near]
    if words:
        return Ambiguous("There is no room called “{words}”. Do you mean this one?", words=words).offering(
            buttons
        )
    return Ambiguous("Which room? Nothing here says so. Choose one, or name it with --room.").offering(
        buttons
    )


def _option_meant(command: BaseModel, words: str) -> Code | None:
    """The option that words begin with which were read as a name: ``end-room in 5m``."""
    first = words.partition(" ")[0]
    options = [one.word for one in arguments(type(command)) if not one.positional]
    return Code(f"--{words}") if first in options else None


def _button(label: str, command: BaseModel, update: Mapping[str, Any]) -> Button:
    return Button(label, invocation_of(command.model_copy(update=update)))


async def _with_moment(command: Asked, argument: Argument, names: Names) -> Asked:
    ref = getattr(command, argument.name)
    if not isinstance(ref, Time) or ref.at or not ref.words:
        return command
    return command.model_copy(
        update={argument.name: Time(at=moment(ref.words, names.now, await names.zone()))}
    )


async def _with_person(command: Asked, argument: Argument, names: Names) -> Asked:
    ref = getattr(command, argument.name)
    if not isinstance(ref, PersonRef) or ref.key or not ref.words:
        return command
    room = await _room_of(command, names)
    found = await find(ref, room, names)
    updates = [_person(command, argument, someone, found.text) for someone in found.people]
    if found.exact and len(updates) == 1:
        return command.model_copy(update=updates[0])
    labels = told_apart(found.people[:_OFFERED])
    buttons = [_button(label, command, update) for label, update in zip(labels, updates, strict=False)]
    template = "Several people in {room} are called so. Whom do you mean?"
    if not found.exact:
        template = "Nobody in {room} is called exactly so. Do you mean this person?"
    raise Ambiguous(template, room=room).offering(buttons)


def _person(command: BaseModel, argument: Argument, someone: PersonRef, text: str) -> dict[str, Any]:
    behind = text_behind(argument, arguments(type(command)))
    held = getattr(command, argument.name).holds_text
    return {argument.name: someone} | ({behind.name: text} if behind and held else {})


async def _room_of(command: BaseModel, names: Names) -> RoomRef:
    for value in dict(command).values():
        if isinstance(value, RoomRef):
            return value
    room = await names.room_here()
    if not room:
        raise UserError(
            "No room is bound to this channel. Bind one with {bind}.", bind=Code("/hms room bind")
        )
    return room
