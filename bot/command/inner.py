"""A command within another one: what a schedule asks for, read and pinned when the schedule is made."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, SerializeAsAny, ValidationInfo, field_serializer, model_validator

from bot.command.arguments import arguments, words_of
from bot.command.base import Command
from bot.command.errors import Ambiguous, Incomplete
from bot.command.kinds.base import Turn
from bot.command.line.reader import named, read
from bot.command.line.writer import spelled
from bot.command.pinning import invocation_of
from bot.command.ports import Names
from bot.command.references import PersonRef, Reference, RoomRef
from bot.command.registry import Registry
from bot.command.tokens import quoted
from bot.errors import UserError
from bot.reply import Code, Invocation

BY_HAND = frozenset({"access", "approval", "policy", "retry", "schedule"})
"""Nouns of which only a person asks: whoever decides has looked, and no clock makes others ask."""


class InnerLine(BaseModel):
    """A command as the value of another one's field: ``schedule once 17:00 end-room --lock``.

    A line, and what is stored, are read by the registry that is handed in as the context of validation.
    ``reason`` is what was said of why, where the command has no field for it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    command: SerializeAsAny[Command]
    reason: str = ""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str):
            return _typed(_registry(info), value)
        if isinstance(value, Mapping) and isinstance(value["command"], Mapping):
            return {**value, "command": _registry(info).load(Invocation.load(value["command"]))}
        return value

    @field_serializer("command")
    def _stored(self, command: Command) -> dict[str, Any]:
        return invocation_of(command).json()

    def __str__(self) -> str:
        """The canonical line."""
        why = ["--reason", quoted(self.reason, if_needed=False)] if self.reason else []
        return " ".join([words_of(type(self.command)), *spelled(self.command), *why])

    def sharing(self, room: RoomRef) -> tuple[RoomRef, Self]:
        """The room that both are about, the line and what holds it, with the line in it.

        Raises UserError where they name two.
        """
        own = getattr(self.command, "room", None)
        if not isinstance(own, RoomRef):
            return room, self
        if own.exact and room.exact and room.exact.casefold() != own.exact.casefold():
            raise UserError("Name one room: this is about {one} and {other}.", one=room, other=own).at("line")
        shared = room if room.exact else own
        return shared, self._holding(self.command.model_copy(update={"room": shared}))

    async def pinned(self, room: RoomRef, names: Names) -> Self:
        """The same in a room that is pinned, with whatever names one thing pinned; times wait for each run.

        Raises UserError as the command does, Ambiguous and Incomplete too: see ``within``.
        """
        here = {"room": room} if isinstance(getattr(self.command, "room", None), RoomRef) else {}
        command = self.command.model_copy(update=here)
        pinned = await command.pin(names.needing(command.level))
        return self._holding(pinned.model_copy(update=_of_each_run(command)))

    def blames(self, wrong: UserError) -> bool:
        """Whether something is wrong with how the line is written, and not only with who is there now."""
        stated = arguments(type(self.command))
        return wrong.field in {one.name for one in stated if one.kind.turn is not Turn.INSIDE}

    def _holding(self, command: Command) -> Self:
        return self.model_copy(update={"command": command})


@contextmanager
def within(outer: Command, given: Mapping[str, Any]) -> Iterator[None]:
    """Let what has to be chosen, or is missing, in an inner line be asked for as a part of the whole."""
    try:
        yield
    except Incomplete as lacking:
        raise lacking.lacking(words_of(type(outer)), given, ()) from lacking.__cause__
    except Ambiguous as several:
        buttons = [replace(one, invocation=_around(outer, one.invocation)) for one in several.buttons]
        several.field = "line"
        raise several.offering(buttons) from several.__cause__
    except UserError as wrong:
        wrong.field = "line"  # whichever of the fields within it is
        raise


def _around(outer: Command, inner: Invocation) -> Invocation:
    """The whole command with another inner one."""
    stored = invocation_of(outer)
    line = {**stored.arguments["line"], "command": inner.json()}
    return Invocation(stored.command, **{**stored.arguments, "line": line})


def _of_each_run(command: Command) -> dict[str, Any]:
    """What means another thing each time: moments and dates."""
    references = {name: value for name, value in command if isinstance(value, Reference)}
    return {name: one for name, one in references.items() if not isinstance(one, RoomRef | PersonRef)}


def _registry(info: ValidationInfo) -> Registry:
    if isinstance(info.context, Registry):
        return info.context
    raise LookupError("A line within a command is read with the registry as the context of validation.")


def _typed(registry: Registry, words: str) -> dict[str, Any]:
    _refuse(named(registry, words))  # before it is read: a line in a line in a line has no end
    line = read(registry, words)
    _refuse(type(line.command))
    if line.dry_run:
        raise UserError("Write {option} before the line: it is for the whole.", option=Code("--dry-run"))
    return {"command": line.command, "reason": "" if hasattr(line.command, "reason") else line.reason}


def _refuse(command: type[Command]) -> None:
    """Raise UserError for what no clock may ask for."""
    words = words_of(command)
    if command.reads:
        raise UserError(
            "{command} only looks, and nobody would read it. Schedule something that is done.",
            command=Code(f"/hms {words}"),
        )
    if words.split()[0] in BY_HAND:
        raise UserError(
            "{command} is for people to ask for, and no schedule does.", command=Code(f"/hms {words}")
        )
