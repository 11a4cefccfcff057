"""A line becomes a command: ``read`` is pure, and asks nobody.

What comes out is a ``Line``: the command as a value, and what was said about the whole of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError
from rapidfuzz.fuzz import ratio

from bot.command.arguments import Argument, alternative, arguments, clash, text_behind, typed, words_of
from bot.command.base import Command
from bot.command.errors import Incomplete, Unreadable
from bot.command.kinds.text import Reason
from bot.command.line.placing import Placing
from bot.command.line.sorting import Sorted, Sorting, Values
from bot.command.line.writer import write
from bot.command.misfits import misfits
from bot.command.pinning import filled, require
from bot.command.registry import FLAGS, Registry
from bot.command.tokens import Token, cut
from bot.errors import UserError
from bot.reply import Button, Counted

_HELP = "help"
_LONGEST = 4000
_MOST_WORDS = 800  # as many as so long a text has; a line of single letters would hold everybody else up
# What is left of "@hms: who", and what people copy with a line: "/hms who", "/who".
_ADDRESS = re.compile(r"\A(?:[\s,;:]|/(?:hms(?=\s|\Z))?|[-–—]+(?=\s))+", re.IGNORECASE)  # noqa: RUF001 -- phones
# What stands around a line that somebody copied from a list, or wrote as code.
_BULLETS = re.compile(r"\A\s*(?:(?:[•◦▪‣·*>]|\d{1,2}[.)])\s+)+")
_MARKS = ("```", "`", "*", "_", "~")
_STOPS = ".,;:!?/"
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-"))
_NAMING = re.compile(r"\w(?:[\w-]*\w)?")
_SLIP = 80  # of a hundred: how much alike a word is to the verb it was meant to be
_RECORDED = re.compile(r"[a-zA-Z-]{1,20}")  # a longer first word, or one with digits, may be a pasted key


class _Shared(BaseModel):
    """What every command may be told, also one that has no field for it."""

    reason: Annotated[Reason, Field(description="Why it is done")] = ""


(_REASON,) = arguments(_Shared)

Named = tuple[str, type[Command], Sequence[Token]]
"""A command's words, the command, and what stands behind them."""


@dataclass(frozen=True)
class Line:
    """A command as somebody asks for it.

    ``sure`` skips the actor's own confirm (``--yes``). ``sentence`` is the command written out. ``loosely``
    is what it may mean besides, where it names nothing; with ``loose`` the command itself is the first of
    that. ``unused`` are the words that the last of it leaves out. ``typed`` is a look as it was typed, of
    which it is yet to be found out what it may mean besides.
    """

    command: Command
    words: str
    dry_run: bool = False
    sure: bool = False
    here: bool = False
    reason: str = ""
    sentence: str = ""
    loosely: tuple[Button, ...] = ()
    loose: bool = False
    unused: str = ""
    typed: str = ""

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.command.reads

    @classmethod
    def of(cls, registry: Registry, command: Command) -> "Line":
        """A command that a form, a button or a schedule hands over, as it is asked for now."""
        reason = getattr(command, "reason", "")
        return cls(command, registry.words(command), reason=reason, sentence=write(registry, command))


def read(registry: Registry, line: str) -> Line:
    """Read a line that somebody typed, without the slash command's own word.

    Raises Unreadable when it is no command, Incomplete when the command lacks something.
    """
    try:
        return _read(registry, _addressed(line))
    except Unreadable as error:
        raise error.about(line, _recorded(line)) from error.__cause__


def named(registry: Registry, line: str) -> type[Command]:
    """The command that a line names, by its first words alone; Unreadable where it names none."""
    _, (_, command, _) = _begin(registry, _addressed(line))
    return command


def _read(registry: Registry, line: str) -> Line:
    flags, (words, command, behind) = _begin(registry, line)
    if "help" in flags and words != _HELP:
        return _read(registry, f"{_HELP} {words}")
    try:
        values, reason = _values(command, line, behind)
        whole = Line.of(registry, _made(registry, command, values))
    except Unreadable as error:
        raise error.trying(words) from error.__cause__
    return replace(
        whole,
        dry_run="dry-run" in flags,
        sure="yes" in flags,
        here="here" in flags,
        reason=reason or whole.reason,
    )


def unmarked(line: str) -> str:
    """A line without the bullet before it and the marks around it: ``• end-room``, or one written as code."""
    said = _BULLETS.sub("", line).strip()
    for mark in _MARKS:
        inner = said.removeprefix(mark).removesuffix(mark)
        if len(inner) == len(said) - 2 * len(mark) and mark not in inner:
            return inner.strip() or line
    return said or line


def _addressed(line: str) -> str:
    """A line without what stood between it and the bot's name."""
    return _ADDRESS.sub("", line, count=1)


def _begin(registry: Registry, line: str) -> tuple[set[str], Named]:
    """What a line says about the whole of itself, and the command that it names."""
    if len(line) > _LONGEST:
        raise Unreadable(
            "A line may have {most}, and this has {length}.",
            most=Counted(_LONGEST, "character", "characters"),
            length=len(line),
        )
    if len(line.split()) > _MOST_WORDS:
        raise Unreadable(
            "A line may have {most}, and this has {length}.",
            most=Counted(_MOST_WORDS, "word", "words"),
            length=len(line.split()),
        )
    tokens = cut(line)
    flags = {token.option for token in tokens if is_flag(token)}
    return flags, _command(registry, [token for token in tokens if not is_flag(token)])


def is_flag(token: Token) -> bool:
    """Whether a word is an option of every command, such as ``--here``."""
    return token.option in FLAGS and not token.value


def _command(registry: Registry, tokens: Sequence[Token]) -> Named:
    """The command that the longest beginning of the line names, and what stands behind it."""
    tokens = [*_unquoted(registry, tokens[:1]), *tokens[1:]]
    bare = [_name(token) for token in takewhile(_may_name, tokens[: registry.longest + 1])]
    for count in range(min(len(bare), registry.longest), 0, -1):
        typed = " ".join(bare[:count])
        found = registry.find(typed)
        if found:
            _look_for_slip(registry, typed, bare[count:])
            return *_meant(registry, *found, tokens[count:]), tokens[count:]
    found = None if tokens and not tokens[0].option else registry.find("")
    if found:
        return *found, tokens
    tried = " ".join(token.word for token in tokens[: 2 if _is_noun(registry, tokens) else 1])
    raise Unreadable("There is no command “{tried}”.", tried=tried).trying(tried)


def _is_noun(registry: Registry, tokens: Sequence[Token]) -> bool:
    return bool(tokens) and _name(tokens[0]).casefold() in registry.nouns


def _unquoted(registry: Registry, first: Sequence[Token]) -> Sequence[Token]:
    """A command in quotes is that command: they stand there because somebody copied it with them."""
    words = [part for token in first if token.quote for part in token.text.split()]
    if not words or registry.find(" ".join(words)) is None:
        return first
    return [first[0]._replace(text=word, quote="") for word in words]


def _may_name(token: Token) -> bool:
    return not token.quote and bool(_NAMING.fullmatch(_name(token)))


def _name(token: Token) -> str:
    """A word of a command with plain hyphens, and without what ends a sentence said to somebody: ``who?``."""
    return token.text.translate(_HYPHENS).rstrip(_STOPS)


def _look_for_slip(registry: Registry, typed: str, behind: Sequence[str]) -> None:
    """A noun alone reads something, but ``room lokc standup`` was meant to be more than that."""
    noun = typed.casefold()
    if noun not in registry.nouns or not behind:
        return
    word = behind[0].casefold()
    verbs = [words.removeprefix(f"{noun} ") for words in registry.commands if words.startswith(f"{noun} ")]
    if any(sorted(word) == sorted(verb) or ratio(word, verb, score_cutoff=_SLIP) > _SLIP for verb in verbs):
        tried = f"{noun} {word}"
        raise Unreadable("There is no command “{tried}”.", tried=tried).trying(tried)


def _values(command: type[Command], line: str, tokens: Sequence[Token]) -> tuple[Values, str]:
    """The arguments by field, and the reason of a command that has no field for it."""
    stated = typed(command)
    own = any(argument.word == _REASON.word for argument in stated)
    found = Sorting(line, stated if own else (*stated, _REASON)).sort(tokens)
    reason = "" if own else found.values.pop(_REASON.name, "")
    places = [argument for argument in stated if _is_open(argument, stated, found.values)]
    _look_for_both(stated, tokens, found)
    try:
        Placing.of(line, places).read(found.words, found.values)
        if found.wrong:
            raise found.wrong
    except Unreadable as error:
        wrong = found.wrong or error
        raise wrong.giving({**filled(stated, found.values), **wrong.given}) from error.__cause__
    return found.values, reason


def _is_open(argument: Argument, stated: Sequence[Argument], values: Values) -> bool:
    """Whether words that stand by themselves may be this argument."""
    other = alternative(argument, stated)
    return argument.positional and argument.name not in values and not (other and other.name in values)


def _look_for_both(stated: Sequence[Argument], tokens: Sequence[Token], found: Sorted) -> None:
    """A word before ``--role`` stands where a person would: it is not taken for the start of a reason."""
    for argument in stated:
        other, text = alternative(argument, stated), text_behind(argument, stated)
        if not (other and text and other.name in found.values and found.words):
            continue
        first = found.words[0]
        if any(token.option == other.word and token.start > first.start for token in tokens):
            raise Unreadable(
                "“{word}” stands where the {person} would. Name either {person} or {other}, not both. "
                "The {text} goes behind.",
                word=first.word,
                person=argument.word,
                other=other.word,
                text=text.word,
            )


def _meant(
    registry: Registry, words: str, command: type[Command], behind: Sequence[Token]
) -> tuple[str, type[Command]]:
    """What was named, or what is meant by its name alone: ``approve`` shows what there is to approve."""
    return (
        (words, command) if behind or not command.alone else (command.alone, registry.commands[command.alone])
    )


def _made(registry: Registry, command: type[Command], values: Values) -> Command:
    stated = arguments(command)
    require(command, values)
    both = clash(stated, values)
    if both:
        raise Unreadable("Name either {one} or {other}, not both.", one=both[0].word, other=both[1].word)
    try:
        made = command.model_validate(values, context=registry)  # a line within it is read too
    except ValidationError as error:
        first = next(iter(misfits(stated, error).values()))
        raise Unreadable(first.template, **first.values) from error
    except Incomplete as within:  # the line that it holds lacks something: the form of the whole asks for it
        raise within.lacking(words_of(command), filled(stated, values), ()) from within.__cause__
    except UserError as error:
        raise Unreadable(error.template, **error.values) from error
    unsaid = made.unsaid()
    if unsaid:
        lacking = Incomplete(unsaid.template, **unsaid.values)
        raise lacking.lacking(words_of(command), filled(stated, dict(made)), ())
    return made


def _recorded(line: str) -> str:
    """The first word, if it looks like one; people paste keys."""
    first, *_ = [*line.split(), ""]
    return first if _RECORDED.fullmatch(first) else ""
