"""``hms-bot audit``: the log of who did what, checked or written out, without Slack."""

import asyncio
import json
from collections.abc import Mapping

from bot.clock import system
from bot.reply import Plain
from bot.request.audit import Audit
from bot.settings import Settings
from bot.store import Database


def verify(environment: Mapping[str, str]) -> int:
    """Say whether the chain is whole; 1 when it is not."""
    audit, whole = asyncio.run(_verify(Settings.read(environment)))
    print(audit)  # noqa: T201 -- the shell speaks by printing
    return 0 if whole else 1


def export(environment: Mapping[str, str]) -> int:
    """Write every entry as a line of JSON, the oldest first."""
    for line in asyncio.run(_lines(Settings.read(environment))):
        print(line)  # noqa: T201 -- the shell speaks by printing
    return 0


async def _verify(settings: Settings) -> tuple[str, bool]:
    db = await Database.open(settings.database_url)
    try:
        audit = Audit(db, system)
        return Plain().text(await audit.verify()), await audit.whole()
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
