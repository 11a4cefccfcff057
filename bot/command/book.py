"""What a feature remembers: a book knows its own table, what of it grows old, and what must be in order."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.command.vault import Vault
from bot.command.walking import classes
from bot.store import Database

Kept = TypeVar("Kept")


class Book:
    """One feature's table: ``ctx[Locks]`` makes it when first asked for, of database and clock."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self.db = db
        self.clock = clock

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget what is from before a moment; nothing, where a book does not grow."""

    async def seal_anew(self, tx: AsyncConnection, vault: Vault) -> None:
        """Seal its secrets with the newest key, where it can; nothing, where a book keeps none."""

    async def set_back(self, tx: AsyncConnection, by: timedelta) -> None:
        """Let what is counted in minutes come no later, after a clock was set back; nothing, usually."""


class Books:
    """Every book by its class: the ``made`` ones, which need more, and those of the features."""

    def __init__(self, db: Database, clock: Clock, made: Iterable[object], keep: timedelta) -> None:
        self._db = db
        self._clock = clock
        self._keep = keep
        self._books: dict[type[Any], Any] = {type(book): book for book in [*made, self]}

    def __getitem__(self, book: type[Kept]) -> Kept:
        if book not in self._books and issubclass(book, Book):
            self._books[book] = book(self._db, self._clock)
        return cast("Kept", self._books[book])

    async def prune(self, tx: AsyncConnection) -> None:
        """Let every book forget what is older than is kept."""
        stated = self._stated()
        others = [book for book in self._books.values() if book not in [*stated, self]]
        for book in [*stated, *others]:
            if hasattr(book, "prune"):
                await book.prune(tx, self._clock() - self._keep)

    async def seal_anew(self, tx: AsyncConnection, vault: Vault) -> None:
        """Let every book seal its secrets with the newest key."""
        for book in self._stated():
            await book.seal_anew(tx, vault)

    async def set_back(self, tx: AsyncConnection, by: timedelta) -> None:
        """Let every book go by a clock that was set back."""
        for book in self._stated():
            await book.set_back(tx, by)

    def _stated(self) -> Sequence[Book]:
        """Those of the features, also those nobody asked for yet."""
        return [self[kind] for kind in classes("bot.features", Book)]
