"""Requests and clicks on disk: what is asked often costs the same however long the bot has run."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.request.book import RequestBook
from bot.request.request import Origin
from bot.store import Database

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def test_clicks_that_were_never_acked_are_found_without_a_look_at_the_others(sqlite_url: str) -> None:
    db, book, asked = await Database.open(sqlite_url), RequestBook(), list[tuple[str, Any]]()
    async with db.write() as tx:
        acked = await book.click(tx, "offer:a:0:", "U0MO", Origin("slack", "one"), NOON)
        await book.click_acked(tx, acked or 0, NOON)
        await book.click(tx, "offer:b:0:", "U0MO", Origin("slack", "two"), NOON)

    sa.event.listen(
        db._reading.sync_engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3]))
    )
    async with db.read() as tx:
        [loose] = await book.unacked_clicks(tx, NOON)
        statement, values = asked[-1]
        plan = (await tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)).all()

    assert loose.value == "offer:b:0:"
    assert "ix_clicks_unacked" in str(plan)
    await db.close()
