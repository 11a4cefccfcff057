"""What may happen only once, however often the job that does it is run."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.hms.errors import HmsError, Unknown
from bot.store import JSON, Database, Instant, Json, metadata

effects = sa.Table(
    "effects",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),  # planned, started, done or unknown
    sa.Column("result", Json),
    sa.Column("changed_at", Instant, nullable=False, index=True),
)

ReadBack = Callable[[], Awaitable[bool | None]]


class EffectUnknown(Exception):  # noqa: N818 - named as the state is
    """It may or may not have happened: it is not repeated unasked, and whoever asked must be told."""

    def __init__(self, key: str) -> None:
        super().__init__(f"nobody knows whether {key} happened")
        self.key = key


@dataclass(frozen=True)
class _Found:
    state: str
    result: JSON = None


class Effects:
    """Remembers on disk what was begun and what was done: ``planned → started → done | unknown``.

    A key names one effect for ever, such as request, step and target. Two jobs must not run one key at the
    same time; that is what the key of a job is for.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def once(
        self,
        key: str,
        call: Callable[[], Awaitable[JSON]],
        *,
        read_back: ReadBack | None = None,
        nothing_happened: tuple[type[Exception], ...] = (HmsError,),
    ) -> JSON:
        """Do it unless it was done, and return what it returned; None when ``read_back`` had to tell.

        ``read_back`` looks whether it happened; it answers None when it cannot see. ``nothing_happened`` are
        the errors after which it may be tried again; ``bot.hms.errors.Unknown`` is never one of them.
        Raises EffectUnknown when nobody can tell, and whatever ``call`` raises.
        """
        found = await self._begin(key)
        if found.state == "started":
            found = _Found(await self._look(key, read_back))
        if found.state == "done":
            return found.result
        if found.state == "unknown":
            raise EffectUnknown(key)
        return await self._call(key, call, read_back, nothing_happened)

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget the effects that last changed before a moment."""
        await tx.execute(sa.delete(effects).where(effects.c.changed_at < before))

    async def _begin(self, key: str) -> _Found:
        """Commit that it is started, and return what was known before."""
        async with self._db.write() as tx:
            row = (await tx.execute(sa.select(effects).where(effects.c.key == key))).one_or_none()
            if row is None:
                first = {"key": key, "state": "started", "changed_at": self._clock()}
                await tx.execute(sa.insert(effects).values(first))
                return _Found("planned")
            if row.state == "planned":
                await self._settle(tx, key, "started")
            return _Found(row.state, row.result)

    async def _look(self, key: str, read_back: ReadBack | None) -> str:
        """A process began it and did not live to say what came of it."""
        happened = await read_back() if read_back else None
        if happened is False:
            return "planned"
        state = "done" if happened else "unknown"
        await self._write(key, state)
        return state

    async def _call(
        self,
        key: str,
        call: Callable[[], Awaitable[JSON]],
        read_back: ReadBack | None,
        nothing_happened: tuple[type[Exception], ...],
    ) -> JSON:
        try:
            result = await call()
        except Unknown as error:
            await self._lost(key, read_back, error)
            return None
        except nothing_happened:
            await self._write(key, "planned")
            raise
        await self._write(key, "done", result)
        return result

    async def _lost(self, key: str, read_back: ReadBack | None, error: Unknown) -> None:
        """The answer was lost on its way: a "no" of now is no proof, the call may still be under way."""
        happened = await read_back() if read_back else None
        await self._write(key, "done" if happened else "unknown")
        if not happened:
            raise EffectUnknown(key) from error

    async def _write(self, key: str, state: str, result: JSON = None) -> None:
        async with self._db.write() as tx:
            await self._settle(tx, key, state, result)

    async def _settle(self, tx: AsyncConnection, key: str, state: str, result: JSON = None) -> None:
        changes = {"state": state, "result": result, "changed_at": self._clock()}
        await tx.execute(sa.update(effects).where(effects.c.key == key).values(changes))
