"""Words that are nothing but words: a text, a sentence, a line of its own."""

import re
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator

from bot.command.kinds.base import Input, Kind
from bot.command.tokens import Token, quoted, verbatim
from bot.work.links import without_keys


class Sentence:
    """Marks a text of several words: as an option it runs up to the next option."""


class Rest:
    """Marks a text that takes everything behind it, options too: what follows is a line of its own."""


class Why:
    """Marks a sentence that says why: what leads up to it, such as ``because``, is no part of it."""


Reason = Annotated[str, Why, AfterValidator(without_keys)]

_SIGNS = re.compile(r"\A(?:[\s:,]|[-–—]+(?=\s|\Z))+")  # noqa: RUF001 -- the dashes that phones type
_LEADS = re.compile(r"\A(?:reason\s*:|because(?: of)?\b|for\b(?!\s+(?:good|now|ever)\b))", re.IGNORECASE)


def without_lead(text: str) -> str:
    """A reason without what leads up to it: ``reason:``, ``because``, a dash; never all of its words."""
    said = _SIGNS.sub("", text)
    shorter = _LEADS.sub("", said)
    alone = shorter == said or not any(map(str.isalnum, shorter))
    return said if alone else without_lead(shorter)


class TextKind(Kind):
    """Words that are nothing but words."""

    annotation = str
    many = prose = free = True

    def read(self, words: str) -> str:
        """Take them as they are."""
        return words

    def show(self, value: str) -> str:
        """Without what in them opens a door: a line is shown to others, and stands in the log."""
        return without_keys(self.write(value))

    def blank(self, value: str | None) -> bool:
        """Spaces say nothing."""
        return not (value or "").strip()


class SentenceKind(TextKind):
    """A sentence, such as a reason."""

    mark: ClassVar[Any] = Sentence
    form, message = Input.PARAGRAPH, True

    def reach(self, line: str, behind: Sequence[Token]) -> int:
        """Everything up to the next option, or what stands in quotes."""
        return len(behind) if behind and not behind[0].quote else super().reach(line, behind)

    def word(self, value: str) -> str:
        """Always quoted: what is behind would be taken for a part of it."""
        return quoted(self.show(value), if_needed=False)


class ReasonKind(SentenceKind):
    """Why something is done."""

    mark, message = Why, False

    def said(self, line: str, tokens: Sequence[Token]) -> str:
        """What quotes hold is the reason as it stands."""
        said = super().said(line, tokens)
        return said if len(tokens) == 1 and tokens[0].quote else without_lead(said)

    def holding(self, words: str) -> str:
        """Without what opens a door: who is there may tell only later which of the words say why."""
        return without_keys(words)

    def among(self, value: str, *, last: bool) -> Sequence[str]:
        """In quotes where it begins with what would be dropped."""
        return super().among(value, last=last and without_lead(value) == value)


class InnerLineKind(TextKind):
    """A whole line of its own, options too."""

    mark, rest = Rest, True

    def blank(self, value: Any) -> bool:
        """A line that was read has words too."""
        return super().blank(value and str(value))

    def said(self, line: str, tokens: Sequence[Token]) -> str:
        """As it was typed: it is read again as a line."""
        alone = len(tokens) == 1 and tokens[0].quote
        return super().said(line, tokens) if alone else verbatim(line, tokens)
