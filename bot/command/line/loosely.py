"""Reads what people say who do not know how it is written: pure, and never more than a card or a question.

A line is read as it stands first. What it means besides is tried where that names nothing: a room called
*now* is meant by ``end-room now``, and without one the session of this channel is. Long because whoever asks
how a line came to mean something reads one file.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.command.arguments import Argument, arguments, text_behind
from bot.command.base import Command
from bot.command.errors import Incomplete, Unreadable
from bot.command.kinds.base import Kind, Turn
from bot.command.kinds.room import ALL
from bot.command.line.reader import Line, is_flag, read, unmarked
from bot.command.line.vocabulary import Groups, Saying, spoken, vocabulary
from bot.command.pinning import unfinished
from bot.command.references import PersonRef, RoomRef
from bot.command.registry import Registry
from bot.command.tokens import Token, cut, prose, quoted, verbatim
from bot.errors import UserError
from bot.reply import Button, Invocation
from bot.reply import cut as shortened
from bot.work.links import LONG, OF_HMS, OF_SLACK

ON_A_BUTTON = 40  # characters of a line; what is behind them it carries all the same
LONGEST = 250  # characters of a line that is looked at closely: what is longer is a text, and begins like one
ROOM = "room"  # the option that means the room, whatever the field is called
_WORDS = 5  # of what may name a command, articles aside

Sense = Line | Incomplete
"""What a line may mean: a command, or one that lacks something and has a form for it."""


class Pasted(Unreadable):
    """A line that holds a secret, of which nothing may be kept."""


def understood(registry: Registry, line: str, me: str = "") -> Line:
    """Read a line as it stands, else loosely; ``me`` is the user id of whoever says it.

    Raises Unreadable when it means nothing, Incomplete when what it means lacks something.
    """
    return besides(registry, at_first(registry, line, me), me)


def at_first(registry: Registry, line: str, me: str = "") -> Line:
    """The same as far as an ack has to wait for it: what else a look may mean is left to ``besides``."""
    refuse_secret(line)
    line = unmarked(line)
    if asked_whole(registry, line, me):
        raise Unreadable("That is not done as it is said.").about(line, "")
    try:
        asked = _unhurried(registry, read(registry, line), line)
    except Unreadable:
        heard = _heard(registry, line, me)
        if not heard:
            raise
        return _instead(registry, heard)
    if len(line) > LONGEST or not _may_mean_more(registry, asked, line):
        return asked
    if asked.reads and not (_overrides(registry, line) or _cannot_be(asked)):
        return replace(asked, typed=line)
    return _besides(registry, asked, _heard(registry, line, me), line)


def _unhurried(registry: Registry, asked: Line, line: str) -> Line:
    """A line whose reason does not end with ``right now pls``, which says nothing of why."""
    stated = arguments(type(asked.command))
    if not any(text_behind(one, stated) for one in stated) or polite(line)[-1] == _tokens(line)[-1]:
        return asked
    read_anew = read(registry, verbatim(line, polite(line)))
    return replace(read_anew, dry_run=asked.dry_run, sure=asked.sure, here=asked.here)


def besides(registry: Registry, asked: Line, me: str = "") -> Line:
    """A look with all that it may mean where it names nothing as it stands."""
    if not asked.typed:
        return asked
    return replace(asked, typed="", loosely=_fitting(registry, asked, _heard(registry, asked.typed, me)))


def refuse_secret(line: str) -> None:
    """Raise Pasted for a line with a token in it: people paste what is in their clipboard."""
    if OF_SLACK.search(line):
        raise Pasted(
            "That looks like a Slack token. I kept nothing of it; replace it if others could see your screen."
        )
    if OF_HMS.search(line):
        raise Pasted(
            "That looks like a token of 100ms. I kept nothing of it; "
            "replace it if others could see your screen."
        )
    if LONG.fullmatch(line.strip()):
        raise Pasted(
            "That looks like a secret. I kept nothing of it; replace it if others could see your screen."
        )


def button_of(registry: Registry, heard: Sense) -> Button:
    """What was heard as a button that carries all of it; what lacks something opens its form."""
    if isinstance(heard, Incomplete):
        return Button(heard.words, Invocation(heard.words, **heard.given), form=True)
    return Button(shortened(heard.sentence, ON_A_BUTTON), registry.invocation(heard.command))


def as_it_stands(registry: Registry, line: str) -> Sense | None:
    """A line that was made of somebody's words, if it is one."""
    try:
        return read(registry, line)
    except Incomplete as lacking:
        return lacking
    except Unreadable:
        return None


def _instead(registry: Registry, heard: Sequence[Sense]) -> Line:
    """What is meant in place of a line as it stands; raises Incomplete where that lacks something."""
    if isinstance(heard[0], Incomplete):
        raise heard[0]
    return _loose(registry, [each for each in heard if isinstance(each, Line)])


def _besides(registry: Registry, asked: Line, heard: Sequence[Sense], line: str) -> Line:
    """A line that reads as it stands, with what it means where that names nothing."""
    if heard and (_overrides(registry, line) or _cannot_be(asked)):
        return _instead(registry, heard)
    if _is_sloppy(asked, line):
        others = [each for each in heard if isinstance(each, Line) and _may_replace(asked, each)]
        return _loose(registry, [*others, asked])
    return replace(asked, loosely=_fitting(registry, asked, heard))


def _fitting(registry: Registry, asked: Line, heard: Sequence[Sense]) -> tuple[Button, ...]:
    """What may be meant in its place, each on a button."""
    fitting = [each for each in heard if isinstance(each, Incomplete) or _may_replace(asked, each)]
    return _buttons(registry, fitting)


def _may_replace(asked: Line, other: Line) -> bool:
    """Whether another reading is one, looks where this looks, and leaves no name out that nobody has."""
    return other.reads == asked.reads and other.command != asked.command and not other.unused


def _loose(registry: Registry, lines: Sequence[Line]) -> Line:
    """What was read loosely, with everything else that it may mean."""
    first = lines[0]
    return replace(first, sure=False, loose=True, loosely=_buttons(registry, lines), unused=lines[-1].unused)


def _buttons(registry: Registry, heard: Iterable[Sense]) -> tuple[Button, ...]:
    return tuple(button_of(registry, each) for each in heard)


def _may_mean_more(registry: Registry, asked: Line, line: str) -> bool:
    """Whether a line that reads as it stands may name nothing, or be said by chance as it is written."""
    named = [value for _, value in asked.command if isinstance(value, RoomRef | PersonRef) and value.words]
    unknown = asked.words == _HELP and not registry.find(getattr(asked.command, "command", ""))
    return bool(named) or unknown or _overrides(registry, line) or _is_sloppy(asked, line)


def _overrides(registry: Registry, line: str) -> bool:
    """Whether a noun stands there without a verb that means something else when it does."""
    tokens, known = polite(line), vocabulary()
    words = [spoken(token) for token in tokens]
    if len(words) < 2:
        return bool(words) and words[0] in known.alone
    both = f"{words[0]} {words[1]}"
    if both in registry.typed:
        return False
    said = [phrase for phrase in known.phrases if phrase.instead]
    whole = any(phrase.pattern.fullmatch(verbatim(line, tokens)) for phrase in said)
    return whole or words[0] in known.followed or both in known.twins


def _cannot_be(asked: Line) -> bool:
    """Whether a line names a room as none is called: their names are one word, without a #."""
    room = getattr(asked.command, "room", None)
    of_help = asked.words == _HELP
    return of_help or (isinstance(room, RoomRef) and (" " in room.words or room.words.startswith("#")))


def _is_sloppy(asked: Line, line: str) -> bool:
    """Whether an act is typed as two words where it is one with a hyphen: ``end room``.

    Behind a noun a verb may be written so: ``schedule skip holidays`` says what it says.
    """
    spaced = " ".join(spoken(token) for token in _tokens(line))
    one = "-" in asked.words and " " not in asked.words
    return not asked.reads and one and spaced.startswith(asked.words.replace("-", " "))


_HELP = "help"


def _tokens(line: str) -> Sequence[Token]:
    return [token for token in cut(line) if not is_flag(token)]


def polite(line: str) -> Sequence[Token]:
    """A line without what is said of the whole of it, and without what is said out of politeness."""
    return vocabulary().politely(_tokens(line))


def _heard(registry: Registry, line: str, me: str) -> Sequence[Sense]:
    """All that a line may mean, the likeliest first; what it says of the whole counts for each."""
    tokens = polite(line) if len(line) <= LONGEST else ()
    if not tokens:
        return ()
    found = _said_whole(registry, line, tokens, me) or list(_said_in_words(registry, line, tokens))
    flags = {token.option for token in cut(line) if is_flag(token)}
    dry, here = "dry-run" in flags, "here" in flags
    return [replace(each, dry_run=dry, here=here) if isinstance(each, Line) else each for each in found]


def _said_whole(registry: Registry, line: str, tokens: Sequence[Token], me: str) -> list[Sense]:
    """What is meant by a line that is said so as a whole."""
    said = " ".join(verbatim(line, tokens).rstrip(" .!?").split(" "))
    for phrase in vocabulary().phrases:
        heard = None if phrase.asked else phrased(registry, phrase, said, me)
        if heard:
            return [heard]
    return []


def asked_whole(registry: Registry, line: str, me: str) -> list[Sense]:
    """What may be meant by a line that is never taken as it is said: ``remove everybody now``."""
    said = verbatim(line, polite(line)).rstrip(" .!?") if len(line) <= LONGEST else ""
    heard = [phrased(registry, each, said, me) for each in vocabulary().phrases if each.asked]
    return [each for each in heard if each]


def phrased(registry: Registry, phrase: Saying, said: str, me: str) -> Sense | None:
    """What a phrase means here; None where it is not said so, or its command is not there."""
    if not any(words in registry.commands for words in phrase.command):
        return None
    groups = phrase.groups(said, lambda words: _named(registry, words), vocabulary().is_filler)
    if groups is None:
        return None
    if phrase.form:
        return unfinished(registry.commands[phrase.form], _filled(phrase.given, groups))
    return as_it_stands(registry, phrase.means.format_map(groups | {"me": me}).strip())


def _filled(given: Groups, groups: Groups) -> dict[str, str]:
    return {name: value.format_map(groups) for name, value in given.items()}


def _named(registry: Registry, words: str) -> str:
    """The command that some words name, such as *end the room*; empty where they name none."""
    tokens = vocabulary().politely(cut(words))
    found = _command(registry, tokens)
    return found[0][0] if found else ""


def _command(registry: Registry, tokens: Sequence[Token]) -> tuple[Sequence[str], int] | None:
    """What the longest beginning of some words means, and where what stands behind it begins."""
    known = vocabulary()
    places = [at for at, token in enumerate(tokens) if spoken(token) not in known.articles]
    bare = [at for at in places[:_WORDS] if not (tokens[at].option or tokens[at].quote)]
    for count in range(len(bare), 0, -1):
        said = " ".join(spoken(tokens[at]) for at in bare[:count])
        behind = bare[count - 1] + 1
        nouns = known.followed if behind < len(tokens) else known.alone
        meant = nouns.get(said) or known.twins.get(said)
        if meant:
            there = [words for words in meant if words in registry.commands]
            return (there, behind) if there else None
        found = registry.find(said)
        if found:
            return [found[0]], behind
    return None


def _said_in_words(registry: Registry, line: str, tokens: Sequence[Token]) -> Iterator[Sense]:
    """What is meant by a command's name, or another word for it, with something around what is behind."""
    found = _command(registry, tokens)
    for words in found[0] if found else ():
        command = registry.commands[words]
        for behind, unused in _behind(command, line, tokens[found[1] if found else 0 :]):
            heard = as_it_stands(registry, f"{words} {behind}".strip())
            if heard:
                yield replace(heard, unused=unused) if isinstance(heard, Line) else heard


def _behind(command: type[Command], line: str, tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """What may be meant by the words behind a command, and which of them are not used."""
    stated = arguments(command)
    if any(one.positional and one.kind.turn is not Turn.PLACE for one in stated):
        yield verbatim(line, _without_lead(tokens)), ""
        yield from _room_last(stated, line, tokens)
        return
    kept, options = _kept(stated, line, tokens)
    if len(kept) < 2:
        yield " ".join([*(_written(line, one) for one in kept), *options]), ""
    if kept and command.reads:
        yield " ".join(options), prose(line, tokens)


def _room_last(stated: Sequence[Argument], line: str, tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The same where the last word names a room, as nothing else can be meant: ``extend by 30m in yoga``."""
    places = [one for one in stated if one.positional and one.kind.turn is not Turn.PLACE]
    words = _without_fillers(tokens)
    before = _without_fillers(words[:-1])
    lacks = len(before) < sum(one.required for one in places)
    fixed = not (lacks or any(one.kind.many or one.kind.free for one in places))
    if not (words and fixed) or any(token.option for token in tokens) or spoken(words[-1]) in ALL:
        return
    before = before[1:] if before and spoken(before[0]) in {one.word for one in places} else before
    yield f"{verbatim(line, before)} --{ROOM} {_written(line, words[-1])}", ""


def _without_fillers(tokens: Sequence[Token]) -> Sequence[Token]:
    """Words without those at their end that say nothing by themselves."""
    last = next((at for at in range(len(tokens), 0, -1) if not _says_nothing(tokens[at - 1])), 0)
    return tokens[:last]


def _says_nothing(token: Token) -> bool:
    return not token.quote and vocabulary().is_filler(spoken(token))


def _without_lead(tokens: Sequence[Token]) -> Sequence[Token]:
    """Words without what stands before a name: ``kick out the gus``."""
    leads = vocabulary().articles | {"out", "off"}
    first = next((at for at, token in enumerate(tokens) if spoken(token) not in leads), 0)
    return tokens[first:]


def _kept(
    stated: Sequence[Argument], line: str, tokens: Sequence[Token]
) -> tuple[Sequence[Token], Sequence[str]]:
    """The words that may name a room, and the options among the rest, with or without their dashes."""
    kept: list[Token] = []
    options: list[str] = []
    at = 0
    while at < len(tokens):
        width, written = _option(stated, line, tokens[at:])
        if width:
            options.append(written)
        elif not _says_nothing(tokens[at]):
            kept.append(tokens[at])
        at += width or 1
    return kept, options


def _option(stated: Sequence[Argument], line: str, tokens: Sequence[Token]) -> tuple[int, str]:
    """How many words are an option that begins here, and how it is written; none where it is none."""
    first = tokens[0]
    word = first.option or spoken(first)
    word, *begun = vocabulary().options.get(word, word).split() or [word]
    kind = next((one.kind for one in stated if one.word == word and not one.positional), None)
    if kind is None or first.quote:
        return (1, line[first.start : first.end]) if first.option else (0, "")
    if kind.alone or first.value:
        return 1, line[first.start : first.end] if first.option else f"--{word}"
    width = _reach(kind, line, tokens[1:])
    if not width and first.option:
        return 1, f"--{word}"  # said as an option it is none of the words
    value = " ".join([*begun, verbatim(line, tokens[1 : 1 + width])])
    return (1 + width, f"--{word} {value}") if width else (0, "")


def _reach(kind: Kind, line: str, tokens: Sequence[Token]) -> int:
    """How many words can be the value of an option; none where the first cannot."""
    width = kind.reach(line, tokens) if tokens else 0
    try:
        kind.take_option(line, tokens[:width], None)
    except UserError:
        return 0
    return width


def _written(line: str, token: Token) -> str:
    """A word that may be the name of a room, without what ends a sentence."""
    return line[token.start : token.end] if token.quote else quoted(token.word.strip(".,;:!?#"))
