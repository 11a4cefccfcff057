"""The hours of rooms: a row for each window, with all that is otherwise than its rule says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import RoomRef
from bot.command.book import Book
from bot.command.matching import BREATH, taking_breath
from bot.features.room.stops import Stop
from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.holiday import learn
from bot.features.schedule.rule import MINUTE, Rule, Span, span_at, spans, upcoming
from bot.request.request import Cause
from bot.store import JSON, Json, Text, metadata
from bot.work import Moment, Timer

WEEK = timedelta(days=8)  # the day of today's name in the next one too
ROOMS = 100  # whose hours are read at a time
ROWS = 50  # are read of many before others have their turn

windows = sa.Table(
    "windows",
    metadata,
    sa.Column("id", Text, primary_key=True),
    sa.Column("room_id", Text, nullable=False, index=True),
    sa.Column("room_name", Text, nullable=False),
    sa.Column("rule", Json, nullable=False),
    sa.Column("exceptions", Json, nullable=False),
    sa.Column("warn", Json, nullable=False),
    sa.Column("cause", Json, nullable=False),
    sa.Column("opened", Json),
)

_WHOSE = sa.select(windows.c.id, windows.c.room_id).where(
    windows.c.room_id.in_(sa.bindparam("rooms", expanding=True))
)


def next_opening(payload: Mapping[str, JSON], after: datetime) -> datetime | None:
    """When a room opens next by a stored rule and what is otherwise; None in a pause without an end."""
    rule, exceptions = Rule.model_validate(payload["rule"]), Exceptions.model_validate(payload["exceptions"])
    span = next(iter(upcoming(rule, exceptions, after, 1)), None)
    return span.opens if span else None


OPEN = Moment("open window", next=next_opening, counted=False)


@dataclass(frozen=True)
class Window:
    """When a room is open, by a rule and what is otherwise; ``id`` is the number of the request that made it.

    ``opened`` is the date of the span for which the room was opened last, so that each opens it once.
    """

    id: str
    room: RoomRef
    rule: Rule
    cause: Cause
    exceptions: Exceptions = field(default_factory=Exceptions)
    warn: tuple[int, ...] = ()
    opened: date | None = None

    def span(self, now: datetime) -> Span | None:
        """The span for which the room is open now."""
        return span_at(self.rule, self.exceptions, now)

    def next(self, now: datetime) -> Span | None:
        """The next span that has not opened yet."""
        return next(iter(upcoming(self.rule, self.exceptions, now, 1)), None)

    def opens(self, now: datetime) -> datetime | None:
        """When the room opens next; None where that is not known, as in a pause."""
        span = self.next(now)
        return span.opens if span else None

    def timer(self, at: datetime) -> Timer:
        """The moment at which it opens, with all that says when the one after is."""
        payload = {
            "window": self.id,
            "rule": self.rule.model_dump(mode="json"),
            "exceptions": self.exceptions.model_dump(mode="json"),
        }
        return Timer(OPEN.kind, self.id, at, payload, self.cause.json())

    def stop_of(self, span: Span) -> str:
        """The id of the stop that ends a span."""
        return self.stop_on(span.date)

    def stop_on(self, day: date) -> str:
        """The same of the span of a date."""
        return f"{self.id}:{day}"

    def named(self, stop: Stop) -> bool:
        """Whether a stop ends one of its spans, and not a time that somebody has opened it for besides."""
        return stop.window == self.id and stop.cause.request == self.cause.request

    def but(self, exceptions: Exceptions) -> "Window":
        """The same with other exceptions."""
        return replace(self, exceptions=exceptions)


def running(windows: Sequence[Window], now: datetime) -> tuple[Window, Span] | None:
    """The hours for which a room is open now, and their span: of all its hours those that opened last.

    So an end that somebody moved or called off comes with the opening of others at the latest.
    """
    for window in windows:
        span, others = window.span(now), [each for each in windows if each is not window]
        if span and not any(_opened_since(each, span.opens, now) for each in others):
            opens = filter(None, (each.opens(now) for each in others))
            return window, replace(span, ends=min([span.ends, *opens]))
    return None


def _opened_since(window: Window, after: datetime, now: datetime) -> bool:
    """Whether a room was to open for these hours after a moment, though they may be over by now."""
    several = spans(window.rule, window.exceptions, after, now + MINUTE)
    return any(after < span.opens <= now for span in several)


class Windows(Book):
    """The windows on disk, several a room."""

    async def keep(self, tx: AsyncConnection, window: Window) -> None:
        """Write down how one is from now on."""
        insert = self.db.insert(windows).values(_row(window))
        changes = {name: insert.excluded[name] for name in ("rule", "exceptions", "warn", "opened")}
        await tx.execute(insert.on_conflict_do_update(index_elements=["id"], set_=changes))

    async def remove(self, tx: AsyncConnection, window: str) -> None:
        """Forget one."""
        await tx.execute(windows.delete().where(windows.c.id == window))

    async def held(self, tx: AsyncConnection, window: str) -> Window | None:
        """One as it is, held until the transaction is over."""
        chosen = sa.select(windows).where(windows.c.id == window).with_for_update()
        return next(map(_window, await tx.execute(chosen)), None)

    async def find(self, window: str) -> Window | None:
        """One as it is now; None where it was removed."""
        return next(iter(await self._read(windows.c.id == window)), None)

    async def of(self, room: str, *others: str) -> tuple[Window, ...]:
        """The windows of these rooms, in the order in which they were made."""
        return await self._read(windows.c.room_id.in_([room, *others]))

    async def learn(self) -> None:
        """Know every holiday that is left out: whoever finds the moment after one cannot wait for it."""
        async with self.db.read() as tx:
            kept = taking_breath(await tx.scalars(sa.select(windows.c.exceptions)), lambda _: BREATH // ROWS)
            several = [Exceptions.model_validate(one) async for one in kept]
        await _learn(several, self.clock())

    async def beyond(self, room: str) -> Sequence[str]:
        """The next rooms that have hours, as many as are looked after at a time, by their ids."""
        async with self.db.read() as tx:
            return (await tx.scalars(rooms_beyond(windows, room))).all()

    async def openings(self, room: str) -> list[datetime]:
        """When the hours of a room open it within the week to come, the soonest first."""
        now = self.clock()
        several = (spans(one.rule, one.exceptions, now, now + WEEK) for one in await self.of(room))
        return sorted(span.opens for span in chain.from_iterable(several) if span.opens > now)

    async def whose(self, tx: AsyncConnection, rooms: Collection[str]) -> Mapping[str, str]:
        """Whose hours each window of these rooms is, by their ids, without what it says."""
        return {row.id: row.room_id for row in await tx.execute(_WHOSE, {"rooms": list(rooms)})}

    async def _read(self, whose: sa.ColumnElement[bool]) -> tuple[Window, ...]:
        """Read some, with the holidays that they leave out: of a new year, or of another process too."""
        async with self.db.read() as tx:
            found = await tx.execute(sa.select(windows).where(whose))
            several = [_window(row) async for row in taking_breath(found, lambda _: BREATH // ROWS)]
        await _learn([one.exceptions for one in several], self.clock())
        return _in_order(several)


async def _learn(several: Iterable[Exceptions], now: datetime) -> None:
    await learn({calendar for one in several for calendar in one.holidays}, now)


def rooms_beyond(table: sa.Table, room: str) -> "sa.Select[str]":
    """The rooms in a table of schedules that follow one, by their ids."""
    behind = sa.select(table.c.room_id).where(table.c.room_id > room)
    return behind.distinct().order_by(table.c.room_id).limit(ROOMS)


def _in_order(several: Iterable[Window]) -> tuple[Window, ...]:
    return tuple(sorted(several, key=lambda window: int(window.id)))


def _row(window: Window) -> dict[str, Any]:
    return {
        "id": window.id,
        "room_id": window.room.id,
        "room_name": window.room.name,
        "rule": window.rule.model_dump(mode="json"),
        "exceptions": window.exceptions.model_dump(mode="json"),
        "warn": list(window.warn),
        "cause": window.cause.json(),
        "opened": window.opened.isoformat() if window.opened else None,
    }


def _window(row: sa.Row[Any]) -> Window:
    return Window(
        row.id,
        RoomRef(id=row.room_id, name=row.room_name),
        Rule.model_validate(row.rule),
        Cause.load(row.cause),
        Exceptions.model_validate(row.exceptions),
        tuple(row.warn),
        date.fromisoformat(row.opened) if row.opened else None,
    )
