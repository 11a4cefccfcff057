"""How each kind of argument is read from words and written back.

One class a kind. ``read`` raises a UserError that says what was expected; ``write`` gives words that
``read`` takes back, ``show`` what people call the thing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from bot.command.kinds import PersonRef, RoomRef, Time, UserRef
from bot.command.times import length, length_in_words, not_a_moment, readable
from bot.errors import UserError
from bot.reply import Code

_USER = re.compile(r"<@(\w+)(?:\|[^<>]*)?>|([UW][A-Z0-9]+)")


class Kind:
    """Reads and writes one argument.

    ``form`` names the input it gets in a form. ``many`` kinds take as many words as there are, the others
    one of ``widths``, the widest that can be read. ``prose`` kinds see people by name, the others by id.
    """

    form: ClassVar[str] = "text"
    many: ClassVar[bool] = False
    prose: ClassVar[bool] = False
    widths: ClassVar[tuple[int, ...]] = (1,)
    hint: str = ""

    def read(self, words: str) -> Any:
        """Make the value of somebody's words."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Words that mean this value."""
        return str(value)

    def show(self, value: Any) -> str:
        """What people call this value."""
        return self.write(value)

    def fill(self, value: Any) -> Any:
        """The value as an input of a form holds it; ``read`` takes it back."""
        return self.write(value)

    def blank(self, value: Any) -> bool:
        """Whether the value is as good as none."""
        return value is None


class Text(Kind):
    """Words that are nothing but words."""

    many = prose = True

    def read(self, words: str) -> str:
        """Take them as they are."""
        return words

    def blank(self, value: str) -> bool:
        """Spaces say nothing."""
        return not (value or "").strip()


class LongText(Text):
    """A sentence, such as a reason."""

    form = "sentence"


class InnerLine(Text):
    """A whole line of its own, options too."""

    form = "line"


class Room(Kind):
    """A room by name or id."""

    form, many = "room", True

    def read(self, words: str) -> RoomRef:
        """Keep the words until ``pin`` looks the room up."""
        return RoomRef(words=words)

    def write(self, value: RoomRef) -> str:
        """Its id once it is known."""
        return value.exact

    def show(self, value: RoomRef) -> str:
        """Its name."""
        return value.shown

    def blank(self, value: RoomRef | None) -> bool:
        """No room was named."""
        return not value or not value.exact


class Person(Kind):
    """Somebody in the room."""

    form, many = "person", True

    def read(self, words: str) -> PersonRef:
        """Keep the words until ``pin`` looks who is there."""
        return PersonRef(words=words)

    def write(self, value: PersonRef) -> str:
        """Their id once it is known."""
        return value.exact

    def show(self, value: PersonRef) -> str:
        """Their name."""
        return value.shown

    def blank(self, value: PersonRef | None) -> bool:
        """Nobody was named."""
        return not value or not value.exact


class User(Kind):
    """Somebody of the Slack workspace."""

    form = "user"

    def read(self, words: str) -> UserRef:
        """Take a mention as Slack sends it, or a bare id."""
        found = _USER.fullmatch(words.strip())
        if not found:
            raise UserError(
                "“{words}” is nobody of this workspace. Type @ and choose the person from the list.",
                words=words,
            )
        return UserRef(id=found[1] or found[2])

    def write(self, value: UserRef) -> str:
        """The mention."""
        return f"<@{value.id}>"


class Moment(Kind):
    """An instant, told by the clock or the calendar."""

    form, widths, hint = "time", (2, 1), "18:30"

    def read(self, words: str) -> Time:
        """Keep the words until ``pin`` knows the zone, if they can mean a moment at all."""
        if not readable(words):
            raise not_a_moment(words)
        return Time(words=words)

    def write(self, value: Time) -> str:
        """The words, or the instant once it is known."""
        return value.exact

    def blank(self, value: Time | None) -> bool:
        """No moment was named."""
        return not value or not value.exact


class Length(Kind):
    """A length of time."""

    form, hint = "duration", "15m"

    def read(self, words: str) -> timedelta:
        """Read it whole."""
        found = length(words)
        if not found:
            raise UserError(
                "“{words}” is no length of time. Write it like `90s`, `15m`, `1h30m` or `2d`.", words=words
            )
        return found

    def write(self, value: timedelta) -> str:
        """In days, hours, minutes and seconds."""
        return length_in_words(value)


class Number(Kind):
    """A whole number."""

    form, hint = "number", "12"

    def read(self, words: str) -> int:
        """Read digits, and no more of them than anybody counts to; people also write ``#12``."""
        found = re.fullmatch(r"#?(-?[0-9]{1,15})", words.strip())
        if not found:
            raise UserError(
                "“{words}” is no whole number. Write one such as {example}.", words=words, example=12
            )
        return int(found[1])


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words."""

    form = "choice"
    choices: Mapping[str, Any]

    def read(self, words: str) -> Any:
        """Find the value whose word this is, in any case."""
        wanted = words.strip().casefold()
        for word, value in self.choices.items():
            if word.casefold() == wanted:
                return value
        offered = tuple(Code(word) for word in self.choices)
        raise UserError(
            "“{words}” cannot be chosen here. Choose from {choices}.", words=words, choices=offered
        )

    def write(self, value: Any) -> str:
        """Its word."""
        return next(word for word, held in self.choices.items() if held == value)


class Flag(Choice):
    """Something that is on or off."""

    form = "flag"

    def fill(self, value: Any) -> bool:
        """A tick."""
        return bool(value)


@dataclass(frozen=True)
class Several(Kind):
    """A list of texts, each a word or quoted."""

    form, many, prose = "words", True, True
    item: Kind
    make: Callable[[Iterable[Any]], Any] = tuple

    def fill(self, value: Any) -> Any:
        """Each by itself."""
        return [self.item.fill(one) for one in value]

    def blank(self, value: Any) -> bool:
        """An empty list."""
        return not value
