"""What the documents point at is there: files, headings, and the names of the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT, files, named, tree

LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
ELSEWHERE = ("https://", "http://", "mailto:")
DOCUMENTS = [*ROOT.glob("*.md"), *(path for path in files("docs") if path.suffix == ".md")]
MEASURED = {"docs/performance.md", "docs/faults.md"}  # what there was when it was measured
GROWING = re.compile(r"\b\d+ (?:commands|examples|lines|operations|tests)\b")
FOLLOWED = ROOT / "docs" / "architecture.md"


def links() -> Iterator[tuple[Path, str, str]]:
    for document in DOCUMENTS:
        for found in LINK.finditer(document.read_text()):
            if not found["target"].startswith(ELSEWHERE):
                yield document, found["text"], found["target"]


def test_every_link_leads_somewhere() -> None:
    lost = [(named(document), target) for document, _, target in links() if not leads(document, target)]
    assert lost == []


def test_every_name_in_a_link_to_code_is_in_that_file() -> None:
    missing = [
        (named(document), text)
        for document, text, target in links()
        if target.endswith(".py") and re.fullmatch(r"`[\w.]+`", text)
        if not defines((document.parent / target).resolve(), text.strip("`"))
    ]
    assert missing == []


def test_no_page_counts_what_grows() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    counted = {named(page): GROWING.findall(page.read_text()) for page in pages}
    assert {page for page, found in counted.items() if found} <= MEASURED


@pytest.mark.parametrize(
    ("heading", "count"), [("Follow one click", 8), ("What the clock and 100ms bring", 5)]
)
def test_each_road_is_followed_step_by_step(heading: str, count: int) -> None:
    (section,) = re.findall(rf"^## {heading}\n(.*?)(?=^## )", FOLLOWED.read_text(), re.MULTILINE | re.DOTALL)
    steps = re.findall(r"^\d\. .*?(?=^\d\. |\Z)", section, flags=re.MULTILINE | re.DOTALL)
    assert len(steps) == count
    assert all(LINK.search(step) for step in steps)


def leads(document: Path, target: str) -> bool:
    """Whether a file is there, and the heading in it that is meant."""
    name, _, heading = target.partition("#")
    path = (document.parent / name).resolve() if name else document
    return path.exists() and (not heading or heading in anchors(path))


def anchors(path: Path) -> set[str]:
    """The headings of a document as links name them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def defines(path: Path, name: str) -> bool:
    """Whether a file holds a file name, a class, a function, or a method, such as ``Dispatcher.submit``."""
    if name in {path.name, path.stem, named(path)}:
        return True
    body: list[ast.stmt] = tree(path).body
    for part in name.split("."):
        node = next((each for each in body if getattr(each, "name", "") == part), None)
        if node is None:
            return name in assigned(path)
        body = getattr(node, "body", [])
    return True


def assigned(path: Path) -> set[str]:
    """The constants of a file."""
    nodes = [node for node in tree(path).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    return {getattr(target, "id", "") for node in nodes for target in getattr(node, "targets", [])}
