"""One of a few words, and what is on or off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, Self, get_args, get_origin

from bot.command.kinds.base import Input, Kind, Stated
from bot.errors import UserError
from bot.reply import Code, Phrase, Term

_ON_OR_OFF = {"on": True, "off": False}


@dataclass(frozen=True)
class ChoiceKind(Kind):
    """One of a few words."""

    form = Input.CHOICE
    choices: Mapping[str, Any]

    @classmethod
    def of(cls, stated: Stated) -> Self | None:
        """A literal, an enumeration, or a yes or no that has to be said."""
        if stated.annotation is bool:
            return cls(_ON_OR_OFF) if stated.required else None
        choices = _choices(stated.annotation)
        return cls(choices) if choices else None

    def words(self) -> Sequence[str]:
        """In the order they are stated."""
        return tuple(self.choices)

    def called(self) -> Mapping[str, Term]:
        """The ``term`` of each value that has one."""
        return {word: value.term for word, value in self.choices.items() if hasattr(value, "term")}

    def read(self, words: str) -> Any:
        """Find the value whose word this is, or that is ``also`` called so, in any case."""
        wanted = words.strip().casefold()
        for word, value in self.choices.items():
            if wanted in {word.casefold(), *getattr(value, "also", ())}:
                return value
        offered = tuple(self._offered(word) for word in self.choices)
        raise UserError(
            "“{words}” cannot be chosen here. Choose from {choices}.", words=words, choices=offered
        )

    def _offered(self, word: str) -> Code | Phrase:
        called = self.called().get(word)
        return Phrase("{word} ({called})", word=Code(word), called=called) if called else Code(word)

    def write(self, value: Any) -> str:
        """Its word."""
        return next(word for word, held in self.choices.items() if held == value)

    def usage_among(self, word: str) -> str:  # noqa: ARG002 -- the choices say more than the field's name
        """Every choice."""
        return "|".join(self.choices)

    def usage_behind(self, option: str, default: Any) -> str:  # noqa: ARG002 -- as above
        """Every choice."""
        return f"--{option} {'|'.join(self.choices)}"


class FlagKind(ChoiceKind):
    """Something that is on or off."""

    form, alone = Input.TICK, True

    @classmethod
    def of(cls, stated: Stated) -> Self | None:
        """A yes or no that may be left out."""
        return cls(_ON_OR_OFF) if stated.annotation is bool and not stated.required else None

    def fill(self, value: Any) -> bool:
        """A tick."""
        return bool(value)

    def unfill(self, held: Any) -> bool:
        """A tick."""
        return bool(held)

    def behind(self, option: str, value: Any) -> Sequence[str]:
        """The option says it all."""
        return [f"--{option}" if value else f"--no-{option}"]

    def usage_behind(self, option: str, default: Any) -> str:
        """The option that changes something."""
        return f"--no-{option}" if default else f"--{option}"


def _choices(annotation: Any) -> dict[str, Any]:
    if get_origin(annotation) is Literal:
        return {str(value): value for value in get_args(annotation)}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {_word(member): member for member in annotation}
    return {}


def _word(member: Enum) -> str:
    said = getattr(member, "word", member.name.lower())
    return str(said).replace("_", "-")
