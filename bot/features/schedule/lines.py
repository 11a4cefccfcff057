"""Lines that a room's schedules ask for: what each is, when it comes, and who answers for it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Cadence, RoomRef
from bot.command.book import Book
from bot.features.schedule.book import rooms_beyond
from bot.features.schedule.exceptions import Pause
from bot.people import Actor, Yes
from bot.reply import Invocation, Phrase, Reply
from bot.request.request import Cause
from bot.store import JSON, Instant, Json, Text, metadata
from bot.work import Moment, Timer

scheduled = sa.Table(
    "scheduled",
    metadata,
    sa.Column("id", Text, primary_key=True),
    sa.Column("room_id", Text, nullable=False, index=True),
    sa.Column("room_name", Text, nullable=False),
    sa.Column("invocation", Json, nullable=False),
    sa.Column("sentence", Text, nullable=False),
    sa.Column("reason", Text, nullable=False),
    sa.Column("at", Instant),
    sa.Column("cadence", Json),
    sa.Column("agreed", sa.Integer, nullable=False),
    sa.Column("paused", sa.Boolean, nullable=False),
    sa.Column("pause", Json),
    sa.Column("cause", Json, nullable=False),
)

_OF_ROOMS = sa.select(scheduled.c.id, scheduled.c.room_id, scheduled.c.invocation).where(
    scheduled.c.room_id.in_(sa.bindparam("rooms", expanding=True))
)


def next_run(payload: Mapping[str, JSON], after: datetime) -> datetime | None:
    """When a stored line comes next; None for what comes once. What was missed is not made up for."""
    if payload["cadence"] is None:
        return None
    cadence = Cadence.model_validate(payload["cadence"])
    pause = Pause.model_validate(payload["pause"]) if payload["pause"] else None
    return _next_time(cadence, datetime.fromisoformat(payload["since"]), pause, after)


def _next_time(cadence: Cadence, since: datetime, pause: Pause | None, after: datetime) -> datetime | None:
    """The next time of a cadence that is not in a pause; None in one without an end."""
    at = cadence.next_after(after, since)
    if pause is None or not pause.holds(at):
        return at
    return cadence.next_after(pause.until - timedelta.resolution, since) if pause.until else None


RUN = Moment("run line", next=next_run, in_order=True, counted=Cadence.set_back)


@dataclass(frozen=True)
class ScheduledLine:
    """An act that a schedule asks for as itself, once ``at`` a moment or by its ``cadence``.

    ``id`` is the number of the request that made it, ``agreed`` whose yes was given to it then. ``cause``
    says who made and who approved it. A ``paused`` one does nothing until somebody answers for it; a
    ``pause`` is what somebody asked for.
    """

    id: str
    room: RoomRef
    invocation: Invocation
    sentence: str
    cause: Cause
    at: datetime | None = None
    cadence: Cadence | None = None
    reason: str = ""
    agreed: Yes = Yes.NONE
    paused: bool = False
    pause: Pause | None = None

    @property
    def maker(self) -> str:
        """Whose rights count."""
        return self.cause.by.user

    @property
    def when(self) -> datetime | Phrase | None:
        """When it comes, as a reply shows it."""
        return self.cadence.said() if self.cadence else self.at

    def next(self, now: datetime) -> datetime | None:
        """When it comes next; None where it does not."""
        if self.paused:
            return None
        if self.cadence:
            return _next_time(self.cadence, self.cause.since, self.pause, now)
        return self.at if self.at and self.at > now and not self.rests(self.at) else None

    def rests(self, at: datetime) -> bool:
        """Whether somebody has paused it over a moment."""
        return self.pause is not None and self.pause.holds(at)

    def is_missed(self, now: datetime) -> bool:
        """Whether it was to come once, and that has passed."""
        return self.at is not None and self.at <= now

    def upcoming(self, now: datetime, count: int) -> list[datetime]:
        """The next times that it comes."""
        return list(islice(self.times(now), count))

    def timer(self, at: datetime) -> Timer:
        """The moment at which it comes, with all that says when the one after is."""
        cadence = self.cadence.model_dump(mode="json") if self.cadence else None
        pause = self.pause.model_dump(mode="json") if self.pause else None
        since = self.cause.since.isoformat()
        payload = {"line": self.id, "cadence": cadence, "since": since, "pause": pause}
        return Timer(RUN.kind, self.id, at, payload, self.cause.json())

    def actor(self, answers: str = "") -> Actor:
        """The schedule as it asks; ``answers`` is whose rights count where it is not the maker any more."""
        approved = [one.user for one in self.cause.approved]
        behind = tuple(dict.fromkeys(who for who in (answers, self.maker, *approved) if who))
        by = ", approved by ".join([f"made by {self.cause.by.name}", *self._approved])
        return Actor(f"schedule:{self.id}", f"schedule {self.id}", via=by, behind=behind, agreed=self.agreed)

    @property
    def _approved(self) -> list[str]:
        names = [one.name for one in self.cause.approved]
        return [" and ".join(names)] if names else []

    def times(self, after: datetime) -> Iterator[datetime]:
        """Each time that it comes after a moment."""
        at = self.next(after)
        while at:
            yield at
            at = self.next(at)


class ScheduledLines(Book):
    """The scheduled lines on disk."""

    async def keep(self, tx: AsyncConnection, line: ScheduledLine) -> None:
        """Write down how one is from now on."""
        insert = self.db.insert(scheduled).values(_row(line))
        changes = {name: insert.excluded[name] for name in ("agreed", "paused", "pause", "cause")}
        await tx.execute(insert.on_conflict_do_update(index_elements=["id"], set_=changes))

    async def set_back(self, tx: AsyncConnection, by: timedelta) -> None:
        """Count what comes every so long from so much earlier, after a clock was set back."""
        series = sa.select(scheduled).where(scheduled.c.cadence.is_not(None))
        for line in map(_line, await tx.execute(series)):
            if line.cadence and line.cadence.every:
                earlier = replace(line.cause, since=line.cause.since - by)
                await self.keep(tx, replace(line, cause=earlier))

    async def orphan(self, tx: AsyncConnection, line: str) -> None:
        """Let one wait until somebody answers for it."""
        await tx.execute(scheduled.update().where(scheduled.c.id == line).values(paused=True))

    async def remove(self, tx: AsyncConnection, line: str) -> None:
        """Forget one."""
        await tx.execute(scheduled.delete().where(scheduled.c.id == line))

    async def held(self, tx: AsyncConnection, line: str) -> ScheduledLine | None:
        """One as it is, held until the transaction is over."""
        chosen = sa.select(scheduled).where(scheduled.c.id == line).with_for_update()
        return next(map(_line, await tx.execute(chosen)), None)

    async def find(self, line: str) -> ScheduledLine | None:
        """One as it is now; None where it is over or was removed."""
        async with self.db.read() as tx:
            chosen = sa.select(scheduled).where(scheduled.c.id == line)
            return next(map(_line, await tx.execute(chosen)), None)

    async def of(self, room: str, *others: str) -> tuple[ScheduledLine, ...]:
        """Those of these rooms, in the order in which they were made."""
        chosen = sa.select(scheduled).where(scheduled.c.room_id.in_([room, *others]))
        async with self.db.read() as tx:
            return tuple(sorted(map(_line, await tx.execute(chosen)), key=lambda line: int(line.id)))

    async def beyond(self, room: str) -> Sequence[str]:
        """The next rooms that have any, as many as are looked after at a time, by their ids."""
        async with self.db.read() as tx:
            return (await tx.scalars(rooms_beyond(scheduled, room))).all()

    async def commands(self, tx: AsyncConnection, rooms: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """The room of each line in these rooms and the words of its command, by its id."""
        found = await tx.execute(_OF_ROOMS, {"rooms": list(rooms)})
        return {row.id: (row.room_id, Invocation.load(row.invocation).command) for row in found}


def said(line: ScheduledLine, now: datetime) -> Reply:
    """A scheduled line in one: what, when, who made it, when it comes next or that it is paused."""
    about: dict[str, Any] = {"line": line.sentence, "number": line.id, "by": line.cause.by, "when": line.when}
    if line.pause and line.is_missed(now):
        return Reply("“{line}” was to come {when}, and was paused then (#{number}, by {by}).", **about)
    said = Reply("“{line}” comes {when} (#{number}, by {by}).", **about)
    if line.paused:
        return said + Reply(
            "Paused until somebody answers for it: `/hms schedule adopt {number}`.", number=line.id
        )
    if line.pause and line.rests(now):
        until = line.pause.until
        return said + (Reply("Paused until {until}.", until=until) if until else Reply("Paused."))
    at = line.next(now) if line.cadence else None
    return said + Reply("Next {at}.", at=at) if at else said


def fact(line: ScheduledLine) -> Reply:
    """When it comes and who made it, as a few words on a card."""
    return Reply("{when} (#{number}, by {by})", when=line.when, number=line.id, by=line.cause.by)


def answered_by(line: ScheduledLine, cause: Cause) -> ScheduledLine:
    """The same with somebody else who answers for it from now on: no yes of theirs to it counts any more."""
    others = tuple(one for one in line.cause.approved if one.user != cause.by.user)
    lost = line.cause.approved and not others
    agreed = min(line.agreed, Yes.ACTOR) if lost else line.agreed
    answers = replace(line.cause, by=cause.by, approved=others)
    return replace(line, cause=answers, agreed=agreed, paused=False, pause=None)


def _row(line: ScheduledLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "room_id": line.room.id,
        "room_name": line.room.name,
        "invocation": line.invocation.json(),
        "sentence": line.sentence,
        "reason": line.reason,
        "at": line.at,
        "cadence": line.cadence.model_dump(mode="json") if line.cadence else None,
        "agreed": line.agreed,
        "paused": line.paused,
        "pause": line.pause.model_dump(mode="json") if line.pause else None,
        "cause": line.cause.json(),
    }


def _line(row: sa.Row[Any]) -> ScheduledLine:
    return ScheduledLine(
        id=row.id,
        room=RoomRef(id=row.room_id, name=row.room_name),
        invocation=Invocation.load(row.invocation),
        sentence=row.sentence,
        cause=Cause.load(row.cause),
        at=row.at,
        cadence=Cadence.model_validate(row.cadence) if row.cadence else None,
        reason=row.reason,
        agreed=Yes(row.agreed),
        paused=row.paused,
        pause=Pause.model_validate(row.pause) if row.pause else None,
    )
