"""Where the databases of the releases are, and which release this is."""

import tomllib
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = HERE.parents[1] / "pyproject.toml"


def newest() -> str:
    """The release that this is, or will be."""
    return str(tomllib.loads(PROJECT.read_text())["project"]["version"])


def releases() -> list[str]:
    """Every release of which a database is kept."""
    return sorted(path.name for path in HERE.iterdir() if file_of(path.name).exists())


def file_of(release: str) -> Path:
    """Its SQLite file."""
    return HERE / release / "hms-bot.sqlite"


def dump_of(release: str) -> Path:
    """Its PostgreSQL dump."""
    return HERE / release / "hms-bot.sql"
