"""What people read is a template with values: it can be translated, and no name can speak for the bot."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.slack.manifest import SCOPES
from tests.house.sentences import SAYING, name_of, said, templates
from tests.house.source import ROOT, modules, named, tree
from tests.house.values import bare

BUILT = ast.JoinedStr | ast.BinOp
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
# Where a template is joined from the names of its values alone.
ALLOWED = {"bot/slack/drawing/tables.py"}
# Where terms are made of what is found elsewhere: headings of tables, what commands say of themselves.
MADE_OF = {"bot/reply/reply.py", "bot/command/forms.py", "bot/command/pages.py"}
# Values that are no words of ours, or are read where there is no catalogue yet.
SPOKEN = {
    "bot/slack/connect.py": set(SCOPES),
    "bot/settings.py": {"names a file that cannot be read"},
}
PASSED_AS_SOMEBODY_ELSES = (
    'Reply("It is {state}.", state="open")',
    'UserError("It is {state}.", state="open" if enabled else "locked")',
    'Incomplete("It is {state}.", state=state or "not set")',
    'WHOSE = {1: "nobody"}\nReply("It waits for {whose}.", whose=WHOSE[yes])',
    'def whom(yes):\n    return {1: "an admin"}.get(yes, "you")\nReply("It waits for {whom}.", whom=whom(1))',
    'def f():\n    found = [1]\n    found.append("so late")\n    return Reply("{why}.", why=tuple(found))',
    'Reply("By {who}.", who=f"the user {name}")',
    'Table(("Room",), tuple((room, "everywhere") for room in rooms))',
    'def row(one):\n    return (one, "erased")\nTable(("What",), tuple(map(row, entries)))',
)


def test_no_reply_is_built_from_pieces() -> None:
    assert [where for where in built() if where.partition(":")[0] not in ALLOWED] == []


def test_every_sentence_is_found_for_the_catalogue() -> None:
    words = {each.words for each in said()}
    assert {"End {room} for {people}?", "End for {people}", "Deny", "could come back in"} <= words
    assert {"Unlock {room}", "muted meanwhile, in the role {role}"} <= words
    assert len(words) > 150


def test_every_sentence_label_and_term_stands_in_the_catalogue() -> None:
    with (ROOT / "bot" / "reply" / "locale" / "hms_bot.pot").open("rb") as file:
        known = {(each.id[0] if each.pluralizable else each.id, each.context or "") for each in read_po(file)}
    labels = {
        "Waits for",
        "Post again",
        "all rooms",
        "Host role",
        "Take somebody out of a live session.",
    }
    assert labels <= {words for words, _ in known}
    assert [each for each in said() if (each.words, each.role) not in known] == []


def test_a_term_and_a_heading_are_written_where_the_catalogue_finds_them() -> None:
    made = [
        f"{where}: {ast.unparse(words)}"
        for where, call in named_calls()
        if name_of(call) in {"Term", "Table"} and where not in MADE_OF
        for words in templates(call)
        if not isinstance(words, ast.Constant)
    ]
    assert made == []


def test_our_own_words_as_a_value_are_terms() -> None:
    found = [(named(path), words) for path, words in bare(*modules("bot", "commands"))]
    assert [(where, words) for where, words in found if words not in SPOKEN.get(where, ())] == []


@pytest.mark.parametrize("code", PASSED_AS_SOMEBODY_ELSES)
def test_our_own_words_are_found_however_they_are_handed_over(code: str, tmp_path: Path) -> None:
    (tmp_path / "saying.py").write_text(code)
    assert len(list(bare(tmp_path / "saying.py"))) > 0


def test_a_label_fits_on_a_button() -> None:
    labels = [
        label for call in calls() if name_of(call) in {"Button", "ShownButton"} for label in templates(call)
    ]
    assert [ast.unparse(label) for label in labels if len(ast.unparse(label)) > 75] == []


def calls() -> Iterator[ast.Call]:
    yield from (call for _, call in named_calls())


def named_calls() -> Iterator[tuple[str, ast.Call]]:
    for path in modules("bot", "commands"):
        yield from ((named(path), node) for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def built() -> Iterator[str]:
    """Where a sentence is put together, directly or in a name of the same function."""
    for path in modules("bot", "commands"):
        for function in (node for node in ast.walk(tree(path)) if isinstance(node, FUNCTIONS)):
            pieces = {name for node in ast.walk(function) for name in _assigned(node)}
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                if name_of(call) in SAYING and any(_is_built(each, pieces) for each in templates(call)):
                    yield f"{named(path)}:{call.lineno}"


def _assigned(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Assign) and isinstance(node.value, BUILT):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _is_built(template: ast.expr, pieces: set[str]) -> bool:
    if isinstance(template, ast.Name):
        return template.id in pieces
    called = isinstance(template, ast.Call) and name_of(template) in {"format", "join", "format_map"}
    return called or isinstance(template, BUILT)


def test_a_moment_is_named_without_a_preposition_of_its_own() -> None:
    """Slack writes "today at 17:30" for it: "ends at today at 17:30" is no sentence."""
    moments = "at|began|begin|begins|ends|first|moment|opens|runs|since|starts|until"
    assert [each.words for each in said() if re.search(rf"\b(at|on) {{({moments})}}", each.words)] == []
