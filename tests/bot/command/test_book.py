"""Books are made when they are first asked for, and all of them forget what is old."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.book import Book, Books
from bot.features.room.locks import Lock, Locks
from bot.features.room.rows import Rows
from bot.features.room.rows import rows as who_rows
from bot.store import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEEP = timedelta(days=400)


class Forgetful(Book):
    """A book that no feature states."""

    forgot: datetime | None = None

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        self.forgot = before


class Journal:
    """No book, but it grows."""

    def __init__(self, books: list[Books]) -> None:
        self.books = books
        self.forgot: datetime | None = None

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        self.forgot = before
        for books in self.books:
            books[Forgetful]


class Register:
    """What is handed in and does not grow."""


def books_of(database: Database, *made: object) -> Books:
    return Books(database, lambda: NOW, made, KEEP)


async def test_a_book_is_made_when_it_is_first_asked_for_and_then_it_is_that_one(database: Database) -> None:
    books = books_of(database)
    locks = books[Locks]

    async with database.write() as tx:
        await locks.put(tx, Lock("room", "U0MO", "Mo", "", NOW, None, 1))

    assert books[Locks] is locks
    assert await locks.of("room")


async def test_those_that_were_handed_in_are_found_by_their_class(database: Database) -> None:
    register = Register()

    books = books_of(database, register)

    assert books[Register] is register
    assert books[Books] is books


async def test_every_book_forgets_what_is_older_than_is_kept(database: Database) -> None:
    old, young = NOW - KEEP - timedelta(days=1), NOW - KEEP + timedelta(days=1)
    rows, own, journal = Rows(database, lambda: NOW), Forgetful(database, lambda: NOW), Journal([])
    await rows.keep("U0MAX", ["gus"], young)
    async with database.write() as tx:
        await tx.execute(who_rows.insert().values(actor="U0MO", people=["gus"], at=old))

    async with database.write() as tx:
        await books_of(database, own, journal, Register()).prune(tx)

    assert await rows.row("U0MO", 1, old) is None  # of a book that nobody had asked for
    assert await rows.row("U0MAX", 1, young) == "gus"
    assert own.forgot == NOW - KEEP  # handed in, stated by no feature
    assert journal.forgot == NOW - KEEP


async def test_a_book_that_is_first_asked_for_meanwhile_is_in_nobodys_way(database: Database) -> None:
    asked: list[Books] = []
    journal = Journal(asked)
    books = books_of(database, journal)
    asked.append(books)

    async with database.write() as tx:
        await books.prune(tx)

    assert journal.forgot == NOW - KEEP
