"""Requests and clicks on disk: what is asked often costs the same however long the bot has run."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.request.book import RequestBook
from bot.request.request import Origin
from bot.store import Database

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def test_clicks_that_were_never_acked_are_found_without_a_look_at_the_others(sqlite_url: str) -> None:
    db, book = await Database.open(sqlite_url), RequestBook()
    async with db.write() as tx:
        acked = await book.click(tx, "offer:a:0:", "U0MO", Origin("slack", "one"), NOON)
        await book.click_acked(tx, acked or 0, NOON)
        await book.click(tx, "offer:b:0:", "U0MO", Origin("slack", "two"), NOON)

    async with db.read() as tx:
        [loose] = await book.unacked_clicks(tx, NOON)
    assert loose.value == "offer:b:0:"
    assert "ix_clicks_unacked" in await planned(db, lambda tx: book.unacked_clicks(tx, NOON))
    await db.close()


async def test_what_is_alike_is_found_without_a_look_at_the_others(sqlite_url: str) -> None:
    db, book = await Database.open(sqlite_url), RequestBook()
    assert "ix_requests_alike" in await planned(db, lambda tx: book.newest_as(tx, "a digest"))
    assert "ix_requests_reminder" in await planned(db, lambda tx: book.in_reminder(tx, 7))
    await db.close()


async def planned(db: Database, asks: Callable[[AsyncConnection], Awaitable[object]]) -> str:
    """How SQLite goes about what is asked of it."""
    asked: list[tuple[str, Any]] = []
    engine = db._reading.sync_engine
    sa.event.listen(engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    async with db.read() as tx:
        await asks(tx)
        statement, values = asked[-1]
        return str((await tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)).all())
