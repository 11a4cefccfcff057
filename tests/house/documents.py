"""Writes what is made from the code: `python -m tests.house.documents`; with `--check` it only looks."""

import argparse
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import write_po

from bot.command import Registry, document
from tests.house.callers import callers
from tests.house.sentences import said
from tests.house.source import ROOT

HERE = Path(__file__).parent
OPERATIONS = """\
# Operations

Made from the code: every operation of the 100ms API that the bot's client and the sandbox know, by the names
of `bot/hms/`. A command is named where it calls the operation itself; to find the room and the people that a
line names, every command uses `rooms.list`, `rooms.retrieve` and `active_rooms.list_peers`. Seeds are the
numbers of the operation in the public API collection, and its name in the public OpenAPI description.
What wants the token of an app instead of ours (†) is asked with the one that 100ms gives for a room code: it
cannot be done in a room of which no code works.

| id | method | path | client | /hms command | seeds |
|---|---|---|---|---|---|
"""
CATALOGUE_HEAD = """\
# Every sentence of hms-bot, to be translated: made from the code by `make docs`.
msgid ""
msgstr ""
"Project-Id-Version: hms-bot\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def documents() -> Mapping[Path, str]:
    """Every made file and what must stand in it."""
    return {
        ROOT / "docs" / "commands.md": document(Registry()),
        ROOT / "docs" / "operations.md": operations(),
        ROOT / "bot" / "reply" / "locale" / "hms_bot.pot": catalogue(),
    }


def operations() -> str:
    """The table of operations, a row each."""
    return OPERATIONS + "".join(f"| {' | '.join(row)} |\n" for row in _rows())


def catalogue() -> str:
    """Every sentence with the files it stands in; without line numbers, which change from day to day."""
    sentences = Catalog(charset="utf-8")
    for each in said():
        words = (each.words, each.many) if each.many else each.words
        sentences.add(words, locations=[(each.file, 0)], context=each.role or None)
    written = io.BytesIO()
    write_po(written, sentences, omit_header=True, include_lineno=False, width=100)
    return CATALOGUE_HEAD + written.getvalue().decode()


def _rows() -> Iterator[tuple[str, ...]]:
    seeds = {words[0]: words[1:] for words in map(str.split, _lines("seeds.txt"))}
    commands = callers()
    for line in _lines("operations.txt"):
        operation, method, path, *facts = line.split()
        client = f"[{operation}](../bot/hms/{operation.partition('.')[0]}.py)"
        typed = ", ".join(f"`{words}`" for words in commands.get(operation, ()))
        typed += " †" if "app-token" in facts else ""
        yield operation, method, f"`{path}`", client, typed, ", ".join(seeds.get(operation, ()))


def _lines(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def main() -> None:
    """Write them, or say which are not as the code is."""
    parser = argparse.ArgumentParser(prog="python -m tests.house.documents")
    parser.add_argument(
        "--check", action="store_true", help="write nothing, fail when something is out of date"
    )
    check = parser.parse_args().check
    old = [path for path, text in documents().items() if not path.exists() or path.read_text() != text]
    if check and old:
        sys.exit(f"Out of date, run make docs: {', '.join(str(path.relative_to(ROOT)) for path in old)}")
    for path in old:
        path.parent.mkdir(exist_ok=True)
        path.write_text(documents()[path], encoding="utf-8")


if __name__ == "__main__":
    main()
