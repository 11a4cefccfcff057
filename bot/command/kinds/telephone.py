"""A telephone number, as people write it."""

import re
from typing import Annotated

from bot.command.kinds.base import Kind
from bot.errors import UserError


class Dialled:
    """Marks a text that is a telephone number."""


TelephoneNumber = Annotated[str, Dialled]

_TOLD = 4  # digits of a number that others may read
_BETWEEN = re.compile(r"[\s().\-/–\u2011]+")  # noqa: RUF001 -- what phones put between the digits
_NUMBER = re.compile(r"\+?[0-9]{3,15}")


def masked(number: str) -> str:
    """The end of a number, by which who knows it knows it again: it is nobody else's business."""
    return f"…{number[-min(_TOLD, len(number) // 2) :]}"


class TelephoneKind(Kind):
    """A telephone number with whatever stands between its digits; kept are a plus and the digits."""

    mark, sample = Dialled, "+15550111"
    many = True

    def read(self, words: str) -> str:
        """Take the digits, and the plus before them."""
        number = _BETWEEN.sub("", words)
        if not _NUMBER.fullmatch(number):
            raise UserError(
                "“{words}” is no telephone number. Write it with its country, such as {example}.",
                words=words,
                example="+15550111",
            )
        return number

    def show(self, value: str) -> str:
        """Only its end: a line is shown to others, and stands in the log."""
        return masked(self.write(value))

    def blank(self, value: str | None) -> bool:
        """No number was said."""
        return not value
