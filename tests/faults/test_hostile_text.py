"""What no store takes, in every text column of every table on both: the rest of it is kept, and found."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import sqlalchemy as sa

import bot
from bot.clock import system
from bot.people import Actor
from bot.request.audit import Audit
from bot.store import Database, metadata
from bot.text import storable
from bot.work import Job, open_work
from tests.chat import MORNING

for module in pkgutil.walk_packages(bot.__path__, "bot."):
    if not module.name.endswith("__main__") and ".migrations." not in module.name:
        importlib.import_module(module.name)

# Escapes, the controls of C1, what turns the direction and what shows nothing are text to a store, as odd as
# they are; NUL and halves of a surrogate pair are not.
HOSTILE = {
    "nul": "Gus\x00tav",
    "nothing but nul": "\x00",
    "a lone half": "Gus\ud83dtav",
    "the halves the wrong way": "\udc00\ud800",
    "a whole pair in halves": "\ud83d\ude00",
    "controls": "".join(map(chr, (*range(1, 32), *range(127, 160)))),
    "directions": "\u202e\u2066\u200f\ufeff\ufffe\uffff",
    "beyond the first plane": "\U0001f600\U0010ffff",
}


FILLING = {sa.String: "text", sa.JSON: {}, sa.Boolean: False, sa.Integer: 7, sa.DateTime: MORNING}


def kind(column: "sa.Column[Any]") -> type[sa.types.TypeEngine[Any]]:
    """What a column holds, whatever is made of it on its way there."""
    plain = column.type.impl_instance if isinstance(column.type, sa.TypeDecorator) else column.type
    return next(known for known in FILLING if isinstance(plain, known))


def attacks(table: sa.Table, words: str) -> Iterator[tuple["sa.Column[Any]", Mapping[str, object]]]:
    """A row for each of the table's columns with text, which has these words there."""
    for column in table.columns:
        if kind(column) in {sa.String, sa.JSON}:
            row = {one.name: FILLING[kind(one)] for one in table.columns}
            most = getattr(column.type, "length", None)
            hostile = {words: [words, {"in": words}]} if kind(column) is sa.JSON else words[:most]
            yield column, row | {column.name: hostile}


def test_every_table_is_attacked() -> None:
    attacked = {table.name for table in metadata.tables.values() if list(attacks(table, ""))}

    assert set(metadata.tables) - attacked == {"alive"}
    assert len(attacked) > 15


async def test_every_column_keeps_what_can_be_kept_and_finds_it(database: Database) -> None:
    for table, words in product(metadata.tables.values(), HOSTILE.values()):
        for column, row in attacks(table, words):
            hostile = row[column.name]
            async with database.write() as tx:
                await tx.execute(sa.insert(table).values(row))
                await tx.execute(sa.update(table).values({column.name: hostile}))
                kept = await tx.scalar(sa.select(column))
                found = await tx.scalar(sa.select(column).where(column == hostile))
                await tx.execute(sa.delete(table))

            assert kept == storable(hostile), f"{table.name}.{column.name}"
            assert found == kept or isinstance(hostile, dict), f"{table.name}.{column.name}"


async def test_a_job_is_done_with_what_can_be_kept(database: Database) -> None:
    done: list[Job] = []

    async def do(job: Job) -> None:
        done.append(job)

    work = open_work(database, system)
    await work.run({"deed": do})
    for words in HOSTILE.values():
        async with database.write() as tx:
            for _ in range(2):
                await work.later(tx, Job("deed", f"key {words}", {words: [words]}, f"lane {words}"))
        await work.idle()
        kept = storable(words)
        assert done.pop() == Job("deed", f"key {kept}".replace("\n", " "), {kept: [kept]}, f"lane {kept}")
        assert done == []
    await work.drain(1)


async def test_what_the_log_keeps_is_what_it_is_linked_over(database: Database) -> None:
    log = Audit(database, system)

    for words in HOSTILE.values():
        async with database.write() as tx:
            await log.add(tx, Actor(words, words, via=words), "slack", "refused", f"remove {words}")

        assert (await log.tail(1))[0].text == f"remove {storable(words)}"
    assert (await log.verify()).whole
