"""What a feature remembers: a book knows its own table, what of it grows old, and what must be in order."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store import Database

Kept = TypeVar("Kept")


class Book:
    """One feature's table: ``ctx[Locks]`` makes it when first asked for, of database and clock."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self.db = db
        self.clock = clock

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget what is from before a moment; nothing, where a book does not grow."""


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
        for kind in found("bot.features", Book):
            await self[kind].prune(tx, self._clock() - self._keep)
        for book in self._books.values():
            if book is not self and not isinstance(book, Book) and hasattr(book, "prune"):
                await book.prune(tx, self._clock() - self._keep)


def found(package: str, base: type[Kept]) -> Iterator[type[Kept]]:
    """The classes of a kind that the modules of a package state, by walking it."""
    top = importlib.import_module(package)
    for module in pkgutil.walk_packages(top.__path__, f"{package}."):
        stated: Mapping[str, Any] = vars(importlib.import_module(module.name))
        for held in stated.values():
            if isinstance(held, type) and issubclass(held, base) and held.__module__ == module.name:
                yield held
