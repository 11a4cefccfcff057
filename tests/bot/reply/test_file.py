"""A file for a spreadsheet: whatever people wrote is only read there."""

import csv
import io

import pytest

from bot.reply import spreadsheet


@pytest.mark.parametrize("written", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(written: str) -> None:
    file = spreadsheet("poll", "Results", ("answer", "votes"), [(written, -1)])

    [_, row] = csv.reader(io.StringIO(file.content.removeprefix("\ufeff"), newline=""))
    assert row == [f"'{written}", "-1"]


def test_what_is_none_stays_as_it_is() -> None:
    file = spreadsheet("poll", "Results", ("answer", "votes"), [('a,"b"', 2), (None, 0)])

    assert (file.name, file.kind) == ("poll.csv", "text/csv")
    assert file.content == '\ufeffanswer,votes\r\n"a,""b""",2\r\n,0\r\n'
