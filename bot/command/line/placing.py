"""Gives the words that stand by themselves to the arguments that stand among them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.command.arguments import Argument, text_behind
from bot.command.errors import Unreadable
from bot.command.line.sorting import Values, read
from bot.command.tokens import Token, verbatim


@dataclass(frozen=True)
class Placing:
    """The places of one line, in order, with the one that takes all words the others leave.

    That is the last which may have many words; a person together with the text behind it.
    """

    line: str
    before: Sequence[Argument]
    greedy: Argument | None
    text: Argument | None
    behind: Sequence[Argument]

    @classmethod
    def of(cls, line: str, places: Sequence[Argument]) -> "Placing":
        """Find out which place takes what the others leave."""
        many = [index for index, place in enumerate(places) if place.kind.many]
        if not many:
            return cls(line, places, None, None, ())
        last = many[-1]
        if last and text_behind(places[last - 1], places) == places[last]:
            return cls(line, places[: last - 1], places[last - 1], places[last], places[last + 1 :])
        return cls(line, places[:last], places[last], None, places[last + 1 :])

    def read(self, words: Sequence[Token], values: Values) -> None:
        """Read the value of every place that has words.

        Raises Unreadable when a word does not fit its place, or has none.
        """
        words = self._choice_first(words)
        for place in self.before:
            words = words[self._from_front(place, words, values) :]
        for place in reversed(self.behind):
            words = words[: len(words) - self._from_back(place, words, values)]
        if words and not self.greedy:
            raise Unreadable("There is no place for “{words}” here.", words=verbatim(self.line, words))
        values |= self._all(words)

    def _choice_first(self, words: Sequence[Token]) -> Sequence[Token]:
        """A choice that was written last stands where it is read: ``policy set end-room second``."""
        if len(words) < 2 or not self._is_unchosen(words) or not self._chooses(words[-1]):
            return words
        return [words[-1], *words[:-1]]

    def _is_unchosen(self, words: Sequence[Token]) -> bool:
        """Whether one of a few words is to be the first, and it is none of them."""
        chooses = bool(self.before and self.before[0].required and self.before[0].kind.words())
        return chooses and not self._chooses(words[0])

    def _chooses(self, word: Token) -> bool:
        return self.before[0].kind.fits(self.line, [word], 1)

    def _from_front(self, place: Argument, words: Sequence[Token], values: Values) -> int:
        alone = self.greedy and len(words) == 1 and place == self.before[0] and self._is_unchosen(words)
        means_another = alone or self._means_another(place, words)
        width = 0 if means_another else self._width(place, words, at_end=False)
        if width:
            values[place.name] = read(place, self.line, words[:width])
        return width

    def _means_another(self, place: Argument, words: Sequence[Token]) -> bool:
        """Whether the next word is one of those to choose from at a later place: this one may stay empty."""
        if place.required or not self.greedy or not words:
            return False
        return words[0].word.casefold() in {word.casefold() for word in self.greedy.kind.words()}

    def _from_back(self, place: Argument, words: Sequence[Token], values: Values) -> int:
        spare = words[1:] if self.greedy and self.greedy.needed else words
        width = self._width(place, spare, at_end=True)
        if width:
            values[place.name] = read(place, self.line, words[-width:])
        return width

    def _width(self, place: Argument, words: Sequence[Token], *, at_end: bool) -> int:
        """How many words a place takes: what is optional takes only what it can read, and nothing quoted."""
        for width in place.kind.widths:
            tried = words[-width:] if at_end else words[:width]
            free = place.required or not any(token.quote for token in tried)
            if free and place.kind.fits(self.line, tried, width):
                return width
        return min(1, len(words)) if place.required else 0

    def _all(self, words: Sequence[Token]) -> Values:
        if not words or not self.greedy:
            return {}
        if self.text:
            return self._with_text(self.greedy, self.text, words)
        return {self.greedy.name: read(self.greedy, self.line, words)}

    def _with_text(self, person: Argument, text: Argument, words: Sequence[Token]) -> Values:
        """A person and the text behind: told apart here if the words show it, else by who is there."""
        value, behind = person.kind.take_before_text(self.line, words)
        if person.kind.holds_text(value):
            held = value.model_copy(update={"words": text.kind.holding(value.words)})
            return {person.name: held, text.name: ""}
        return {person.name: value} | ({text.name: read(text, self.line, behind)} if behind else {})
