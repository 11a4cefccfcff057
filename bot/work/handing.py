"""Hands on what is in the inbox, each fact once, in the transaction that notes that it was told.

It follows the 200 in a transaction of its own: where a hundred people come in a second, what is done about it
keeps no other event from being taken in. See docs/decisions/handed-on-after-the-200.md.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store import Database, is_down
from bot.work.arrivals import Arrival
from bot.work.inbox import Fate, Inbox, arrival, first_of, inbox, occurrences, subject

log = structlog.get_logger(__name__)

AT_ONCE = 100  # events in one transaction: more would hold up what else is written, and the loop
PAUSE, PAUSES = 0.02, 50  # seconds, and how many of them it waits for at most while events pour in

HandOn = Callable[[AsyncConnection, Sequence[Arrival]], Awaitable[None]]
Spawn = Callable[[Coroutine[None, None, None]], object]

_is_new = inbox.c.state == Fate.NEW


class Handing:
    """Gives ``hand`` what came into an inbox, and gives way while more is taken in."""

    def __init__(self, db: Database, clock: Clock, taken: Inbox, hand: HandOn, spawn: Spawn) -> None:
        self._db = db
        self._clock = clock
        self._taken = taken
        self._hand = hand
        self._spawn = spawn
        self._news = False
        self._goes_on = False
        taken.came = self._wake

    def _wake(self) -> None:
        """Go on, unless it does: something came."""
        self._news = True
        if not self._goes_on:
            self._goes_on = True
            self._spawn(self._go_on())

    async def _go_on(self) -> None:
        try:
            while self._news:
                await self._calm()
                self._news = False
                while await self._next():
                    pass
        except Exception as error:
            if not is_down(error):
                raise
            log.warning("events wait to be handed on", error=type(error).__name__)
        finally:
            self._goes_on = False

    async def _calm(self) -> None:
        """Let others be taken in first, for a second at most."""
        for _ in range(PAUSES):
            if not self._taken.is_taking:
                return
            await asyncio.sleep(PAUSE)

    async def _next(self) -> bool:
        """Hand on as many as go together, and say whether there were as many."""
        try:
            return await self._hand_on(_is_new) == AT_ONCE
        except Exception as error:
            if is_down(error):
                raise
            await self._apart()
            return True

    async def _apart(self) -> None:
        """One that breaks whoever hears of it is to spoil no other: it is kept, and nobody hears of it."""
        async with self._db.read() as tx:
            ids = (await tx.scalars(_some(sa.select(inbox.c.id), _is_new))).all()
        for one in ids:
            try:
                await self._hand_on(_is_new & (inbox.c.id == one))
            except Exception as error:
                if is_down(error):
                    raise
                log.exception("an event could not be handed on", id=one)
                async with self._db.write() as tx:
                    await _note(tx, [one], Fate.STRANGE)

    async def _hand_on(self, which: sa.ColumnElement[bool]) -> int:
        """Hand on some of these, and say how many; what another process is at just now is left to it."""
        async with self._db.write() as tx:
            chosen = _some(sa.select(inbox), which).with_for_update(skip_locked=True)
            some = {row.id: arrival(row) for row in await tx.execute(chosen)}
            if untold := await self._untold(tx, list(some.values())):
                await self._hand(tx, untold)
            await _note(tx, list(some), Fate.TOLD)
        return len(some)

    async def _untold(self, tx: AsyncConnection, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Those that tell a fact of which nobody has heard, which is noted."""
        if not arrivals:
            return []
        now, first = self._clock(), first_of(arrivals, lambda one: one.fact)
        rows = [
            {"fact": fact, "type": one.type, "subject": subject(one), "at": now}
            for fact, one in sorted(first.items())  # two processes must not wait in a ring
        ]
        once = self._db.insert(occurrences).on_conflict_do_nothing(index_elements=["fact"])
        fresh = set(await tx.scalars(once.returning(occurrences.c.fact), rows))
        return [one for fact, one in first.items() if fact in fresh]


def _some(of: "sa.Select[Any]", which: sa.ColumnElement[bool]) -> "sa.Select[Any]":
    return of.where(which).order_by(inbox.c.received_at, inbox.c.id).limit(AT_ONCE)


async def _note(tx: AsyncConnection, ids: Sequence[str], state: Fate) -> None:
    if ids:
        await tx.execute(sa.update(inbox).where(inbox.c.id.in_(ids)).values(state=state))
