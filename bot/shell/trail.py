"""``hms-bot audit``: the log of who did what, checked or written out, without Slack."""

import asyncio
import json
from collections.abc import Mapping, Sequence

from bot.clock import system
from bot.reply import Plain
from bot.request.audit import Audit
from bot.request.chain import AuditKeys
from bot.request.proof import Head, Proof
from bot.settings import Settings
from bot.store import Database


def verify(environment: Mapping[str, str], head: str | None) -> int:
    """Say whether the log is what was written, and held against a head that was kept; 1 when it is not."""
    told = [Head.read(head)] if head is not None else []
    came = asyncio.run(_verify(Settings.read(environment), told))
    print(Plain().text(came.said()))  # noqa: T201 -- the shell speaks by printing
    return 0 if came.whole else 1


def export(environment: Mapping[str, str]) -> int:
    """Write every entry as a line of JSON, the oldest first."""
    for line in asyncio.run(_lines(Settings.read(environment))):
        print(line)  # noqa: T201 -- the shell speaks by printing
    return 0


async def _verify(settings: Settings, told: Sequence[Head]) -> Proof:
    db = await Database.open(settings.database_url)
    try:
        return await Audit(db, system, AuditKeys.read(settings.audit_key)).verify(*told)
    finally:
        await db.close()


async def _lines(settings: Settings) -> list[str]:
    db = await Database.open(settings.database_url)
    try:
        audit = Audit(db, system)
        entries = await audit.every()
        return [json.dumps(vars(entry), default=str) for entry in entries]
    finally:
        await db.close()
