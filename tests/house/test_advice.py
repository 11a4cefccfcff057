"""What people are told to type is what the reader takes, wherever it is told."""

import ast
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command import Incomplete, Registry, read
from bot.command.arguments import Argument, arguments
from bot.command.kinds.length import LengthKind
from bot.command.kinds.moment import MomentKind
from bot.command.pinning import option_of
from bot.command.tokens import cut
from bot.errors import UserError
from sandbox.demo.setting_up import GRANTS, IN_CHANNELS
from sandbox.demo.site import TRIES
from tests.house.sentences import Said, name_of, said
from tests.house.source import modules, named, tree

REGISTRY = Registry()
SLASH = "/hms"
CODE = re.compile(r"`([^`]+)`")
VALUE = re.compile(r"\{\w+\}")
# The command's name where nothing is advised.
NAMED = {"use", "by", "behind", "after", "names"}
ARGUMENTS = [one for command in REGISTRY.commands.values() for one in arguments(command)]


def sentences() -> list[Said]:
    return [each for each in said() if SLASH in each.words and "sqlite" not in each.words]


def is_taken(line: str) -> bool:
    """Whether the reader takes a line; what it lacks a form asks for."""
    try:
        read(REGISTRY, re.sub(r"@\w+", "<@U1>", line))
    except Incomplete:
        return True
    except UserError:
        return False
    return True


def test_a_line_that_a_sentence_advises_is_set_as_code() -> None:
    plain = [(each.file, CODE.sub("", each.words)) for each in sentences()]
    bare = [(file, found) for file, words in plain for found in re.findall(r"(\w*)\W*/hms", words)]
    assert [(file, before) for file, before in bare if before not in NAMED] == []


def test_a_line_that_a_sentence_advises_is_taken() -> None:
    advised = {line for each in sentences() for line in CODE.findall(each.words) if line.startswith(SLASH)}
    assert len(advised) > 10
    assert [line for line in advised if not is_taken(VALUE.sub("12", line.removeprefix(SLASH)))] == []


def test_a_line_that_a_value_advises_is_taken() -> None:
    assert len(list(codes())) > 5
    assert [(file, line) for file, line in codes() if not is_taken(line.removeprefix(SLASH))] == []


def codes() -> Iterator[tuple[str, str]]:
    """Every line that stands in the code as words to type; what is filled in reads as a number."""
    for path in modules("bot", "commands"):
        for call in (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)):
            if (
                name_of(call) == "Code"
                and call.args
                and (line := _line(call.args[0])).startswith(f"{SLASH} ")
            ):
                yield named(path), line


def _line(words: ast.expr) -> str:
    match words:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(parts) if _text(parts[0]).strip() != SLASH:
            return "".join(_text(part) or "12" for part in parts)
    return ""


def _text(part: ast.expr) -> str:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""


@pytest.mark.parametrize("line", [*TRIES, *GRANTS, *(line for _, line in IN_CHANNELS)])
def test_what_the_demo_offers_and_says_is_taken(line: str) -> None:
    assert is_taken(line.removeprefix(SLASH))


@pytest.mark.parametrize("argument", ARGUMENTS, ids=lambda one: one.word)
def test_the_sample_of_an_option_reads_as_its_value(argument: Argument) -> None:
    sample = argument.kind.sample
    assert not sample or argument.kind.take_option(sample, cut(sample), None) is not None


@pytest.mark.parametrize("kind", [LengthKind(), MomentKind()])
def test_an_error_names_examples_that_read(kind: LengthKind | MomentKind) -> None:
    with pytest.raises(UserError) as wrong:
        kind.read("nonsense")
    values = (each.words for each in wrong.value.values.values() if hasattr(each, "words"))
    examples = [*CODE.findall(wrong.value.template), *values]
    assert len(examples) >= 4
    assert all(kind.read(example) for example in examples)


@given(
    words=st.lists(
        st.sampled_from(["in", "lock", "cancel", "5", "5m", "min", "minutes", "now", "reason", "x"])
    )
)
def test_words_that_are_advised_as_an_option_read_as_one(words: list[str]) -> None:
    command = REGISTRY.commands["end-room"]
    if option_of(arguments(command), " ".join(words)):
        assert is_taken(f"end-room --{' '.join(words)}")
