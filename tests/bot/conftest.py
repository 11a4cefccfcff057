"""Databases for the tests of everything that stores."""

from tests.store import database, database_url

__all__ = ["database", "database_url"]
