"""Sorts the words behind a command into its options and its places."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.command.arguments import Argument
from bot.command.errors import Unreadable
from bot.command.kinds.base import Input
from bot.command.matching import Spellings, Spelt
from bot.command.tokens import Token
from bot.errors import UserError
from bot.reply import Code

Values = dict[str, Any]
_WRITTEN = frozenset({Input.TEXT, Input.MOMENT, Input.CHOICE})  # the inputs that hold what somebody typed


@dataclass
class Sorted:
    """Options that were read, by field, and the words that stand by themselves; ``wrong`` is what was not."""

    values: Values = field(default_factory=dict)
    wrong: Unreadable | None = None
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
        found, at, rest = Sorted(), 0, self._rest()
        while at < len(tokens):
            if len(found.words) >= rest:
                found.words += tokens[at:]
                break
            if tokens[at].option and not self._is_said(tokens[at], found.words):
                at += self._option(tokens[at], _up_to_option(tokens[at + 1 :]), found)
            else:
                found.words.append(tokens[at])
                at += 1
        return found

    def _rest(self) -> float:
        places = [argument for argument in self.stated if argument.positional]
        return next((index for index, place in enumerate(places) if place.kind.rest), float("inf"))

    def _is_said(self, token: Token, before: Sequence[Token]) -> bool:
        """Whether what looks like an option is a part of a message: ``say use --mute when you join``."""
        places = [argument for argument in self.stated if argument.positional]
        message = next((index for index, place in enumerate(places) if place.kind.message), len(before))
        known = self._known()
        return len(before) > message and token.option not in known and not _near(token.option, known)

    def _option(self, option: Token, behind: Sequence[Token], found: Sorted) -> int:
        """Read one option into the values; answers how many words it took."""
        argument, values = self._argument(option.option), found.values
        kind, before = argument.kind, values.get(argument.name)
        if argument.name in values and not kind.repeats:
            raise Unreadable("{option} stands there twice. Write it once.", option=_dashed(option.option))
        if kind.alone and not option.value:
            values[argument.name] = argument.word == option.option
            return 1
        taken = [option.value] if option.value else behind[: kind.reach(self.line, behind)]
        if not taken:
            raise Unreadable("{option} needs something behind it, such as {example}.", **_example(argument))
        try:
            with _unreadable(argument, self.line, taken):
                values[argument.name] = kind.take_option(self.line, taken, before)
        except Unreadable as wrong:  # the rest is read all the same: the form that is offered holds it
            found.wrong = found.wrong or wrong
        return 1 if option.value else 1 + len(taken)

    def _argument(self, word: str) -> Argument:
        """The argument an option means; ``--room`` means the room whatever the field is called."""
        known = self._known()
        if word not in known:
            raise _no_option(word, list(known))
        return known[word]

    def _known(self) -> dict[str, Argument]:
        known = {argument.word: argument for argument in self.stated}
        flags = {f"no-{word}": one for word, one in known.items() if one.kind.alone}
        shared = {one.kind.option: one for one in reversed(self.stated) if one.kind.option}
        return flags | shared | known


def read(argument: Argument, line: str, tokens: Sequence[Token]) -> Any:
    """Make a value of some words of a line.

    Raises Unreadable when they are none of its kind.
    """
    with _unreadable(argument, line, tokens):
        return argument.kind.take(line, tokens)


@contextmanager
def _unreadable(argument: Argument, line: str, tokens: Sequence[Token]) -> Iterator[None]:
    """What is wrong with some words is wrong with the line; a form shows it where they were to stand."""
    try:
        yield
    except UserError as error:
        shows = argument.kind.form in _WRITTEN and not tokens[0].unclosed
        given = {argument.name: argument.kind.said(line, tokens)} if shows else {}
        raise Unreadable(error.template, **error.values).giving(given) from error


def _up_to_option(tokens: Sequence[Token]) -> Sequence[Token]:
    end = next((index for index, token in enumerate(tokens) if token.option), len(tokens))
    return tokens[:end]


def _dashed(word: str) -> Code:
    return Code(f"--{word}")


def _example(argument: Argument) -> dict[str, Code]:
    sample = argument.kind.sample or f"<{argument.word}>"
    return {"option": _dashed(argument.word), "example": Code(f"--{argument.word} {sample}")}


def _near(word: str, known: Iterable[str]) -> Sequence[str]:
    """The options that may have been meant."""
    spellings = Spellings((option.replace("-", " "), option) for option in known)
    return spellings.near(Spelt.of(word.replace("-", " ")))


def _no_option(word: str, known: Sequence[str]) -> Unreadable:
    if word == "rooms":
        return Unreadable(
            "{option} is not there yet. Name one room with {room}.",
            option=_dashed(word),
            room=_dashed("room"),
        )
    near = _near(word, known)
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
