"""A whole number."""

import re

from bot.command.kinds.base import Kind
from bot.errors import UserError


class NumberKind(Kind):
    """A whole number."""

    annotation, sample = int, "12"

    def read(self, words: str) -> int:
        """Read digits, and no more of them than anybody counts to; people also write ``#12``."""
        found = re.fullmatch(r"#?(-?[0-9]{1,15})", words.strip())
        if not found:
            raise UserError(
                "“{words}” is no whole number. Write one such as {example}.", words=words, example=12
            )
        return int(found[1])
