"""Moving code moves nothing: requests go, and people read, exactly what was recorded."""

from difflib import unified_diff

import pytest

from tests.recorded.pages import HERE, PAGES

SHOWN = 60
MEANT = "\nIs it meant? Write it anew: python -m tests.recorded, and read the git diff."


@pytest.mark.parametrize("name", PAGES)
async def test_it_goes_as_it_was_recorded(name: str, sqlite_url: str) -> None:
    now = await PAGES[name](sqlite_url)

    changes = changed(name, (HERE / name).read_text(encoding="utf-8"), now)
    assert not changes, "\n".join(changes[:SHOWN]) + MEANT


def test_every_page_is_made_by_something() -> None:
    assert {page.relative_to(HERE).as_posix() for page in HERE.rglob("*.txt")} == set(PAGES)


def changed(name: str, recorded: str, now: str) -> list[str]:
    return list(
        unified_diff(recorded.splitlines(), now.splitlines(), f"{name} recorded", "now", lineterm="", n=4)
    )
