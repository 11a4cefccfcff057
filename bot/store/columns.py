"""The one MetaData, and the column types that read the same on both stores."""

import re
from datetime import UTC, datetime
from json import dumps
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from bot.text import storable

# What a JSON column holds. Any, because only the code that wrote a value knows its shape.
JSON: TypeAlias = Any

_UNSTORABLE: Final = re.compile(r"\\u(?:0000|d[89a-f])")  # or the half of a good pair


def as_json(value: JSON) -> str:
    """Write JSON without what no store takes; only what may hold such is taken apart for it."""
    written = dumps(value)
    return dumps(storable(value)) if _UNSTORABLE.search(written) else written


# Every constraint has a name, so that a migration can drop it on either store.
metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class _Storable(sa.TypeDecorator[str]):
    """Text as both stores can keep it: what one of them refuses is left out, whoever wrote it."""

    impl: Any = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 -- theirs
        """Leave out what is no text to a store; what is looked for is what was kept."""
        kept: str | None = storable(value)
        return kept


class Text(_Storable):
    """What both stores can keep of a text, of any length."""

    impl = sa.Text
    cache_ok = True


class String(_Storable):
    """What both stores can keep of a text, in a VARCHAR, which may say how long it is."""

    impl = sa.String
    cache_ok = True


class _Json(sa.TypeDecorator[JSON]):
    """JSON, and on PostgreSQL JSONB, whose dialect no other store has to load; ``as_json`` writes it."""

    impl = sa.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[JSON]:
        """Choose by the store."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(sa.JSON(none_as_null=True))
        from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415 -- as said above

        return dialect.type_descriptor(JSONB(none_as_null=True))


Json = _Json(none_as_null=True)


class Instant(sa.TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Bring a moment to UTC; SQLite has no zones, so there it is written without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone cannot be stored.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Read a moment back, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)
