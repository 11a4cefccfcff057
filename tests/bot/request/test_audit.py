"""The log can be trusted: what was edited, removed or put in shows."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.people import Actor
from bot.reply import Plain
from bot.request.audit import Audit, audit
from bot.store import Database
from tests.tally import statements

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MO = Actor("U0MO", "Mo")


def clock() -> datetime:
    return NOON


@pytest.fixture
async def log(database: Database) -> Audit:
    """Three entries, linked."""
    made = Audit(database, clock)
    for number, line in enumerate(["end-room", "room lock standup", "say hello"], start=1):
        async with database.write() as tx:
            await made.add(tx, MO, "slack", "asked", line, request=number)
    return made


async def verdict(log: Audit) -> str:
    return Plain().text((await log.verify()).said())


async def change(database: Database, statement: sa.Executable) -> None:
    async with database.write() as tx:
        await tx.execute(statement)


async def test_a_log_that_nobody_touched_is_whole_and_names_its_head(log: Audit) -> None:
    assert (await verdict(log)).startswith("The log is whole: 3 entries. Its head is entry 3, ")
    assert (await log.verify()).whole


async def test_a_log_of_one_entry_says_so(database: Database) -> None:
    log = Audit(database, clock)
    async with database.write() as tx:
        await log.add(tx, MO, "slack", "asked", "end-room", request=1)

    assert (await verdict(log)).startswith("The log is whole: 1 entry. ")


async def test_an_edited_text_shows(log: Audit, database: Database) -> None:
    await change(database, audit.update().where(audit.c.position == 2).values(text="room lock yoga"))

    assert "The text of entry 2 was edited." in await verdict(log)


@pytest.mark.parametrize(
    "edit",
    [{"actor": "U0MAX"}, {"state": "done"}, {"door": "shell"}, {"request_id": 9}, {"digest": "0" * 64}],
)
async def test_anything_else_that_is_edited_shows(
    log: Audit, database: Database, edit: dict[str, object]
) -> None:
    await change(database, audit.update().where(audit.c.position == 2).values(edit))

    assert "Entry 2 does not fit the one before it." in await verdict(log)


async def test_a_removed_entry_shows(log: Audit, database: Database) -> None:
    await change(database, audit.delete().where(audit.c.position == 2))

    assert "Entry 2 is missing" in await verdict(log)


async def test_an_entry_put_in_between_shows(log: Audit, database: Database) -> None:
    await change(database, audit.update().where(audit.c.position == 3).values(position=4))
    forged = {"at": NOON, "request_id": 7, "actor": "U0MAX", "door": "slack", "state": "done", "text": "x"}
    await change(database, audit.insert().values(**forged, digest="0" * 64, position=3, link="0" * 64))

    assert "does not fit the one before it" in await verdict(log)


async def test_a_text_can_be_erased_and_the_chain_stays_whole(log: Audit, database: Database) -> None:
    async with database.write() as tx:
        await log.erase(tx, 3, MO, "slack")

    assert [entry.text for entry in await log.tail(2)] == ["entry 3", None]
    assert (await log.verify()).whole


async def test_an_erased_text_that_is_back_shows(log: Audit, database: Database) -> None:
    async with database.write() as tx:
        await log.erase(tx, 3, MO, "slack")
    await change(database, audit.update().where(audit.c.position == 3).values(text="say hello"))

    assert "The text of entry 3 was erased, and is there again." in await verdict(log)


async def test_a_new_entry_continues_the_chain(log: Audit, database: Database) -> None:
    async with database.write() as tx:
        await log.add(tx, MO, "slack", "asked", "who", request=4)

    assert "4 entries" in await verdict(log)


async def test_an_entry_takes_three_statements_at_most(log: Audit, database: Database) -> None:
    with statements(database) as said:
        async with database.write() as tx:
            await log.add(tx, MO, "slack", "asked", "who", request=4)

    assert [each.split()[0] for each in said if "advisory" not in each] == ["SELECT", "INSERT"]
