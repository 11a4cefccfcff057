"""A reply at a shell: its sentences, its tables in columns, and its buttons as lines to type."""

from collections.abc import Iterable, Iterator, Sequence

from bot.command import Registry, write
from bot.reply import Button, Plain, Reply, Table

GAP = "  "


def lines(reply: Reply, plain: Plain, registry: Registry) -> str:
    """Everything a reply says, for somebody who can neither see a block nor press a button."""
    tables = [sentence.table for sentence in reply.sentences() if sentence.table]
    rows = [row for table in tables for row in columns(table, plain)]
    return "\n".join([plain.text(reply), *rows, *_choices(reply.all_buttons(), plain, registry)])


def columns(table: Table, plain: Plain) -> Iterator[str]:
    """A line a row, each column as wide as its widest cell."""
    said = [[plain.catalogue.said(cell, plain.say) for cell in row] for row in table.lines]
    widths = [max(map(len, column)) for column in zip(*said, strict=True)]
    for row in said:
        yield _padded(row, widths)


def _choices(buttons: Iterable[Button], plain: Plain, registry: Registry) -> Iterator[str]:
    for button in buttons:
        yield f"{plain.catalogue.word(button.label)}: {write(registry, registry.load(button.invocation))}"


def _padded(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return GAP.join(cells).rstrip()
