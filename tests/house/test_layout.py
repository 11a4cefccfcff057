"""Nothing grows beyond what can be read at one go."""

import ast

from tests.house.source import CODE, modules, named, tree

LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 40
VAGUE = {"utils", "helpers", "manager", "misc", "common"}
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
FILES = modules(*CODE)


def test_a_file_that_is_long_says_why_in_its_first_lines() -> None:
    written = [path for path in FILES if not path.name.startswith("test_")]  # a specification is a list
    long = [path for path in written if len(path.read_text().splitlines()) > LINES_OF_A_FILE]
    assert [named(path) for path in long if "Long because" not in (ast.get_docstring(tree(path)) or "")] == []


def test_a_function_is_read_at_one_glance() -> None:
    functions = [
        (path, node) for path in FILES for node in ast.walk(tree(path)) if isinstance(node, FUNCTIONS)
    ]
    lines = {f"{named(path)}:{node.name}": node.end_lineno - node.lineno + 1 for path, node in functions}
    assert {name: count for name, count in lines.items() if count > LINES_OF_A_FUNCTION} == {}


def test_a_module_says_in_its_name_what_it_holds() -> None:
    assert [named(path) for path in FILES if VAGUE & set(path.stem.split("_"))] == []
