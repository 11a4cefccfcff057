"""Moving code moves nothing: requests go, and people read, exactly what was recorded."""

import re
from difflib import unified_diff

import pytest

from tests.recorded.pages import HERE, PAGES

SHOWN = 60
MEANT = "\nIs it meant? Write it anew: python -m tests.recorded, and read the git diff."


@pytest.mark.parametrize("name", PAGES)
async def test_it_goes_as_it_was_recorded(name: str, sqlite_url: str) -> None:
    now = await PAGES[name](sqlite_url)

    changes = changed((HERE / name).read_text(encoding="utf-8"), now)
    if changes:
        pytest.fail("\n".join([f"{name}, - recorded, + now:", *changes[:SHOWN], MEANT]), pytrace=False)


def test_every_page_is_made_by_something() -> None:
    assert {page.relative_to(HERE).as_posix() for page in HERE.rglob("*.txt")} == set(PAGES)


def test_a_change_is_shown_under_what_it_belongs_to() -> None:
    assert changed("mo: hello\n  a\n  b\n  c\n", "mo: hello\n  a\n  b\n  d\n") == [
        "@@ mo: hello",
        "   a",
        "   b",
        "-  c",
        "+  d",
    ]


def changed(recorded: str, now: str) -> list[str]:
    """What differs, each place under the heading or the line that it follows."""
    before, after = recorded.splitlines(), now.splitlines()
    _, _, *lines = [*unified_diff(before, after, lineterm="", n=2)] or ["", ""]
    return [under(line, before) if line.startswith("@@") else line for line in lines]


def under(place: str, lines: list[str]) -> str:
    found = re.search(r"-(\d+)", place)
    assert found
    headings = [line for line in lines[: int(found[1])] if line[:1].strip()]
    return f"@@ {headings[-1]}"
