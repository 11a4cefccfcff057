"""Somebody has the database, and changes the log: each way of it is found, or named as what cannot be.

Four requests were asked for; the text of the second was erased, as the last entry says, and the head before
that was posted. Each way is tried on a log with an AUDIT_KEY, which the database does not know, and without.

Long because there are twenty-one ways.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import Actor
from bot.reply import Plain
from bot.request.audit import Audit, audit, heads
from bot.request.chain import ERASED, KEYED, START, AuditEntry, AuditKeys, digest, link
from bot.request.proof import Head
from bot.store import Database

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MO, ADA = Actor("U0MO", "Mo"), Actor("U0ADA", "Ada")
LINES = ("end-room", "room lock standup", "say hello", "who")
KEY = AuditKeys.read(SecretStr("a key that stands elsewhere"))
NO_KEY = AuditKeys()

Falsified = Callable[[AsyncConnection], Awaitable[object]]


@dataclass(frozen=True)
class Log:
    """A log, and the head of it that was posted."""

    database: Database
    audit: Audit
    posted: Head

    async def falsified(self, by: Falsified) -> None:
        async with self.database.write() as tx:
            await by(tx)

    async def verdict(self, *told: Head) -> str:
        """What a look at it says; it is only called whole where everything was found in order."""
        came = await self.audit.verify(*told)
        said = Plain().text(came.said())
        assert came.whole == said.startswith("The log is whole")
        return said


async def _log(database: Database, keys: AuditKeys) -> Log:
    made = Audit(database, lambda: NOON, keys)
    for number, line in enumerate(LINES, start=1):
        async with database.write() as tx:
            await made.add(tx, MO, "slack", "asked", line, request=number)
        await made.settle()
    head = await made.head()
    assert head
    async with database.write() as tx:
        await made.posted(tx, head)
        await made.erase(tx, await _position(tx, 2), ADA, "slack")
    assert (await made.verify(head)).whole
    return Log(database, made, head)


@pytest.fixture
async def keyed(database: Database) -> Log:
    """A log with a key."""
    return await _log(database, KEY)


@pytest.fixture
async def plain(database: Database) -> Log:
    """A log without one."""
    return await _log(database, NO_KEY)


@pytest.fixture(params=[KEY, NO_KEY], ids=["keyed", "plain"])
async def log(database: Database, request: pytest.FixtureRequest) -> Log:
    """Each in turn."""
    return await _log(database, request.param)


async def _position(tx: AsyncConnection, request: int) -> int:
    """Where a request's entry stands; with a key the keying stands between the first and the second."""
    found = await tx.scalar(sa.select(audit.c.position).where(audit.c.request_id == request))
    assert found
    return int(found)


def _entry_of(number: int) -> sa.Update:
    return audit.update().where(audit.c.request_id == number)


def edited(**to: object) -> Falsified:
    """The entry of request 3, changed."""
    return lambda tx: tx.execute(_entry_of(3).values(to))


def _forged(**fields: object) -> dict[str, object]:
    """Somebody's own entry."""
    text = "remove Gus"
    entry = {"at": NOON, "request_id": 9, "actor": "U0MAX", "door": "slack", "state": "done", "text": text}
    return entry | {"digest": digest(text)} | fields


async def every(tx: AsyncConnection) -> list[AuditEntry]:
    rows = await tx.execute(sa.select(audit).order_by(audit.c.position))
    return [
        AuditEntry(request=held.pop("request_id"), **held) for held in (dict(one._mapping) for one in rows)
    ]


async def text_and_digest(tx: AsyncConnection) -> None:
    await tx.execute(_entry_of(3).values(text="say goodbye", digest=digest("say goodbye")))


async def every_text(tx: AsyncConnection) -> None:
    await tx.execute(audit.update().values(text=None))


async def from_the_middle(tx: AsyncConnection) -> None:
    await tx.execute(audit.delete().where(audit.c.request_id == 3))


async def the_first(tx: AsyncConnection) -> None:
    await tx.execute(audit.delete().where(audit.c.position == 1))


async def the_tail(tx: AsyncConnection) -> None:
    last = sa.select(sa.func.max(audit.c.position)).scalar_subquery()
    await tx.execute(audit.delete().where(audit.c.position == last))


async def everything(tx: AsyncConnection) -> None:
    await tx.execute(audit.delete())


async def links_and_text(tx: AsyncConnection) -> None:
    await tx.execute(_entry_of(3).values(link=None, text="say goodbye", digest=digest("say goodbye")))


async def places_and_links(tx: AsyncConnection) -> None:
    await tx.execute(
        audit.update().where(audit.c.request_id.in_([3, 4])).values(position=None, link=None, text="x")
    )


async def unlinked(tx: AsyncConnection) -> None:
    await tx.execute(audit.insert().values(_forged()))


async def put_in_between(tx: AsyncConnection) -> None:
    place = await _position(tx, 3)
    await tx.execute(audit.update().where(audit.c.position >= place).values(position=-audit.c.position))
    await tx.execute(audit.update().where(audit.c.position < 0).values(position=1 - audit.c.position))
    await tx.execute(audit.insert().values(_forged(position=place, link="0" * 64)))


async def ids(tx: AsyncConnection) -> None:
    one, other = [await tx.scalar(sa.select(audit.c.id).where(audit.c.request_id == each)) for each in (3, 4)]
    for number, to in ((3, 999), (4, one), (3, other)):
        await tx.execute(_entry_of(number).values(id=to))


async def places(tx: AsyncConnection) -> None:
    one, other = await _position(tx, 3), await _position(tx, 4)
    for number, to in ((3, 999), (4, one), (3, other)):
        await tx.execute(_entry_of(number).values(position=to))


async def an_erasure_unsaid(tx: AsyncConnection) -> None:
    await tx.execute(audit.update().where(audit.c.state == ERASED).values(text=None))


async def _every(tx: AsyncConnection) -> list[AuditEntry]:
    rows = await tx.execute(sa.select(audit).order_by(audit.c.position))
    held = [dict(row._mapping) for row in rows]
    return [AuditEntry(request=one.pop("request_id"), **one) for one in held]


async def _write(tx: AsyncConnection, before: AuditEntry, entry: AuditEntry) -> AuditEntry:
    """Link an entry as well as anybody can who has no key, and write it."""
    made = digest(entry.text) if entry.text is not None else entry.digest
    placed = replace(entry, position=(before.position or 0) + 1, digest=made)
    placed = replace(placed, link=link(before, placed, None))
    held = dict(vars(placed))
    await tx.execute(audit.insert().values(request_id=held.pop("request"), **held))
    return placed


async def _anew(tx: AsyncConnection, entries: list[AuditEntry]) -> None:
    await tx.execute(audit.delete())
    before = START
    for number, one in enumerate(entries, start=1):
        said = "say goodbye" if one.request == 3 else one.text
        before = await _write(tx, before, replace(one, id=number, text=said))


async def everything_anew(tx: AsyncConnection) -> None:
    await _anew(tx, await _every(tx))


async def everything_anew_as_if_there_were_no_key(tx: AsyncConnection) -> None:
    entries = [replace(one, key=None) for one in await _every(tx) if one.state != KEYED]
    erased = [replace(one, text="entry 2") if one.state == ERASED else one for one in entries]
    await _anew(tx, erased)
    await tx.execute(heads.delete())
    await _numbers_back(tx)


async def put_at_the_end(tx: AsyncConnection) -> None:
    entries = await _every(tx)
    forged = AuditEntry(NOON, 9, "U0MAX", "slack", "done", "remove Gus", id=entries[-1].id + 1)
    await _write(tx, entries[-1], replace(forged, key=entries[-1].key))
    await _numbers_back(tx)


async def an_erasure_made_up(tx: AsyncConnection) -> None:
    await tx.execute(_entry_of(3).values(text=None))
    entries, which = await _every(tx), await _position(tx, 3)
    forged = AuditEntry(NOON, 0, "U0ADA", "slack", ERASED, f"entry {which}", id=entries[-1].id + 1)
    await _write(tx, entries[-1], replace(forged, key=entries[-1].key))
    await _numbers_back(tx)


async def the_tail_with_all_that_tells_of_it(tx: AsyncConnection) -> None:
    await tx.execute(audit.delete().where(audit.c.position >= await _position(tx, 4)))
    await tx.execute(_entry_of(2).values(text=LINES[1]))
    await tx.execute(heads.delete())
    await _numbers_back(tx)


async def _numbers_back(tx: AsyncConnection) -> None:
    """Set what knows the highest number to the highest that is there."""
    highest = await tx.scalar(sa.select(sa.func.max(audit.c.id)))
    sqlite, postgres = "UPDATE sqlite_sequence SET seq = {}", "SELECT setval('audit_id_seq', {})"
    said = sqlite if tx.dialect.name == "sqlite" else postgres
    await tx.execute(sa.text(said.format(highest)))


FOUND: Mapping[str, tuple[Falsified, str]] = {
    "a text": (edited(text="say goodbye"), "was edited"),
    "a text and its digest": (
        edited(text="say goodbye", digest=digest("say goodbye")),
        "does not fit the one before it",
    ),
    "a digest": (edited(digest="0" * 64), "was edited"),
    "who": (edited(actor="U0MAX"), "does not fit the one before it"),
    "through which door": (edited(door="shell"), "does not fit the one before it"),
    "what became of it": (edited(state="denied"), "does not fit the one before it"),
    "which request": (edited(request_id=9), "does not fit the one before it"),
    "when": (edited(at=NOON + timedelta(days=1)), "does not fit the one before it"),
    "the name of its key": (edited(key="0" * 16), "does not fit the one before it"),
    "a text set to null": (edited(text=None), "1 text is gone and no erasure of it is recorded"),
    "every text set to null": (every_text, "texts are gone and no erasure of it is recorded"),
    "what an erasure says": (an_erasure_unsaid, "2 texts are gone and no erasure of it is recorded"),
    "an entry from the middle": (from_the_middle, "is missing or one was put in before it"),
    "the first entry": (the_first, "Entry 1 is missing or one was put in before it"),
    "the tail": (the_tail, "the end was cut"),
    "everything": (everything, "the end was cut"),
    "a link, and the text replaced": (links_and_text, "does not fit the one before it"),
    "places and links, and the texts replaced": (places_and_links, "2 entries are in no chain"),
    "an entry put in unlinked": (unlinked, "1 entry is in no chain"),
    "an entry put in between": (put_in_between, "does not fit the one before it"),
    "ids swapped": (ids, "were swapped"),
    "places swapped": (places, "does not fit the one before it"),
    "everything written anew": (everything_anew, "whose head was posted on"),
}


@pytest.mark.parametrize("way", FOUND)
async def test_it_is_found(log: Log, way: str) -> None:
    by, said = FOUND[way]

    await log.falsified(by)

    assert said in await log.verdict()


async def test_what_was_put_in_unlinked_is_not_linked_at_the_next_start_nor_with_the_next_entry(
    log: Log,
) -> None:
    await log.falsified(unlinked)

    await log.audit.settle()
    await log.falsified(lambda tx: log.audit.add(tx, MO, "slack", "asked", "who", request=5))

    assert "1 entry is in no chain" in await log.verdict()


async def test_a_cut_tail_is_found_when_the_log_has_gone_on(log: Log) -> None:
    await log.falsified(lambda tx: tx.execute(audit.delete().where(audit.c.request_id.in_([0, 4]))))

    await log.falsified(lambda tx: log.audit.add(tx, MO, "slack", "asked", "who", request=5))

    assert "whose head was posted on" in await log.verdict()


KEY_ONLY: Mapping[str, tuple[Falsified, str]] = {
    "an entry put at the end": (put_at_the_end, "is linked without the key"),
    "an erasure made up": (an_erasure_made_up, "is linked without the key"),
    "everything written anew": (everything_anew, "is linked without the key"),
    "everything written anew as if there were no key": (
        everything_anew_as_if_there_were_no_key,
        "AUDIT_KEY is set, and the log does not end with it",
    ),
}


@pytest.mark.parametrize("way", KEY_ONLY)
async def test_it_is_found_with_a_key(keyed: Log, way: str) -> None:
    by, said = KEY_ONLY[way]

    await keyed.falsified(by)

    assert said in await keyed.verdict()


@pytest.mark.parametrize("way", KEY_ONLY)
async def test_without_a_key_that_it_could_be_is_said(plain: Log, way: str) -> None:
    await plain.falsified(KEY_ONLY[way][0])

    assert "It is linked without a key: whoever can write to the database" in await plain.verdict()


async def test_a_log_written_anew_with_all_that_tells_of_it_is_found_by_a_head_that_was_kept(
    log: Log,
) -> None:
    await log.falsified(everything_anew_as_if_there_were_no_key)

    assert "is not the one with this head" in await log.verdict(log.posted)


async def test_a_cut_tail_with_all_that_tells_of_it_is_found_by_a_head_that_was_kept(log: Log) -> None:
    await log.falsified(the_tail_with_all_that_tells_of_it)

    assert "The log is whole" in await log.verdict()  # nothing in the database can tell
    assert "is not the one with this head" in await log.verdict(log.posted)
