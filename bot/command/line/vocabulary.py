"""How people say things: the words of ``words.toml``, and the lines that are matched whole."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from bot.command.times import in_digits, is_day, length, readable, time_of_day
from bot.command.tokens import Token, quoted

_POLITE = 5  # times that somebody is: more only wears the bot out
_AROUND = ".,;:!?/"
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-"))

Groups = Mapping[str, str]
Naming = Callable[[str], str]
"""The words of the command that somebody's words name; empty where they name none."""


def spoken(token: Token) -> str:
    """A word as it is looked up: in lower case, with plain dashes, without what ends a sentence."""
    plain = token.text.translate(_DASHES).replace("’", "'").casefold()  # noqa: RUF001 -- a phone's
    return plain.strip(_AROUND) or plain


@dataclass(frozen=True)
class Saying:
    """A whole line as people say it, and what it means: a line of ours, or a form that is filled."""

    said: str
    means: str = ""
    form: str = ""
    given: Groups = field(default_factory=dict)
    asked: bool = False
    instead: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What is said, to compare with: made for the first line that is."""
        return re.compile(self.said, re.IGNORECASE | re.DOTALL)

    @property
    def command(self) -> Sequence[str]:
        """The beginnings of what it means, of which one has to be a command."""
        words = (self.form or self.means).split()
        return " ".join(words[:2]), words[0]

    def groups(self, line: str, named: Naming, is_filler: Callable[[str], bool]) -> dict[str, str] | None:
        """What its groups hold, as they stand in a line of ours; None where it is not said so."""
        found = self.pattern.fullmatch(line)
        if found is None:
            return None
        held = {name: text or "" for name, text in found.groupdict().items()}
        meant = {name: make(held[name]) for name, make in _meanings(named, is_filler).items() if name in held}
        return held | meant if all(meant.values()) else None


@dataclass(frozen=True)
class Vocabulary:
    """What may be dropped, what means the same, and what is said as a whole."""

    before: frozenset[str]
    after: frozenset[str]
    articles: frozenset[str]
    fillers: frozenset[str]
    options: Groups
    twins: Mapping[str, Sequence[str]]
    alone: Mapping[str, Sequence[str]]
    followed: Mapping[str, Sequence[str]]
    asked: Mapping[str, Sequence[str]]
    phrases: Sequence[Saying]
    longest: int

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> "Vocabulary":
        """Read the file."""
        before, after, articles, fillers = (
            frozenset(stated[name]) for name in ("before", "after", "articles", "fillers")
        )
        twins, alone, followed, asked = (
            _listed(stated[name]) for name in ("twins", "alone", "followed", "asked")
        )
        longest = max(len(words.split()) for words in (*before, *after, *twins))
        phrases = tuple(Saying(**phrase) for phrase in stated["phrases"])
        return cls(
            before,
            after,
            articles,
            fillers,
            stated["options"],
            twins,
            alone,
            followed,
            asked,
            phrases,
            longest,
        )

    def politely(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """A line without what is said out of politeness around it, as long as something is left."""
        first, last = 0, len(tokens)
        for _ in range(_POLITE):
            width = self._width(self.before, tokens[first : first + self.longest])
            first += width if first + width < last else 0
            width = self._width(self.after, tokens[max(first, last - self.longest) : last], at_end=True)
            last -= width if first < last - width else 0
        return tokens[first:last]

    def is_filler(self, words: str) -> bool:
        """Whether words say nothing by themselves."""
        return all(word.strip(_AROUND) in self.fillers | self.articles for word in words.casefold().split())

    def _width(self, known: frozenset[str], tokens: Sequence[Token], *, at_end: bool = False) -> int:
        """How many of the words at one end of these are known together."""
        said = [spoken(token) if not token.option and not token.quote else "--" for token in tokens]
        for count in range(len(said), 0, -1):
            if " ".join(said[-count:] if at_end else said[:count]) in known:
                return count
        return 0


@cache
def vocabulary() -> Vocabulary:
    """The words as they are shipped."""
    return Vocabulary.of(tomllib.loads((files("bot.command.line") / "words.toml").read_text("utf-8")))


def _meanings(named: Naming, is_filler: Callable[[str], bool]) -> dict[str, Callable[[str], str]]:
    """What the group of a name becomes; nothing where it cannot be meant."""
    return {
        "time": lambda said: said if readable(said) or is_day(said) else "",
        "span": lambda said: in_digits(said) if length(in_digits(said)) else "",
        "hour": lambda said: at.strftime("%H:%M") if (at := time_of_day(said)) else "",
        "name": lambda said: "" if is_filler(said) else said.replace('"', ""),
        "question": lambda said: said.replace('"', ""),
        "line": named,
        "answers": lambda said: " ".join(quoted(one.strip(), if_needed=False) for one in _listed_in(said)),
    }


def _listed_in(said: str) -> Sequence[str]:
    """What somebody lists, with commas or slashes, or without."""
    return re.split(r"[,/]" if re.search("[,/]", said) else r"\s+", said.strip(" ,/"))


def _listed(stated: Mapping[str, str | Iterable[str]]) -> Mapping[str, Sequence[str]]:
    """One meaning is a list of one."""
    return {words: (meant,) if isinstance(meant, str) else tuple(meant) for words, meant in stated.items()}
