"""What only a process leaves behind that was killed between two steps: rows as they stand for a moment."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.features.schedule.book import windows
from bot.features.schedule.outcomes import Came, MomentOutcome, Outcomes
from bot.request.book import requests
from bot.slack.outbound.outbox import posts
from bot.store import Database
from bot.work import Job, SetAside
from bot.work.arrivals import Arrival
from bot.work.effects import effects
from bot.work.embedded import jobs
from bot.work.inbox import Inbox

NOT_YET = ("acked_at", "consequence", "expires_at", "ended_by", "decided_at", "answer", "ended_at", "same")


async def killed(db: Database, clock: Clock) -> None:
    """Leave each of them."""
    now = clock()
    await db.answers()
    async with db.write() as tx:
        await SetAside(clock).put(tx, Job("of a later release", "later"))
        held = [
            {"key": f"of then:{state}", "state": state, "changed_at": now} for state in ("planned", "started")
        ]
        await tx.execute(sa.insert(effects), held)
        for state in ("planned", "started", "unknown"):
            await _copy(tx, posts, posts.c.state == "done", key=f"of then:{state}", state=state)
        asked = {"key": "of then", "token": "of then", "state": "asked", **dict.fromkeys(NOT_YET)}
        await _copy(tx, requests, requests.c.state == "done", **asked, places=[], deciders=[])
        if db.dialect == "sqlite":
            job = {"kind": "homes", "key": "homes", "lane": "homes", "payload": {}, "state": "running"}
            await tx.execute(sa.insert(jobs).values(job | {"not_before": now, "failures": 0}))
        hours = await tx.scalar(sa.select(windows.c.id).limit(1))
        await Outcomes(db, clock).note(tx, *((hours, MomentOutcome(came, now, now)) for came in Came))
    for number, (at, fits) in enumerate(((None, True), (now - timedelta(hours=1), False))):
        await Inbox(db, clock).take(Arrival(f"of then {number}", "a.kind.of.then", {}, at, fits=fits))


async def _copy(tx: AsyncConnection, table: sa.Table, where: sa.ColumnElement[bool], **changed: Any) -> None:
    """Add the row of a table that is like another, but for what is said."""
    row = (await tx.execute(sa.select(table).where(where).limit(1))).mappings().one()
    values = {name: value for name, value in row.items() if name != "id"}
    await tx.execute(sa.insert(table).values(values | changed))
