"""Which command needs whose yes, where the workspace has decided otherwise than the command does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.people import Yes
from bot.store import Database, Instant, String, metadata

policies = sa.Table(
    "policies",
    metadata,
    sa.Column("command", String, primary_key=True),
    sa.Column("yes", sa.Integer, nullable=False),
    sa.Column("set_by", String, nullable=False),
    sa.Column("set_at", Instant, nullable=False),
)


@dataclass(frozen=True)
class PolicyRule:
    """One decision: this command needs this yes, since somebody said so."""

    command: str
    yes: Yes
    by: str
    since: datetime


def needed(rule: PolicyRule | None, asked: Yes, usual: Yes) -> Yes:
    """Whose yes an act needs: the rule replaces the command's usual yes, never what the case raised it to."""
    if rule is None:
        return asked
    return max(rule.yes, asked) if asked > usual else rule.yes


class Policy:
    """The rules on disk."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def rules(self) -> Mapping[str, PolicyRule]:
        """Every rule by its command's words."""
        async with self._db.read() as tx:
            rows = await tx.execute(sa.select(policies))
            return {
                row.command: PolicyRule(row.command, Yes(row.yes), row.set_by, row.set_at) for row in rows
            }

    async def needed(self, command: str, asked: Yes, usual: Yes) -> Yes:
        """Whose yes this command needs now, given what the case asks for."""
        return needed((await self.rules()).get(command), asked, usual)

    async def set(self, tx: AsyncConnection, command: str, yes: Yes, by: str) -> None:
        """Decide whose yes a command needs from now on."""
        await self.clear(tx, command)
        row = {"command": command, "yes": yes, "set_by": by, "set_at": self._clock()}
        await tx.execute(policies.insert().values(row))

    async def clear(self, tx: AsyncConnection, command: str) -> None:
        """Leave the command to its default."""
        await tx.execute(policies.delete().where(policies.c.command == command))
