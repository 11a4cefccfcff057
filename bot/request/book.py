"""Requests, clicks and offers on disk.

Long because every question that is asked of them is one short statement here.
"""

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import Actor, Level, Yes
from bot.reply import Button, Invocation, Reply
from bot.request.facts import Decider
from bot.request.request import Origin, Request, State
from bot.store import Instant, Json, String, Text, batch, insert_into, metadata

LOOKED_BACK = 100  # of what was done in a room, the newest: a busy one has thousands

requests = sa.Table(
    "requests",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", String, nullable=False, unique=True),
    sa.Column("token", String, nullable=False, unique=True),
    sa.Column("invocation", Json, nullable=False),
    sa.Column("sentence", Text, nullable=False),
    sa.Column("actor", Json, nullable=False),
    sa.Column("origin", Json, nullable=False),
    sa.Column("state", String, nullable=False, index=True),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("acked_at", Instant, nullable=True),
    sa.Column("sure", sa.Boolean, nullable=False),
    sa.Column("loosely", Json, nullable=False),
    sa.Column("reason", Text, nullable=False),
    sa.Column("room", String, nullable=False),
    sa.Column("yes", sa.Integer, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("consequence", Json, nullable=True),
    sa.Column("places", Json, nullable=False),
    sa.Column("expires_at", Instant, nullable=True),
    sa.Column("needed", sa.Integer, nullable=False),
    sa.Column("deciders", Json, nullable=False),
    sa.Column("lapsed", Json, nullable=False),
    sa.Column("ended_by", Json, nullable=True),
    sa.Column("decided_at", Instant, nullable=True),
    sa.Column("answer", Json, nullable=True),
    sa.Column("ended_at", Instant, nullable=True, index=True),
    sa.Column("same", String(64), nullable=True),
    sa.Column("reminder", sa.Integer, nullable=False, index=True),
    sa.Index("ix_requests_alike", "same", "id"),
    sqlite_autoincrement=True,  # a number that was pruned is not given again
)

TO_COME = timedelta(minutes=2)  # by so much the clocks of several processes may differ
# Of what is the same one waits, whoever writes first: to look before writing would let two through.
# PostgreSQL's index has the same condition: to state it here would load its dialect on SQLite too.
asked_once = sa.Index(
    "ix_requests_same",
    requests.c.same,
    unique=True,
    sqlite_where=requests.c.state == State.WAITING.value,
)

clicks = sa.Table(
    "clicks",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", String, nullable=False, unique=True),
    sa.Column("value", String, nullable=False),
    sa.Column("who", String, nullable=False),
    sa.Column("origin", Json, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("acked_at", Instant, nullable=True),
)
# Every five seconds it is looked for what was never acked: through these few, and not through all of a year.
# On PostgreSQL too it holds these alone, as above.
sa.Index("ix_clicks_unacked", clicks.c.at, sqlite_where=clicks.c.acked_at.is_(None))

offers = sa.Table(
    "offers",
    metadata,
    sa.Column("token", String, primary_key=True),
    sa.Column("buttons", Json, nullable=False),
    sa.Column("at", Instant, nullable=False, index=True),
)


# What each line asks; each built once, since to build a statement costs more than to run it.
_number, _waits = requests.c.id == sa.bindparam("number"), requests.c.state == State.WAITING
_ONE = sa.select(requests).where(_number)
_HELD = _ONE.with_for_update()
_ACKED = (
    requests.update()
    .where(_number, requests.c.acked_at.is_(None), requests.c.state == State.ASKED)
    .values(acked_at=sa.bindparam("at"))
    .returning(requests)
)
_MOVED = requests.update().where(_number, requests.c.version == sa.bindparam("before"))
_FREED = (
    requests.update()
    .where(requests.c.key == sa.bindparam("of"), requests.c.acked_at.is_(None))
    .where(requests.c.state == State.WITHDRAWN)
    .values(key=sa.bindparam("of", type_=String) + " taken back " + sa.cast(requests.c.id, String))
)
_WAITING = sa.select(requests).where(_waits).order_by(requests.c.id)
_WAITS_IN = (
    sa.select(requests.c.room)
    .where(_waits, requests.c.room.in_(sa.bindparam("rooms", expanding=True)))
    .where(requests.c.id != sa.bindparam("besides"))
    .distinct()
)


@cache  # an ack waits for it
def _once(table: sa.Table, dialect: str) -> sa.Insert:
    """What inserts a row and answers its number, or None when its key is here."""
    once = insert_into(table, dialect).on_conflict_do_nothing(index_elements=["key"])
    return once.returning(table.c.id)


@dataclass(frozen=True)
class Click:
    """One click as it was written down."""

    id: int
    value: str
    who: str
    origin: Origin


def fresh_token() -> str:
    """An opaque id that nobody can guess."""
    return secrets.token_urlsafe(12)


def digest(offers: object) -> str:
    """A token for what is the same each time it is shown; it names nothing that its presser may not do."""
    return sha256(json.dumps(offers, sort_keys=True).encode()).hexdigest()[:32]


class RequestBook:
    """The table of requests; every method works inside the caller's transaction."""

    async def ask(self, tx: AsyncConnection, asked: Request) -> Request | None:
        """Write a new request; None when its origin's key was here before (a redelivery).

        A form whose request was taken back stays open, and is handed in again by the key that it has.
        """
        row = _row(asked) | {"key": asked.origin.key}
        if asked.origin.form:
            await tx.execute(_FREED, {"of": asked.origin.key})
        number = (await tx.execute(_once(requests, tx.dialect.name), row)).scalar_one_or_none()
        return None if number is None else replace(asked, id=number)

    async def acked(self, tx: AsyncConnection, number: int, at: datetime) -> Request | None:
        """Note that the door took the ack; None when the request is no longer waiting for that."""
        row = (await tx.execute(_ACKED, {"number": number, "at": at})).first()
        return _request(row) if row else None

    async def load(self, tx: AsyncConnection, number: int) -> Request | None:
        """One request, held against everybody else until the transaction ends."""
        row = (await tx.execute(_HELD, {"number": number})).first()
        return _request(row) if row else None

    async def find(self, tx: AsyncConnection, number: int) -> Request | None:
        """One request as it is, for reading."""
        row = (await tx.execute(_ONE, {"number": number})).first()
        return _request(row) if row else None

    async def asked_as(self, tx: AsyncConnection, key: str) -> Request | None:
        """The request of one asking, by its origin's key."""
        row = (await tx.execute(sa.select(requests).where(requests.c.key == key))).first()
        return _request(row) if row else None

    async def save(self, tx: AsyncConnection, after: Request) -> bool:
        """Write a transition if nobody made one since; the row then carries ``after.version``."""
        row = _row(after) | {"number": after.id, "before": after.version - 1}
        return (await tx.execute(_MOVED, row)).rowcount > 0

    async def number_of(self, tx: AsyncConnection, token: str) -> int | None:
        """Which request a button belongs to."""
        found = await tx.execute(sa.select(requests.c.id).where(requests.c.token == token))
        return found.scalar_one_or_none()

    async def waiting(self, tx: AsyncConnection) -> list[Request]:
        """Every request that waits for somebody's yes, the oldest first."""
        return [_request(row) for row in await tx.execute(_WAITING)]

    async def open(self, tx: AsyncConnection) -> list[Request]:
        """Every request that was acked and waits for nobody: it is being looked at, or done."""
        taken = (requests.c.state == State.ASKED) & requests.c.acked_at.is_not(None)
        at_work = taken | (requests.c.state == State.RUNNING)
        found = await tx.execute(sa.select(requests).where(at_work).order_by(requests.c.id))
        return [_request(row) for row in found]

    async def set_back(self, tx: AsyncConnection, by: timedelta) -> None:
        """Let what waits for a yes wait as long as its card said, after a clock was set back."""
        chosen = sa.select(requests.c.id, requests.c.expires_at).where(requests.c.state == State.WAITING)
        rows = [{"row": row.id, "at": row.expires_at - by} for row in await tx.execute(chosen)]
        if rows:
            move = requests.update().where(requests.c.id == sa.bindparam("row"))
            await tx.execute(move.values(expires_at=sa.bindparam("at")), rows)

    async def waiting_in(self, tx: AsyncConnection, room: str) -> list[Request]:
        """What waits for somebody's yes about one room, the oldest first."""
        there = (requests.c.state == State.WAITING) & (requests.c.room == room)
        found = await tx.execute(sa.select(requests).where(there).order_by(requests.c.id))
        return [_request(row) for row in found]

    async def waits_in(self, tx: AsyncConnection, rooms: Collection[str], besides: int = 0) -> set[str]:
        """Those of these rooms about which something waits, ``besides`` one request."""
        return set(await tx.scalars(_WAITS_IN, {"rooms": list(rooms), "besides": besides}))

    async def rooms_waiting(self, tx: AsyncConnection) -> set[str]:
        """The rooms about which something waits for somebody's yes."""
        waits = sa.select(requests.c.room).where(requests.c.state == State.WAITING, requests.c.room != "")
        return set(await tx.scalars(waits.distinct()))

    async def waiting_as(self, tx: AsyncConnection, same: str) -> Request | None:
        """What waits and is the same, held against everybody else until the transaction ends."""
        alike = (requests.c.state == State.WAITING) & (requests.c.same == same)
        row = (await tx.execute(sa.select(requests).where(alike).with_for_update())).first()
        return _request(row) if row else None

    async def newest_as(self, tx: AsyncConnection, same: str) -> Request | None:
        """What was asked last of what is the same, whatever became of it."""
        alike = sa.select(requests).where(requests.c.same == same).order_by(requests.c.id.desc()).limit(1)
        row = (await tx.execute(alike)).first()
        return _request(row) if row else None

    async def reminded(self, tx: AsyncConnection, numbers: Collection[int], reminder: int) -> None:
        """Note in whose thread these were reminded of; that is no transition."""
        these = requests.c.id.in_(numbers)
        await tx.execute(requests.update().where(these).values(reminder=reminder))

    async def in_reminder(self, tx: AsyncConnection, reminder: int) -> list[Request]:
        """What one reminder speaks of, the oldest first."""
        of_it = sa.select(requests).where(requests.c.reminder == reminder).order_by(requests.c.id)
        return [_request(row) for row in await tx.execute(of_it)]

    async def done_in(self, tx: AsyncConnection, rooms: Collection[str], since: datetime) -> list[Request]:
        """What was done in rooms (in "" what is about none) since a moment, the newest first."""
        there = requests.c.room.in_(rooms) & (requests.c.state == State.DONE) & (requests.c.ended_at >= since)
        most = LOOKED_BACK * len(rooms)
        newest = sa.select(requests).where(there).order_by(requests.c.ended_at.desc()).limit(most)
        found = await tx.execute(newest)
        return [_request(row) for row in found]

    async def acts(
        self,
        tx: AsyncConnection,
        most: int,
        *,
        room: str = "",
        since: datetime | None = None,
        before: int | None = None,
    ) -> list[Request]:
        """What was done to rooms and the people in them, the newest first; ``before`` a number."""
        done = requests.c.state.in_([State.DONE, State.UNKNOWN])
        there = requests.c.room == room if room else requests.c.room != ""
        late = requests.c.ended_at >= since if since else sa.true()
        older = requests.c.id < before if before else sa.true()
        wanted = sa.select(requests).where(done, there, late, older)
        found = await tx.execute(wanted.order_by(requests.c.id.desc()).limit(most))
        return [_request(row) for row in found]

    async def done_between(
        self, tx: AsyncConnection, room: str, since: datetime, until: datetime
    ) -> list[Request]:
        """What was done in one room between two moments, also what was asked for before, the first first."""
        there = (requests.c.room == room) & (requests.c.state == State.DONE)
        meanwhile = (requests.c.ended_at >= since) & (requests.c.asked_at <= until)
        order = requests.c.ended_at, requests.c.id
        found = await tx.execute(sa.select(requests).where(there, meanwhile).order_by(*order))
        return [_request(row) for row in found]

    async def unacked(self, tx: AsyncConnection, before: datetime) -> list[Request]:
        """What was written by then but never acked: nobody was told that it would be done."""
        loose = (requests.c.state == State.ASKED) & requests.c.acked_at.is_(None)
        loose &= _is_before(requests.c.asked_at, before)
        return [_request(row) for row in await tx.execute(sa.select(requests).where(loose))]

    async def click(
        self, tx: AsyncConnection, value: str, who: str, origin: Origin, at: datetime
    ) -> int | None:
        """Write down a click; None when it was here before."""
        row = {"key": origin.key, "value": value, "who": who, "origin": origin.json(), "at": at}
        return (await tx.execute(_once(clicks, tx.dialect.name), row)).scalar_one_or_none()

    async def click_acked(self, tx: AsyncConnection, number: int, at: datetime) -> None:
        """Note that the door took the ack of a click."""
        await tx.execute(clicks.update().where(clicks.c.id == number).values(acked_at=at))

    async def forget_click(self, tx: AsyncConnection, number: int) -> bool:
        """Forget a click that was never acked: nobody was told that it would count. False when it is gone."""
        loose = (clicks.c.id == number) & clicks.c.acked_at.is_(None)
        return (await tx.execute(clicks.delete().where(loose))).rowcount > 0

    async def clicked(self, tx: AsyncConnection, number: int) -> Click | None:
        """One click as it was written; None once it is forgotten."""
        row = (await tx.execute(sa.select(clicks).where(clicks.c.id == number))).one_or_none()
        return Click(row.id, row.value, row.who, Origin(**row.origin)) if row else None

    async def unacked_clicks(self, tx: AsyncConnection, before: datetime) -> list[Click]:
        """Clicks that were written by then but never acked."""
        loose = clicks.c.acked_at.is_(None) & _is_before(clicks.c.at, before)
        rows = await tx.execute(sa.select(clicks).where(loose))
        return [Click(row.id, row.value, row.who, Origin(**row.origin)) for row in rows]

    async def offer(self, tx: AsyncConnection, token: str, buttons: Iterable[Button], at: datetime) -> None:
        """Keep what the buttons of a message ask for; what is kept under this token already stays."""
        batch(tx, _keep_offers).append({"token": token, "buttons": [one.json() for one in buttons], "at": at})

    async def offered(self, tx: AsyncConnection, token: str, index: int) -> Button | None:
        """What a button asks for; None when it is older than what is kept."""
        found = await tx.execute(sa.select(offers.c.buttons).where(offers.c.token == token))
        buttons = found.scalar_one_or_none() or []
        return Button.load(buttons[index]) if index < len(buttons) else None

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget finished requests, clicks and offers from before that moment; the audit stays."""
        await tx.execute(requests.delete().where(requests.c.ended_at < before))
        await tx.execute(clicks.delete().where(clicks.c.at < before))
        await tx.execute(offers.delete().where(offers.c.at < before))


async def _keep_offers(tx: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    once = insert_into(offers, tx.dialect.name).on_conflict_do_nothing()
    await tx.execute(once.returning(offers.c.token), rows)  # one statement on PostgreSQL too


def _is_before(at: sa.Column[datetime], before: datetime) -> sa.ColumnElement[bool]:
    """Whether it was then; what is of a time to come was written before the clock was set back."""
    return (at <= before) | (at > before + TO_COME)


def _row(request: Request) -> dict[str, Any]:
    plain = {name: value for name, value in vars(request).items() if name != "id"}
    return plain | {
        "invocation": request.invocation.json(),
        "actor": asdict(request.actor) | {"barred": None},  # asked of the door each time,
        "origin": request.origin.json(),
        "consequence": request.consequence.json() if request.consequence else None,
        "loosely": [button.json() for button in request.loosely],
        "places": list(request.places),
        "deciders": [_decider_row(one) for one in request.deciders],
        "lapsed": [_decider_row(one) for one in request.lapsed],
        "ended_by": _decider_row(request.ended_by) if request.ended_by else None,
        "answer": request.answer.json() if request.answer else None,
        "same": request.same or None,
    }


def _decider_row(by: Decider) -> dict[str, Any]:
    return {
        "id": by.id,
        "name": by.name,
        "level": by.level,
        "since": by.since.isoformat() if by.since else None,
    }


def _decider(stored: Mapping[str, Any]) -> Decider:
    since = datetime.fromisoformat(stored["since"]) if stored["since"] else None
    return Decider(stored["id"], stored["name"], Level(stored["level"]), since)


def _actor(stored: Mapping[str, Any]) -> Actor:
    agreed = Yes(stored.get("agreed", Yes.NONE))
    return Actor(**{**stored, "behind": tuple(stored["behind"]), "agreed": agreed})


def _request(row: sa.Row[Any]) -> Request:
    held = {name: value for name, value in row._mapping.items() if name not in {"key", "acked_at"}}  # noqa: SLF001 -- SQLAlchemy's public name
    return Request(
        **held
        | {
            "invocation": Invocation.load(row.invocation),
            "actor": _actor(row.actor),
            "origin": Origin(**row.origin),
            "state": State(row.state),
            "yes": Yes(row.yes),
            "consequence": Reply.load(row.consequence) if row.consequence else None,
            "loosely": tuple(Button.load(button) for button in row.loosely),
            "places": tuple(row.places),
            "deciders": tuple(_decider(one) for one in row.deciders),
            "lapsed": tuple(_decider(one) for one in row.lapsed),
            "ended_by": _decider(row.ended_by) if row.ended_by else None,
            "answer": Reply.load(row.answer) if row.answer else None,
            "same": row.same or "",
        }
    )
