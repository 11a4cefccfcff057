"""A form, a line and a kept value of the same arguments are the same command, whatever is in them."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.command import Registry, Unreadable, from_form, read, suggested, to_form, understood, write
from bot.command.arguments import arguments
from bot.command.kinds.secret import SecretKind
from bot.errors import UserError
from bot.reply import Invocation
from tests.bot.command.values import AWKWARD, anything, commands, hides

lines = st.one_of(anything, st.text(), st.lists(st.sampled_from(AWKWARD)).map(" ".join))

pytestmark = pytest.mark.usefixtures("registry")


@pytest.fixture(scope="session", params=["samples", "commands"])
def every(request, registry: Registry) -> Registry:
    return registry if request.param == "samples" else Registry("commands")


@settings(max_examples=600)
@given(data=st.data())
def test_a_line_a_form_and_a_kept_value_mean_the_same(every: Registry, data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(list(every.commands)))
    command = data.draw(commands(every.commands[words]).filter(lambda made: not made.unsaid()))
    line = write(every, command)

    assert hides(command) or read(every, line).command == command, line
    assert every.load(Invocation.load(json.loads(json.dumps(every.invocation(command).json())))) == command
    if not any(isinstance(argument.kind, SecretKind) for argument in arguments(type(command))):
        assert from_form(every, words, to_form(command)) == command  # a form asks for a secret again


@example(behind='" --room="Big Hall"')
@given(behind=st.lists(st.one_of(anything, st.sampled_from(AWKWARD)), max_size=6).map(" ".join))
@settings(max_examples=400)
def test_a_name_with_text_behind_it_is_written_as_it_was_typed(registry: Registry, behind: str) -> None:
    asking, _ = _outcome(lambda: read(registry, f"remove Gus {behind}"))
    assert not asking or read(registry, asking.sentence).command == asking.command


@given(data=st.data())
@settings(max_examples=1500)
def test_whatever_is_typed_becomes_a_command_or_a_sentence(every: Registry, data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(["", *every.typed, "recrod strat"]))
    line = f"{words} {data.draw(lines)}"
    asking, refusal = _outcome(lambda: read(every, line))
    if asking:
        assert hides(asking.command) or read(every, asking.sentence).command == asking.command
    else:
        assert refusal.template
        assert refusal.length == len(line)


@example(words="who", behind="' ' room")
@given(
    words=st.sampled_from(["", "who", "remove", "end-room", "close", "record off", "recrod strat"]),
    behind=st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=12).map(" ".join),
)
@settings(max_examples=600)
def test_whatever_is_typed_is_understood_or_answered_with_what_is_near(words: str, behind: str) -> None:
    registry, line = Registry("commands"), f"{words} {behind}"
    asking, refusal = _outcome(lambda: understood(registry, line, "U0MO"))
    if not asking:
        unread = isinstance(refusal, Unreadable)
        assert refusal.template
        assert not unread or suggested(registry, line, refusal, "U0MO", lambda _: True)


@given(
    values=st.dictionaries(st.sampled_from(["room", "person", "reason", "after", "until", "rank"]), anything)
)
def test_whatever_a_form_holds_becomes_a_command_or_sentences(
    every: Registry, values: dict[str, str]
) -> None:
    for words in every.commands:
        command, refusal = _outcome(lambda words=words: from_form(every, words, values))
        assert command or refusal.fields


def _outcome(ask):
    """What came of it, and what was said instead; anything but a UserError is a defect."""
    try:
        return ask(), None
    except UserError as refusal:
        return None, refusal
