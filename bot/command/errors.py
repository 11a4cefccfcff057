"""What goes wrong between somebody's words and a command that can run."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Self

from bot.errors import UserError
from bot.reply import Button


class Unreadable(UserError):  # noqa: N818 -- it names what the line is
    """A line that is no command.

    ``word`` and ``length`` are what may be recorded of it, since people paste keys. ``tried`` holds the
    words to look for a likely command with, or those of the command when it was understood. ``given`` is
    what its form is filled with (as ``to_form`` writes it), what was wrong as it was typed.
    """

    word: str = ""
    length: int = 0
    tried: str = ""
    given: Mapping[str, Any] = MappingProxyType({})

    def about(self, line: str, word: str) -> Self:
        """Say which line it was."""
        self.word, self.length = word, len(line)
        return self

    def trying(self, words: str) -> Self:
        """Say which words looked like a command."""
        self.tried = words
        return self

    def giving(self, given: Mapping[str, Any]) -> Self:
        """Say what is there of the command."""
        self.given = given
        return self


class Incomplete(Unreadable):
    """A command that lacks something.

    The door opens the form of ``words`` filled with what is given; ``missing`` names the fields that are
    still empty.
    """

    words: str = ""
    missing: tuple[str, ...] = ()

    def lacking(self, words: str, given: Mapping[str, Any], missing: Iterable[str]) -> Self:
        """Say what is there and what is not."""
        self.words, self.given, self.missing = words, given, tuple(missing)
        return self


class Ambiguous(UserError):  # noqa: N818 -- it names what the words are
    """Words that could mean several things; each button is the whole command with one of them."""

    buttons: tuple[Button, ...] = ()

    def offering(self, buttons: Iterable[Button]) -> Self:
        """Say what can be chosen."""
        self.buttons = tuple(buttons)
        return self
