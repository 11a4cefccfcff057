"""Whom or what somebody's words may mean, among those who are there."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.command.references import PersonRef
from bot.command.tokens import cut, prose

_ALIKE = 0.75
_UNSEEN = frozenset({"Cc", "Cf"})
_TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})  # noqa: RUF001 -- phones


@dataclass(frozen=True)
class Found:
    """Who the words may mean, and the free text behind the name; ``exact`` when somebody is called so."""

    people: tuple[PersonRef, ...]
    text: str = ""
    exact: bool = True


def called(words: str, people: Sequence[PersonRef], *, holds_text: bool = False) -> Found:
    """Find who is called so, with as many of the words as match somebody, in any case.

    Where nobody is, those whose name begins so or reads alike are offered; they are never a match.
    """
    ends = [word.end() for word in re.finditer(r"\S+", words)]
    lengths = ends[::-1] if holds_text else [len(words)]
    for find in (_same, _alike):
        for end in lengths:
            found = _once(find(words[:end], people))
            if found:
                behind = words[end:]
                return Found(found, prose(behind, cut(behind)), exact=find is _same)
    return Found((), exact=False)


def alike(words: str, name: str) -> bool:
    """Whether a name begins with these words or is nearly the same."""
    wanted, held = folded(words), folded(name)
    if not wanted or not held:
        return False
    return f"{held} ".startswith(f"{wanted} ") or SequenceMatcher(None, wanted, held).ratio() >= _ALIKE


def folded(name: str) -> str:
    """A name without what the eye passes over: case, width, spaces, quotes' shapes, invisible signs."""
    written = unicodedata.normalize("NFKC", name)
    seen = "".join(sign for sign in written if sign.isspace() or unicodedata.category(sign) not in _UNSEEN)
    return " ".join(seen.translate(_TYPED).casefold().split())


def _same(words: str, people: Sequence[PersonRef]) -> list[PersonRef]:
    wanted = folded(words)
    return [someone for someone in people if wanted and folded(someone.name) == wanted]


def _alike(words: str, people: Sequence[PersonRef]) -> list[PersonRef]:
    return [someone for someone in people if alike(words, someone.name)]


def _once(people: Sequence[PersonRef]) -> tuple[PersonRef, ...]:
    """Somebody who is there with two devices is one person."""
    return tuple({someone.key: someone for someone in reversed(people)}.values())[::-1]
