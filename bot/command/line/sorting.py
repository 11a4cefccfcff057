"""Sorts the words behind a command into its options and its places."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from bot.command import grammar
from bot.command.arguments import Argument
from bot.command.errors import Unreadable
from bot.command.grammar import Kind
from bot.command.tokens import Token, prose, verbatim
from bot.errors import UserError
from bot.reply import Code

Values = dict[str, Any]


@dataclass
class Sorted:
    """Options that were read, by field, and the words that stand by themselves."""

    values: Values = field(default_factory=dict)
    words: list[Token] = field(default_factory=list)


@dataclass(frozen=True)
class Sorting:
    """Reads the options of one line.

    Raises Unreadable for an option there is none of, one given twice, and one that lacks its value.
    """

    line: str
    stated: Sequence[Argument]

    def sort(self, tokens: Sequence[Token]) -> Sorted:
        """Options by field; the other words in their order. What stands behind a Rest is left alone."""
        found, at = Sorted(), 0
        while at < len(tokens):
            if len(found.words) >= self._rest():
                found.words += tokens[at:]
                break
            if tokens[at].option:
                at += self._option(tokens[at], _up_to_option(tokens[at + 1 :]), found.values)
            else:
                found.words.append(tokens[at])
                at += 1
        return found

    def _rest(self) -> float:
        places = [argument for argument in self.stated if argument.positional]
        return next((index for index, place in enumerate(places) if place.rest), float("inf"))

    def _option(self, option: Token, behind: Sequence[Token], values: Values) -> int:
        """Read one option into the values; answers how many words it took."""
        argument = self._argument(option.option)
        several = isinstance(argument.kind, grammar.Several)
        if argument.name in values and not several:
            raise Unreadable("{option} stands there twice. Write it once.", option=_dashed(option.option))
        if isinstance(argument.kind, grammar.Flag) and not option.value:
            values[argument.name] = argument.word == option.option
            return 1
        taken = [option.value] if option.value else behind[: self._width(argument.kind, behind)]
        if not taken:
            raise Unreadable("{option} needs something behind it, such as {example}.", **_example(argument))
        value = read(argument.kind, self.line, _listed(taken) if several else taken)
        values[argument.name] = (*values.get(argument.name, ()), *value) if several else value
        return 1 if option.value else 1 + len(taken)

    def _argument(self, word: str) -> Argument:
        """The argument an option means; ``--room`` means the room whatever the field is called."""
        known = {argument.word: argument for argument in self.stated}
        flags = {f"no-{word}": one for word, one in known.items() if isinstance(one.kind, grammar.Flag)}
        rooms = [argument for argument in self.stated if isinstance(argument.kind, grammar.Room)]
        known = flags | ({"room": rooms[0]} if rooms else {}) | known
        if word not in known:
            raise _no_option(word, list(known))
        return known[word]

    def _width(self, kind: Kind, behind: Sequence[Token]) -> int:
        """How many of the words behind an option are its value."""
        if isinstance(kind, grammar.LongText) and behind and not behind[0].quote:
            return len(behind)
        return next((width for width in kind.widths if fits(kind, self.line, behind, width)), 1)


def read(kind: Kind, line: str, tokens: Sequence[Token]) -> Any:
    """Make a value of some words of a line.

    Raises Unreadable when they are none of its kind.
    """
    try:
        return _read(kind, line, tokens)
    except UserError as error:
        raise Unreadable(error.template, **error.values) from error


def fits(kind: Kind, line: str, tokens: Sequence[Token], width: int) -> bool:
    """Whether so many words can be read; one quoted word always can be tried."""
    if len(tokens) < width or (width > 1 and any(token.quote for token in tokens[:width])):
        return False
    try:
        _read(kind, line, tokens[:width])
    except UserError:
        return False
    return True


def _read(kind: Kind, line: str, tokens: Sequence[Token]) -> Any:
    if isinstance(kind, grammar.Several):
        return kind.make(kind.item.read(token.prose) for token in tokens)
    if tokens and tokens[0].unclosed and not kind.many:
        raise UserError("The quote before {words} is never closed.", words=tokens[0].text)
    return kind.read(_words(kind, line, tokens))


def _words(kind: Kind, line: str, tokens: Sequence[Token]) -> str:
    if isinstance(kind, grammar.InnerLine) and not (len(tokens) == 1 and tokens[0].quote):
        return verbatim(line, tokens)
    return prose(line, tokens) if kind.prose else " ".join(token.word for token in tokens)


def _up_to_option(tokens: Sequence[Token]) -> Sequence[Token]:
    end = next((index for index, token in enumerate(tokens) if token.option), len(tokens))
    return tokens[:end]


def _listed(tokens: Sequence[Token]) -> list[Token]:
    """The items of ``--warn 10,5,1``; quoted text is one item whatever is in it."""
    [token] = tokens
    if token.quote:
        return [token]
    return [Token(token.start, token.end, item) for item in token.text.split(",") if item]


def _dashed(word: str) -> Code:
    return Code(f"--{word}")


def _example(argument: Argument) -> dict[str, Code]:
    sample = argument.kind.hint or f"<{argument.word}>"
    return {"option": _dashed(argument.word), "example": Code(f"--{argument.word} {sample}")}


def _no_option(word: str, known: Sequence[str]) -> Unreadable:
    if word == "rooms":
        return Unreadable(
            "{option} is not there yet. Name one room with {room}.",
            option=_dashed(word),
            room=_dashed("room"),
        )
    near = get_close_matches(word, known, n=1)
    if near:
        return Unreadable(
            "There is no option {option} here. Do you mean {near}?",
            option=_dashed(word),
            near=_dashed(near[0]),
        )
    return Unreadable(
        "There is no option {option} here. If it is part of a text, put the text in quotes.",
        option=_dashed(word),
    )
