"""What a database must hold to have one of everything: a row of each table, and each state it can be in."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import sqlalchemy as sa

from bot.command.reaction import Reactions
from bot.features.schedule.outcomes import Came
from bot.features.subscription.book import Feature, Style
from bot.people import Level, Yes
from bot.request.request import State
from bot.store import metadata
from bot.work.arrivals import Source
from bot.work.inbox import Fate

STATES: Mapping[str, Collection[object]] = {
    "requests.state": State,
    "requests.yes": Yes,
    "audit.state": State,
    "grants.level": set(Level) - {Level.ANYBODY},  # nobody is granted what everybody has
    "policies.yes": Yes,
    "effects.state": ("planned", "started", "done", "rejected", "unknown"),
    "posts.state": ("planned", "started", "done", "refused", "unknown"),
    "jobs.state": ("waiting", "running"),
    "timers.kind": [
        kind for kind, moment in Reactions("bot.features").moments().items() if not moment.reconciles
    ],
    "subscriptions.style": Style,
    "subscriptions.features": Feature,
    "schedule_outcomes.came": Came,
    "inbox.source": Source,
    "inbox.state": Fate,
}
# What one store alone has: the other's jobs are procrastinate's, whose tables are its own affair.
ONLY = {"jobs": "sqlite"}
# What comes only of a log of another age: entries that were forgotten, written without a key, or cut off.
NEVER = {"audit.text", "audit.position", "audit.link", "audit.key", "clicks.acked_at"}


def missing(connection: sa.Connection) -> list[str]:
    """Name what is not there, as ``table.column: value``."""
    store = connection.dialect.name
    here = [table for table in metadata.sorted_tables if ONLY.get(table.name, store) == store]
    return [line for table in here for line in _of(connection, table)]


def _of(connection: sa.Connection, table: sa.Table) -> Iterator[str]:
    if not connection.scalar(sa.select(sa.func.count()).select_from(table)):
        yield f"{table.name}: no row"
        return
    for column in table.columns:
        there = list(_each(connection.scalars(sa.select(column))))
        yield from (f"{column}: {wanted!r}" for wanted in _wanted(column) if wanted not in there)
        if column.nullable and not any(value is not None for value in there):
            yield f"{column}: a value"


def _each(values: Iterable[object]) -> Iterator[object]:
    """What stands in a column, and in the lists in it."""
    for value in values:
        yield value
        yield from value if isinstance(value, list) else ()


def _wanted(column: "sa.Column[object]") -> Collection[object]:
    """The values of which each has to be there."""
    states = [*STATES.get(str(column), ()), *([True, False] if isinstance(column.type, sa.Boolean) else ())]
    return [*states, *([None] if column.nullable and str(column) not in NEVER else [])]
