"""What may happen only once, however often the job that does it is run, and what was rejected not again."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.hms.errors import HmsError, Rejected, Unknown, rejection
from bot.store import JSON, Database, Instant, Json, Text, metadata
from bot.work.jobs import Later

effects = sa.Table(
    "effects",
    metadata,
    sa.Column("key", Text, primary_key=True),
    sa.Column("state", Text, nullable=False),  # planned, started, done, rejected or unknown
    sa.Column("result", Json),
    sa.Column("changed_at", Instant, nullable=False, index=True),
)

ReadBack = Callable[[], Awaitable[bool | None]]

# A process that was frozen for longer than this may have been taken for dead, and its job for cut off; who
# began more recently may be on the way to the call.
_OURS = timedelta(seconds=4)


class EffectUnknown(Exception):  # noqa: N818 - named as the state is
    """It may or may not have happened: it is not repeated unasked, and whoever asked must be told."""

    def __init__(self, key: str) -> None:
        super().__init__(f"nobody knows whether {key} happened")
        self.key = key


@dataclass(frozen=True)
class _Found:
    """What was known before we came, and since when."""

    state: str
    since: datetime
    result: JSON = None


class Effects:
    """Remembers on disk what was begun and what came of it.

    It goes ``planned → started → done | rejected | unknown``.

    A key names one effect for ever, such as request, step and target. Two jobs must not run one key at the
    same time; that is what the key of a job is for.
    """

    def __init__(self, db: Database, clock: Clock, lost: Callable[[], None] | None = None) -> None:
        """``lost`` is told of each of which nobody knows from now on whether it happened."""
        self._db = db
        self._clock = clock
        self._told_lost = lost or (lambda: None)
        self._shared = db.dialect == "postgresql"  # by other processes, which may have been frozen

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
        the errors after which it may be tried again; ``bot.hms.errors.Unknown`` is never one of them, and
        what 100ms rejected it is not asked again: whatever failed since, the answer is the same.
        Raises EffectUnknown when nobody can tell, and whatever ``call`` raises.
        """
        found = await self._begin(key)
        if found.state == "done":
            return found.result
        if found.state == "rejected":
            raise rejection(found.result)
        if found.state == "unknown":
            raise EffectUnknown(key)
        if found.state == "started" and await self._happened(key, found, read_back):
            return None
        return await self._call(key, call, read_back, nothing_happened)

    async def first(self, key: str, look: Callable[[], Awaitable[JSON]]) -> JSON:
        """What was true at the first look; one that was cut off left nothing, and is taken again."""
        async with self._db.read() as tx:
            row = (await tx.execute(sa.select(effects.c.result).where(effects.c.key == key))).one_or_none()
        if row is not None:
            return row.result
        seen = await look()
        done = {"key": key, "state": "done", "result": seen, "changed_at": self._clock()}
        once = self._db.insert(effects).values(done).on_conflict_do_nothing(index_elements=["key"])
        async with self._db.write() as tx:
            await tx.execute(once)
        return seen

    async def begun(
        self, tx: AsyncConnection, step: str, targets: Collection[str], since: datetime
    ) -> set[str]:
        """Those of these targets for which a step was begun since then, whatever asked for it.

        One read of what changed since then, however many targets there are.
        """
        of_step = effects.c.key.contains(f":{step}:", autoescape=True)
        keys = await tx.scalars(sa.select(effects.c.key).where(effects.c.changed_at >= since, of_step))
        begun = {key.partition(f":{step}:")[2] for key in keys}
        return begun.intersection(targets)

    async def allow(self, tx: AsyncConnection, occurrence: str) -> None:
        """Let what of an occurrence is unknown or rejected be done once more: who was told asks for it."""
        ours = effects.c.key.startswith(f"{occurrence}:", autoescape=True)
        lost = ours & effects.c.state.in_(["unknown", "rejected"])
        changes = {"state": "planned", "changed_at": self._clock()}
        await tx.execute(sa.update(effects).where(lost).values(changes))

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget the effects that last changed before a moment."""
        await tx.execute(sa.delete(effects).where(effects.c.changed_at < before))

    async def _begin(self, key: str) -> _Found:
        """Commit that it is started unless it was before, and return what was known."""
        now = self._clock()
        async with self._db.write() as tx:
            row = (await tx.execute(sa.select(effects).where(effects.c.key == key))).one_or_none()
            if row is None:
                first = {"key": key, "state": "started", "changed_at": now}
                await tx.execute(sa.insert(effects).values(first))
            elif row.state == "planned":
                await self._claim(tx, key, _Found("planned", row.changed_at), "started", now)
        if row is not None and row.state != "planned":
            return _Found(row.state, row.changed_at, row.result)
        await self._still_ours(key, now)
        return _Found("planned", now)

    async def _still_ours(self, key: str, began: datetime) -> None:
        """Frozen on the way to the call, we give it back: whoever took over our job decides.

        Between this look and the call is no ``await``: frozen there, nobody could tell.
        """
        if self._clock() - began > _OURS:
            async with self._db.write() as tx:
                await self._claim(tx, key, _Found("started", began), "planned", self._clock())
            raise Later(1)

    async def _happened(self, key: str, found: _Found, read_back: ReadBack | None) -> bool:
        """A process began it and did not live to say what came of it; when it did not happen, it is ours."""
        age = self._clock() - found.since
        if self._shared and timedelta() <= age <= _OURS:
            raise Later((_OURS - age).total_seconds() + 1)
        happened = await read_back() if read_back else None
        state = {True: "done", False: "started", None: "unknown"}[happened]
        now = self._clock()
        async with self._db.write() as tx:
            ours = await self._claim(tx, key, found, state, now)
        if not ours:
            raise Later(1)
        if happened is None:
            self._told_lost()
            raise EffectUnknown(key)
        if not happened:
            await self._still_ours(key, now)
        return happened

    async def _claim(self, tx: AsyncConnection, key: str, found: _Found, state: str, now: datetime) -> bool:
        """Change the state if it is still what was found; False when somebody was faster."""
        same = effects.c.key == key, effects.c.state == found.state, effects.c.changed_at == found.since
        changes = {"state": state, "changed_at": now}
        return (await tx.execute(sa.update(effects).where(*same).values(changes))).rowcount == 1

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
        except Rejected as error:
            await self._write(key, "rejected", error.json())
            raise
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
            self._told_lost()
            raise EffectUnknown(key) from error

    async def _write(self, key: str, state: str, result: JSON = None) -> None:
        changes = {"state": state, "result": result, "changed_at": self._clock()}
        async with self._db.write() as tx:
            await tx.execute(sa.update(effects).where(effects.c.key == key).values(changes))
