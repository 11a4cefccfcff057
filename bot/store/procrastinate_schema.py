"""procrastinate's tables: created by its own schema file, kept up to date by its own migrations."""

from importlib import resources

import sqlalchemy as sa

_VERSION = "procrastinate_version"


def apply(connection: sa.Connection) -> None:
    """Create procrastinate's tables, or apply the migrations that came with a newer release of it."""
    known = _known(connection)
    newer = [name for name in _migrations() if known and name > known]
    for name in newer:
        _run(connection, f"migrations/{name}")
    if not known:
        _run(connection, "schema.sql")
    if not known or newer:
        _remember(connection, _migrations()[-1])


def _known(connection: sa.Connection) -> str | None:
    """Say up to which of its migrations the database has come; None when it is not there yet."""
    if not sa.inspect(connection).has_table(_VERSION):
        return None
    return connection.execute(sa.select(sa.column("name", sa.Text)).select_from(sa.table(_VERSION))).scalar()


def _migrations() -> list[str]:
    folder = resources.files("procrastinate.sql") / "migrations"
    return sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))


def _run(connection: sa.Connection, path: str) -> None:
    script = (resources.files("procrastinate.sql") / path).read_text(encoding="utf-8")
    # Many statements at once, with % in them: only the driver's own cursor takes them as they are.
    cursor = connection.connection.cursor()
    cursor.execute(script)
    cursor.close()


def _remember(connection: sa.Connection, name: str) -> None:
    version = sa.table(_VERSION, sa.column("name", sa.Text))
    connection.exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {_VERSION} (name text NOT NULL)")
    connection.execute(sa.delete(version))
    connection.execute(sa.insert(version).values(name=name))
