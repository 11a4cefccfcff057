"""Words that are nothing but words: a text, a sentence, a line of its own."""

from collections.abc import Sequence
from typing import Annotated

from bot.command.kinds.base import Input, Kind
from bot.command.tokens import Token, quoted, verbatim


class Sentence:
    """Marks a text of several words: as an option it runs up to the next option."""


class Rest:
    """Marks a text that takes everything behind it, options too: what follows is a line of its own."""


Reason = Annotated[str, Sentence]


class TextKind(Kind):
    """Words that are nothing but words."""

    annotation = str
    many = prose = free = True

    def read(self, words: str) -> str:
        """Take them as they are."""
        return words

    def blank(self, value: str | None) -> bool:
        """Spaces say nothing."""
        return not (value or "").strip()


class SentenceKind(TextKind):
    """A sentence, such as a reason."""

    mark, form = Sentence, Input.PARAGRAPH

    def reach(self, line: str, behind: Sequence[Token]) -> int:
        """Everything up to the next option, or what stands in quotes."""
        return len(behind) if behind and not behind[0].quote else super().reach(line, behind)

    def word(self, value: str) -> str:
        """Always quoted: what is behind would be taken for a part of it."""
        return quoted(value, if_needed=False)


class InnerLineKind(TextKind):
    """A whole line of its own, options too."""

    mark, rest = Rest, True

    def said(self, line: str, tokens: Sequence[Token]) -> str:
        """As it was typed: it is read again as a line."""
        alone = len(tokens) == 1 and tokens[0].quote
        return super().said(line, tokens) if alone else verbatim(line, tokens)
