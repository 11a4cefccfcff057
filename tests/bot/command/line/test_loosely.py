"""Whatever stands around a line of ours, it means the same command or asks; it never becomes another act."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.command import (
    Incomplete,
    Level,
    Registry,
    Unreadable,
    at_first,
    besides,
    read,
    suggested,
    understood,
)
from bot.command.line.vocabulary import vocabulary
from bot.reply import Reply

REGISTRY = Registry()
EXAMPLES = [(words, example) for words, command in REGISTRY.commands.items() for example in command.examples]
BEFORE = sorted({"", *vocabulary().before, "/hms", "/", "-", ","})
AFTER = sorted({"", *vocabulary().after, ".", "!", "?", " .", "…", "/"})
HOSTILE = [
    "a " * 799,
    "--a " * 799,
    "who " * 799,
    "please " * 570,
    "end room in " * 250,
    '"' * 4000,
    "- " * 799,
]


def meant(line: str) -> tuple[set[str], bool]:
    """The commands that a line may be taken for, and whether one of them is an act."""
    try:
        asked = understood(REGISTRY, line, "U0MO")
    except Incomplete as lacking:
        return {lacking.words}, False
    except Unreadable:
        return set(), False
    words = {asked.words, *(one.invocation.command for one in asked.loosely)}
    return words, not all(REGISTRY.commands[one].reads for one in words)


def typed(example: str, *, case: bool, hyphen: str, dashes: str) -> str:
    """A line as a phone types it: the command's words with its hyphens, the options with its dashes."""
    line = re.sub(r"(?<!\S)--(?=\w)", dashes, example)
    head, gap, rest = line.partition(" ")
    head = head.replace("-", hyphen)
    return f"{head.title() if case else head}{gap}{rest}"


@settings(max_examples=600)
@given(
    example=st.sampled_from(EXAMPLES),
    before=st.sampled_from(BEFORE),
    after=st.sampled_from(AFTER),
    case=st.booleans(),
    hyphen=st.sampled_from(["-", "\u2010", "\u2011", "\u2013"]),
    dashes=st.sampled_from(["--", "\u2014", "\u2013", "-\u2013"]),
)
def test_what_stands_around_a_line_makes_no_other_act_of_it(
    example: tuple[str, str], before: str, after: str, *, case: bool, hyphen: str, dashes: str
) -> None:
    words, line = example
    line = typed(
        line.replace("@max", "<@U1|max>").replace("@vi", "<@U2|vi>"), case=case, hyphen=hyphen, dashes=dashes
    )

    commands, acts = meant(f"{before} {line}{after if after[:1] in '.!?' else ' ' + after}")

    assert not acts or commands == {words}, commands


@pytest.mark.parametrize("line", [example for _, example in EXAMPLES])
def test_an_example_is_read_as_it_stands(line: str) -> None:
    line = re.sub(r"@(\w+)", "<@U1>", line)
    asked = understood(REGISTRY, line, "U0MO")
    assert (asked.command, asked.loose) == (read(REGISTRY, line).command, False)


@pytest.mark.parametrize("line", ["pls end the room --yes", "open --yes", "announce break --yes"])
def test_what_was_read_loosely_is_never_sure(line: str) -> None:
    asked = understood(REGISTRY, line)
    assert (asked.loose, asked.sure) == (True, False)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ban gus", ["remove"]),
        ("cancle", []),
        ("rm -rf /", []),
        ("ende-room", ["end-room"]),
        ("statsu yoga", ["status yoga"]),
        ("room lokc yoga", ["room lock yoga"]),
        ("end-rom yoga --lock", ["end-room yoga --lock"]),
        ("remvoe gus", ["remove"]),
        ("recrod strat standup", ["record start standup"]),
    ],
)  # fmt: skip
def test_what_is_near_is_offered_with_the_rest_of_the_line(line: str, offered: list[str]) -> None:
    said = suggested(REGISTRY, line, Unreadable(""), "U0MO", lambda command: command.level <= Level.MODERATOR)
    assert [button.label for button in said.all_buttons()][:-1] == offered


@pytest.mark.parametrize("line", HOSTILE, ids=lambda one: one[:12])
def test_what_it_costs_to_suggest_does_not_grow_with_the_line(line: str) -> None:
    spellings = (REGISTRY.spelt, REGISTRY.verbs)
    before = sum(one.compared for one in spellings)

    said = suggested(REGISTRY, line, Unreadable(""), "U0MO", lambda _: True)

    assert isinstance(said, Reply)
    assert sum(one.compared for one in spellings) - before <= 2 * REGISTRY.longest * len(REGISTRY.typed)


def test_the_ack_of_a_look_waits_for_no_second_reading() -> None:
    look = at_first(REGISTRY, "who now", "U0MO")
    assert (look.typed, look.loosely) == ("who now", ())
    assert besides(REGISTRY, look, "U0MO").loosely

    act = at_first(REGISTRY, "end-room now", "U0MO")
    assert (act.typed, bool(act.loosely)) == ("", True)  # what it may mean is on disk before its ack
