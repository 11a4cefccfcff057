"""A length of time."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.command.kinds.base import Kind
from bot.command.times import LONGEST, WORDS, in_digits, length, length_in_words
from bot.command.tokens import Token
from bot.errors import UserError

Duration = timedelta


class LengthKind(Kind):
    """A length of time."""

    annotation, sample = Duration, "15m"
    widths = tuple(range(WORDS, 0, -1))

    def read(self, words: str) -> timedelta:
        """Read it whole."""
        found = length(words)
        if not found:
            raise UserError(
                "“{words}” is no length of time. Write it like `90s`, `15m`, `1h30m` or `2d`.", words=words
            )
        if found > LONGEST:
            raise UserError(
                "“{words}” is too long: {longest} at most. Write a shorter time.",
                words=words,
                longest=LONGEST,
            )
        return found

    def take_option(self, line: str, tokens: Sequence[Token], before: Any) -> timedelta:  # noqa: ARG002 -- a list's
        """Behind its option a bare number is one of minutes; among the words it may be part of a name."""
        return self.unfill(self.said(line, tokens))

    def unfill(self, held: Any) -> timedelta:
        """A bare number is one of minutes."""
        said = str(held).strip()
        digits = in_digits(said)
        return self.read(f"{digits}m" if digits.isascii() and digits.isdigit() else said)

    def write(self, value: timedelta) -> str:
        """In days, hours, minutes and seconds."""
        return length_in_words(value)
