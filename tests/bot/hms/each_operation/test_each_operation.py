"""Every operation of the list, through the client and over a real socket against the emulated 100ms.

One call works and leaves what it should, one is refused as documented: a row each of the table, whose
completeness tests/house/test_operations.py watches.
"""

from copy import deepcopy

import pytest

from bot.hms.errors import meaning
from tests.bot.hms.each_operation.row import Act, Read, Row
from tests.bot.hms.each_operation.stage import built
from tests.bot.hms.each_operation.table import TABLE

ACTS = {name: row for name, row in TABLE.items() if isinstance(row, Act)}
READS = {name: row for name, row in TABLE.items() if isinstance(row, Read)}


@pytest.fixture
async def stage(hms, world):
    return await built(hms, world)


@pytest.mark.parametrize(("name", "row"), ACTS.items(), ids=ACTS)
async def test_an_act_is_refused_as_documented_or_leaves_what_it_should(hms, stage, name, row: Act) -> None:
    await row.first(hms, stage)
    before = deepcopy(row.state(stage))
    await refused(hms, stage, name, row)
    assert row.state(stage) == before

    await row.works(hms, stage)
    assert last_call(stage) == (name, True)
    assert row.state(stage) == row.leaves != before


@pytest.mark.parametrize(("name", "row"), READS.items(), ids=READS)
async def test_a_reading_is_refused_as_documented_or_tells_what_is(hms, stage, name, row: Read) -> None:
    events = len(stage.world.journal.events)
    await refused(hms, stage, name, row)

    answer = await row.works(hms, stage)
    assert last_call(stage) == (name, True)
    assert row.tells(answer, stage)
    assert len(stage.world.journal.events) == events


async def refused(hms, stage, name: str, row: Row) -> None:
    """100ms says no to this very operation, and the client tells by the kind of its error why."""
    with pytest.raises(row.error) as caught:
        await row.refused(hms, stage)
    assert last_call(stage) == (name, False)
    assert stage.world.calls[-1].status == caught.value.status
    assert type(caught.value) is row.error is meaning(caught.value.status)


def last_call(stage) -> tuple[str, bool]:
    """What 100ms was asked last, and whether it was done."""
    last = stage.world.calls[-1]
    return last.operation, 200 <= last.status < 300
