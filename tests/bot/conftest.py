"""Databases for the tests of everything that stores."""

from tests.postgres import postgres_server
from tests.store import (
    database,
    database_url,
    postgres_template,
    postgres_url,
    sqlite_template,
    sqlite_url,
)

__all__ = [
    "database",
    "database_url",
    "postgres_server",
    "postgres_template",
    "postgres_url",
    "sqlite_template",
    "sqlite_url",
]
