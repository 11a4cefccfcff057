"""Whom or what somebody's words may mean, among those who are there.

Every name is folded once and the words are held against those of their own length, so that what it costs
grows with how many there are, and not with how much was typed. What is many takes a breath now and then.
"""

import asyncio
import re
import unicodedata
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.command.references import PersonRef

Held = TypeVar("Held")
Many = TypeVar("Many")

KNOWN = 20_000  # names: those of some crowded rooms, which are the same from line to line
BREATH = 2000  # characters of names that are folded before others have their turn
OFFERED = 20  # more are no choice
_LONGEST = 64  # what is longer has to be written as it is: nobody is near to it by a slip of the finger
_LETTERS = 3  # of which one may be a slip of the finger
_SLIPS = 3  # of them at most
_WORD = re.compile(r"\S+")
_BETWEEN = re.compile(r"[^\w']+")
_AND = re.compile(r"\A\s*(?:and\b|[&+,])", re.IGNORECASE)
_STOPS = ",;:"
_UNSEEN = frozenset({"Cc", "Cf"})
_TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})  # noqa: RUF001 -- phones
# What keyboards lack and Unicode does not take apart.
_WRITTEN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})


def folded(name: str) -> str:
    """A name without what the eye passes over: case, width, spaces, quotes' shapes, invisible signs."""
    if name.isascii() and name.isprintable():
        return " ".join(name.casefold().split())
    written = unicodedata.normalize("NFKC", name)
    seen = "".join(sign for sign in written if sign.isspace() or unicodedata.category(sign) not in _UNSEEN)
    return " ".join(seen.translate(_TYPED).casefold().split())


def unaccented(seen: str) -> str:
    """A folded name as somebody types it whose keyboard has none of its accents."""
    if seen.isascii():
        return seen
    apart = unicodedata.normalize("NFKD", seen)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_WRITTEN)


def bare(name: str) -> str:
    """A name as whoever searches for it types it: folded, and without its accents."""
    return unaccented(folded(name))


class Spellings(Generic[Held]):
    """Things by what they are called: found as it is written, or offered where words come near to it.

    ``compared`` counts the names that words were held against one by one.
    """

    def __init__(self, named: Iterable[tuple[str, Held]] = ()) -> None:
        self.compared = 0
        self._held: dict[str, list[tuple[str, Held]]] = defaultdict(list)  # by the name without accents
        self._begun: dict[str, list[str]] = defaultdict(list)
        self._sized: dict[int, list[str]] = defaultdict(list)
        self._turned: dict[str, list[str]] = defaultdict(list)  # by its words in the order of the alphabet
        for name, held in named:
            self.put(name, held)

    @classmethod
    async def of(cls, named: Iterable[tuple[str, Held]]) -> "Spellings[Held]":
        """Fold the names of many, and let others have their turn meanwhile."""
        found = cls()
        async for name, held in taking_breath(named, lambda each: len(each[0])):
            found.put(name, held)
        return found

    def put(self, name: str, held: Held) -> None:
        """Add one more."""
        seen, plain, beginnings = _known(name) if len(name) <= _LONGEST else _spelling(name)
        if seen and plain not in self._held:
            self._sized[len(plain)].append(plain)
            for beginning in beginnings:
                self._begun[beginning].append(plain)
            turned = _in_order(_without_signs(plain))
            if turned and turned != plain:
                self._turned[turned].append(plain)
        self._held[plain].append((seen, held))

    def may_hold(self, size: int) -> bool:
        """Whether anything is called by so many letters, or nearly."""
        return size in self._sized or size <= _LONGEST + _SLIPS

    def called(self, spelt: "Spelt") -> list[Held]:
        """What is called exactly so."""
        return [held for name, held in self._held.get(spelt.plain, ()) if name == spelt.seen and name]

    def without_accents(self, spelt: "Spelt") -> list[Held]:
        """What is called so but for its accents."""
        return list(self._each([spelt.plain]))

    def near(self, spelt: "Spelt", may: Callable[[Held], bool] = lambda _: True) -> list[Held]:
        """What may have been meant and may be offered, the likeliest first."""
        plain, bare = spelt.plain, _without_signs(spelt.plain)
        turned, begun = self._turned.get(_in_order(bare), ()), self._begun.get(plain, ())
        # Called so but for accents, or signs; in another order; begun so; a slip of the finger away.
        names = dict.fromkeys((plain, bare, *turned, *begun, *self._slipped(plain)))
        return list(islice(filter(may, self._each(names)), OFFERED))

    def everything(self) -> Iterator[tuple[str, Held]]:
        """All there is, by its name as whoever is in haste types it."""
        return ((_loosely(plain), held) for plain, named in self._held.items() for _, held in named)

    def _slipped(self, plain: str) -> list[str]:
        """What is a slip of the finger away: a letter too many, too few, wrong, or two of them swapped."""
        slips = min(len(plain) // _LETTERS, _SLIPS) if len(plain) <= _LONGEST else 0
        sizes = range(len(plain) - slips, len(plain) + slips + 1) if slips else ()
        alike = [name for size in sizes for name in self._sized.get(size, ()) if name != plain]
        self.compared += len(alike)
        found = process.extract(plain, alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [name for name, _, _ in found]

    def _each(self, names: Iterable[str]) -> Iterator[Held]:
        return (held for name in names if name for _, held in self._held.get(name, ()))


@dataclass(frozen=True)
class Spelt:
    """Words that may be a name, as the eye sees them and without their accents; where they end in a line."""

    seen: str
    plain: str
    end: int

    @classmethod
    def of(cls, words: str) -> "Spelt":
        """All of these words."""
        seen = folded(words)
        return cls(seen, unaccented(seen), len(words))

    @property
    def unstopped(self) -> "Spelt":
        """The same without what stands behind a name in a row of them."""
        return Spelt(self.seen.rstrip(_STOPS), self.plain.rstrip(_STOPS), self.end)


@dataclass(frozen=True)
class Found:
    """Who the words may mean, each with what was typed behind the name; ``exact`` when called so."""

    people: tuple[tuple[PersonRef, str], ...] = ()
    exact: bool = False


async def called(words: str, people: Sequence[PersonRef], *, holds_text: bool = False) -> Found:
    """Find who is called so, in any case, whichever of the words are the name and which the text behind.

    Where the words can be split so that several people are named, all are. Where nobody is called so, those
    whose name lacks but its accents, begins so or reads alike are offered; they are never a match.
    """
    named = await Spellings.of((someone.name, someone) for someone in people)
    splits = await _splits(words, named) if holds_text else [Spelt.of(words)]
    exact = [(one, split.end) async for split in taking_breath(splits) for one in named.called(split)]
    if exact:
        longer = await _longer(words, exact[-1], named) if holds_text else []
        return Found(_once(words, [*await _with_next(words, exact, named), *longer]), exact=True)
    async for split in taking_breath(splits, lambda _: BREATH):
        alike = [(one, split.end) for one in named.without_accents(split)]
        if alike:
            return Found(_once(words, await _with_next(words, alike, named)))
    async for split in taking_breath(splits, lambda _: BREATH):
        near = [(one, split.end) for one in named.near(split)]
        if near:
            return Found(_once(words, await _with_next(words, near, named)))
    return Found()


async def holding(words: str, people: Iterable[PersonRef]) -> list[PersonRef]:
    """Those who have these words in their name or user id, with or without accents."""
    wanted = bare(words)
    said = ((f"{someone.name} {someone.user_id}", someone) for someone in people)
    return [
        someone
        async for name, someone in taking_breath(said, lambda each: len(each[0]))
        if wanted in bare(name)
    ]


async def taking_breath(
    each: Iterable[Many], size: Callable[[Many], int] = lambda _: 80
) -> AsyncIterator[Many]:
    """Go through many things, and let others have their turn after every few thousand letters of them."""
    letters = 0
    for one in each:
        yield one
        letters += size(one) + 1
        if letters >= BREATH:
            await asyncio.sleep(0)
            letters = 0


async def _longer(
    words: str, shortest: tuple[PersonRef, int], named: Spellings[PersonRef]
) -> list[tuple[PersonRef, int]]:
    """Whom the words may name besides: whose longer name goes on as they do."""
    someone, end = shortest
    behind = [(_loosely(word[0]), end + word.end()) for word in _WORD.finditer(words[end:])]
    begun, found = _loosely(someone.name), []
    async for name, other in taking_breath(named.everything(), lambda each: len(each[0])):
        reach = _reach(behind, name[len(begun) :]) if len(name) <= _LONGEST and name.startswith(begun) else 0
        found += [(other, reach)] if reach else []
    return found[:OFFERED]


async def _with_next(
    words: str, first: Sequence[tuple[PersonRef, int]], named: Spellings[PersonRef]
) -> list[tuple[PersonRef, int]]:
    """Whom the words name first, and behind them, ``tom, uma and zoe``; a text begins behind them all."""
    found, last = list(first), first[-1][1]
    while len(found) < OFFERED:
        text = _AND.sub("", words[last:])
        splits = await _splits(text, named)
        also = [(one, split.end) for split in splits for one in named.called(split.unstopped)]
        if not also:
            break
        last = len(words) - len(text) + also[0][1]
        found += [(one, last) for one, _ in also]
    return [(someone, max(end, last)) for someone, end in found]


def _reach(typed: Sequence[tuple[str, int]], rest: str) -> int:
    """Where the words end that go on like the rest of a name, slipped or cut short; 0 where none does."""
    if typed and not rest.startswith(" "):  # Anna Bel, and Annabel is there
        return typed[0][1] if rest and typed[0][0] == rest else 0
    reached = 0
    for wanted, (word, end) in zip(rest.split(), ((each, end) for each, end in typed if each), strict=False):
        if not wanted.startswith(word) and OSA.distance(word, wanted) > len(word) // _LETTERS:
            break
        reached = end
    return reached


@lru_cache(maxsize=KNOWN)
def _loosely(name: str) -> str:
    """A name as whoever is in haste types it: without accents, and without what stands between its words."""
    return _without_signs(bare(name))


def _without_signs(plain: str) -> str:
    """A bare name without what stands around and between its words: ``gus!!!``, ``🎉 Party 🎉``."""
    return " ".join(_BETWEEN.sub(" ", plain).split())


async def _splits(words: str, named: Spellings[PersonRef]) -> list[Spelt]:
    """The beginnings of the words that may be a name, the longest first; none that no name is as long as."""
    seen, plain, found = "", "", []
    async for word in taking_breath(_WORD.finditer(words), lambda word: len(word[0])):
        for part in folded(word[0]).split():
            seen, plain = f"{seen} {part}".lstrip(), f"{plain} {unaccented(part)}".lstrip()
        if named.may_hold(len(plain)):
            found.append(Spelt(seen, plain, word.end()))
    return found[::-1]


def _in_order(plain: str) -> str:
    """The words of a name as they would stand whoever begins with which of them."""
    return " ".join(sorted(plain.split())) if " " in plain else plain


def _spelling(name: str) -> tuple[str, str, tuple[str, ...]]:
    """A name folded, then without its accents, and what whoever stops before its last word types of it."""
    seen = folded(name)
    plain = unaccented(seen)
    gaps = [at for at, sign in enumerate(plain[:_LONGEST]) if sign == " "] if " " in plain else []
    return seen, plain, tuple(plain[:at] for at in gaps)


_known = lru_cache(maxsize=KNOWN)(_spelling)


def _once(words: str, found: Sequence[tuple[PersonRef, int]]) -> tuple[tuple[PersonRef, str], ...]:
    """Somebody who is there with two devices is one person, and the most words are their name."""
    people: dict[str, tuple[PersonRef, int]] = {}
    for someone, end in sorted(found, key=lambda each: -each[1]):
        people.setdefault(someone.key, (someone, end))
    return tuple((someone, words[end:].strip()) for someone, end in islice(people.values(), OFFERED))
