"""Where everything that must not be lost is written: SQLite or PostgreSQL, behind SQLAlchemy Core."""

from bot.store.columns import JSON, Instant, Json, String, Text, as_json, metadata
from bot.store.database import Database, batch, insert_into, is_down

__all__ = [
    "JSON",
    "Database",
    "Instant",
    "Json",
    "String",
    "Text",
    "as_json",
    "batch",
    "insert_into",
    "is_down",
    "metadata",
]
