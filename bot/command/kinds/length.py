"""A length of time."""

from datetime import timedelta

from bot.command.kinds.base import Kind
from bot.command.times import length, length_in_words
from bot.errors import UserError

Duration = timedelta


class LengthKind(Kind):
    """A length of time."""

    annotation, sample = Duration, "15m"

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
