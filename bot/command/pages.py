"""What people read about commands: the list of those they may run, one command's help, the page in docs/."""

from collections.abc import Callable, Sequence
from inspect import getdoc

from bot.command.arguments import Argument, alternative, typed, words_of
from bot.command.base import Command
from bot.command.line.suggesting import explained
from bot.command.registry import Allowed, Registry
from bot.people import Level, Yes
from bot.reply import Button, Code, Invocation, Reply, Table, Term

_FIRST = (
    ("who", Term("Shows who is here, with what you can do about each.")),
    ("say We start in five minutes", Term("Says it to everybody in the room.")),
    ("remove Gus spamming", Term("Takes Gus out; a second moderator agrees first.")),
    ("room lock", Term("Closes the room; whoever is inside stays.")),
    ("end-room", Term("Ends the session; you see for how many people first.")),
)
"""What people do most, with an example each."""

_TOPICS = {
    "rooms": (Term("Rooms"), {"end-room", "status", "room", "session", "code"}),
    "people": (
        Term("People"),
        {"who", "remove", "say", "person", "role", "keepout", "stage", "hand", "note", "case"},
    ),
    "approvals": (Term("Approvals"), {"approval", "policy", "can"}),
    "recordings": (Term("Recordings"), {"record", "asset"}),
    "time": (Term("Time"), {"schedule", "announce"}),
    "streams and polls": (
        Term("Streams and polls"),
        {"live", "stream", "stream-target", "key", "poll", "poll-question", "poll-option"},
    ),
    "admin": (Term("Admin"), frozenset[str]()),  # and whatever belongs to none of the others
}

YesInForce = Callable[[type[Command]], Yes]

SHARED = (
    ("--room <room>", "The room, where it is not the one of this channel."),
    ("--reason <text>", "Why; everybody who reads of it reads that too."),
    ("--dry-run", "Says what would happen and does nothing."),
    ("--yes", "Skips your own confirm, never somebody else's."),
    ("--here", "Shows the answer to everybody in the channel."),
)

_NEEDS = {
    Level.ANYBODY: Reply("Anybody may run it."),
    Level.VIEWER: Reply("It takes a viewer."),
    Level.MODERATOR: Reply("It takes a moderator."),
    Level.ADMIN: Reply("It takes an admin."),
}
_READS = Reply("It changes nothing and answers you alone.")
_WAITS = {
    Yes.NONE: Reply("It runs at once."),
    Yes.ACTOR: Reply("A card that only you see says what it would do, and you press its button."),
    Yes.SECOND: Reply(
        "A card in the channel says what it would do, and a second moderator presses its button."
    ),
    Yes.ADMIN: Reply(
        "A card in the channel says what it would do, and a second person who is admin presses its button."
    ),
}


def usage(command: type[Command]) -> str:
    """How a command is written, without ``/hms``: ``end-room [room] [--lock] [--in 15m]``."""
    stated = typed(command)
    elsewhere = {argument.instead for argument in stated}
    places = [_place(argument, stated) for argument in stated if argument.positional]
    options = [
        _option(argument) for argument in stated if argument.name not in elsewhere and _listed(argument)
    ]
    return " ".join([words_of(command), *places, *(f"[{option}]" for option in options)])


def help_line(command: type[Command]) -> str:
    """What a command does, in one line: the first of its docstring."""
    return (getdoc(command) or "").partition("\n")[0]


def help_page(
    registry: Registry,
    words: str,
    allowed: Allowed,
    yes_in_force: YesInForce,
    refusal: Callable[[Level], Reply],
) -> Reply:
    """Help for a command or a noun; without words, everything that this person may run.

    ``refusal`` says why somebody may not do what needs a level.
    """
    typed = " ".join(words.casefold().split())
    found = registry.find(typed)
    first = [] if typed else _first(registry, allowed)
    if first:
        return _front(registry, first, allowed)
    if typed in _TOPICS:
        return _table(_of_topic(registry, typed), allowed, refusal)
    if not typed or typed in registry.nouns:
        return _list(registry, typed, allowed, refusal)
    if found:
        return _about(found[1], yes_in_force(found[1]))
    return Reply("There is no command “{words}”.", words=words) + explained(registry, words, allowed)


def document(registry: Registry) -> str:
    """docs/commands.md: every command with its usage, its level, its yes, its options and its examples."""
    shared = [f"- `{option}`: {about}" for option, about in SHARED]
    nouns = [line for noun in ["", *registry.nouns] for line in _chapter(registry, noun)]
    return "\n".join([*_INTRODUCTION, *shared, *nouns]) + "\n"


_INTRODUCTION = (
    "# Commands",
    "",
    "Made from the commands themselves. They are typed behind `/hms`, or behind the bot's name in a thread.",
    "Every command takes these options too:",
    "",
)


def _first(registry: Registry, allowed: Allowed) -> list[tuple[Code, Term]]:
    """What people do most of what this person may run."""
    known = [(line, does, registry.find(line) or registry.find(line.split()[0])) for line, does in _FIRST]
    return [(Code(f"/hms {line}"), does) for line, does, found in known if found and allowed(found[1])]


def _front(registry: Registry, first: Sequence[tuple[Code, Term]], allowed: Allowed) -> Reply:
    """Help for whoever does not know what to ask: some examples, then what there is to ask about."""
    topics = [
        Button(Reply("{topic}", topic=title), Invocation("help", command=topic))
        for topic, (title, _) in _TOPICS.items()
        if any(map(allowed, _of_topic(registry, topic)))
    ]
    return Reply(
        "This is what people do most. What is it about?",
        table=Table(("Line", "What it does"), tuple(first)),
        buttons=topics,
    )


def _of_topic(registry: Registry, topic: str) -> list[type[Command]]:
    """The commands of a topic; the last has those of none."""
    nouns = _TOPICS[topic][1]
    others = set().union(*(nouns for _, nouns in _TOPICS.values()))
    heads = {words: words.split()[0] for words in registry.commands}
    return [
        registry.commands[words]
        for words, head in heads.items()
        if (head in nouns if nouns else head not in others)
    ]


def _list(registry: Registry, noun: str, allowed: Allowed, refusal: Callable[[Level], Reply]) -> Reply:
    """The commands of a noun that this person may run, or all of theirs: those of one word first."""
    inside = [each for each in registry.commands.values() if not noun or noun_of(each) == noun]
    return _table(inside, allowed, refusal)


def _table(
    inside: Sequence[type[Command]],
    allowed: Allowed,
    refusal: Callable[[Level], Reply],
) -> Reply:
    shown = sorted(filter(allowed, inside), key=_hot_first)
    if not shown:
        return refusal(min(command.level for command in inside))
    rows = [(Code(f"/hms {words_of(command)}"), Term(help_line(command))) for command in shown]
    options = tuple(Code(option) for option, _ in SHARED)
    return Reply(
        "This is what you can run. More about one of them: {help}. Options of all: {options}.",
        help=Code(f"/hms help {words_of(_sample_of(shown))}"),
        options=options,
        table=Table(("Command", "What it does"), tuple(rows)),
    )


def noun_of(command: type[Command]) -> str:
    """The noun a command belongs to; empty for those that stand alone."""
    return words_of(command).rpartition(" ")[0]


def _sample_of(shown: Sequence[type[Command]]) -> type[Command]:
    """The command to ask help about: one that does something, else one that shows something."""
    done = [command for command in shown if not command.reads]
    looked_at = [command for command in shown if command.level > Level.ANYBODY]
    return [*done, *looked_at, *shown][0]


def _hot_first(command: type[Command]) -> tuple[str, str]:
    return noun_of(command), words_of(command)


def _about(command: type[Command], yes: Yes) -> Reply:
    rows = tuple((Code(form), Term(about)) for form, about in _options(command))
    page = Reply(
        "{does} It is written {usage}.",
        does=Term(help_line(command)),
        usage=Code(f"/hms {usage(command)}"),
        table=Table(("Option", "What it means"), rows) if rows else None,
        buttons=[_try(command)],
    )
    examples = tuple(Code(f"/hms {example}") for example in command.examples)
    return (
        page
        + _NEEDS[command.level]
        + _waits(command, yes)
        + Reply("Examples: {examples}.", examples=examples)
    )


def _try(command: type[Command]) -> Button:
    """Look at once, or fill in what an act is to do."""
    lacks = any(argument.required for argument in typed(command))
    return Button("Try it", Invocation(words_of(command)), form=lacks or not command.reads)


def _waits(command: type[Command], yes: Yes) -> Reply:
    return _READS if command.reads else _WAITS[yes]


def _options(command: type[Command]) -> list[tuple[str, str]]:
    """What may or must stand behind a command, and what it means."""
    described = [argument for argument in typed(command) if argument.description]
    return [(_form(argument), argument.description) for argument in described]


def _form(argument: Argument) -> str:
    if argument.positional and not argument.instead:
        return f"<{argument.word}>"
    return _option(argument)


def _place(argument: Argument, stated: Sequence[Argument]) -> str:
    other = alternative(argument, stated)
    if other:
        return f"<{argument.word}>|{_option(other)}"
    name = argument.kind.usage_among(argument.word)
    return f"<{name}>" if argument.required else f"[{name}]"


def _option(argument: Argument) -> str:
    return argument.kind.usage_behind(argument.word, argument.default)


def _listed(argument: Argument) -> bool:
    """Whether an option is the command's own; those that all have are said once."""
    shared = argument.kind.option or argument.word == "reason"
    return not argument.positional and not shared


def _chapter(registry: Registry, noun: str) -> list[str]:
    inside = [command for command in registry.commands.values() if noun_of(command) == noun]
    head = ["", f"## {noun or 'Everyday'}", "", registry.nouns.get(noun) or "What stands alone, for haste."]
    return [*head, *(line for command in inside for line in _section(command))]


def _section(command: type[Command]) -> list[str]:
    also = [f"`{twin}`" for twin in command.also if twin]
    twins = [f"Also understood: {', '.join(also)}."] if also else []
    rights = f"{_NEEDS[command.level].template} {_waits(command, command.yes).template}"
    options = [f"- `{form}`: {about}" for form, about in _options(command)]
    return [
        "",
        f"### {words_of(command)}",
        "",
        help_line(command),
        "",
        f"`{usage(command)}`",
        "",
        " ".join([rights, *twins]),
        "",
        *([*options, ""] if options else []),
        *(f"    /hms {example}" for example in command.examples),
    ]
