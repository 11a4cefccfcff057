"""What the documents tell people to type can be typed."""

import re
import shlex
from importlib.util import find_spec

import pytest

from bot.__main__ import parser
from bot.command import Registry, read
from tests.house.source import ROOT, files
from tests.said import PEOPLE

MADE = {"commands.md", "operations.md"}  # from the code; the first has a test of its own
DOCUMENTS = [*ROOT.glob("*.md"), *(path for path in files("docs") if path.suffix == ".md")]
TYPED = re.compile(r"`([^`\n]+)`|^ {4,}(\S.*)$", re.MULTILINE)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
DOCKER = {"docker build", "docker run"}


def typed(pattern: str) -> list[str]:
    """Everything that stands as code in the documents and is such a thing, without its comment."""
    found = [
        (code or block).partition("  #")[0].strip()
        for path in DOCUMENTS
        if path.name not in MADE
        for code, block in TYPED.findall(path.read_text())
    ]
    return sorted({words for words in found if re.match(pattern, words)})


@pytest.mark.parametrize("line", typed("/hms( |$)"))
def test_a_line_is_a_command(line: str) -> None:
    as_sent = re.sub(r"@(\w+)", lambda found: f"<@{PEOPLE[found[1]]}>", line.removeprefix("/hms"))
    read(Registry(), as_sent.strip())


@pytest.mark.parametrize("line", typed(r"(\.venv/bin/)?hms-bot [a-z]"))
def test_a_call_of_the_program_is_understood(line: str) -> None:
    program = parser()
    name, *arguments = shlex.split(line)[1:]
    assert name in program.format_help()
    assert not arguments or program.parse_args([name, *arguments]).run


@pytest.mark.parametrize("line", typed("make "))
def test_a_target_is_in_the_makefile(line: str) -> None:
    [target] = [word for word in line.split()[1:] if "=" not in word]
    assert target in TARGETS


@pytest.mark.parametrize("line", typed(r"([A-Z_]+=\S+ )*python -m "))
def test_a_program_is_there(line: str) -> None:
    assert find_spec(line.partition("python -m ")[2].split()[0])


def test_the_readme_says_what_docker_is_told() -> None:
    said = typed("docker ")
    assert {" ".join(line.split()[:2]) for line in said} == DOCKER
    assert all(line.endswith((".", "hms-bot", "doctor")) for line in said)


def test_a_variable_that_is_exported_is_one_of_ours() -> None:
    listed = set(re.findall(r"`([A-Z_]+)`", (ROOT / "README.md").read_text()))
    exported = {name for line in typed("export ") for name in re.findall(r"([A-Z_]+)=", line)}
    assert exported >= {"SLACK_BOT_TOKEN", "HMS_SECRET", "HMS_BOT_ADMINS"}
    assert exported <= listed
