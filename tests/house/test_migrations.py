"""What a release has made of somebody's tables is not rewritten: what changes is a migration after it."""

from collections.abc import Mapping
from hashlib import sha256

from tests.house.source import ROOT

VERSIONS = ROOT / "bot" / "store" / "migrations" / "versions"
# By the name of its file, what `sha256sum` says of each migration that was released.
RELEASED: Mapping[str, str] = {
    "0001_tables.py": "9fbf6316b2da697d041c634c86e91e729d9fed77ea183546030d739807841223",
}


def test_a_migration_that_was_released_stays_as_it_is() -> None:
    edited = [name for name, digest in RELEASED.items() if digest_of(name) != digest]
    assert edited == [], "leave it as it was released, and add a migration"


def digest_of(name: str) -> str:
    return sha256((VERSIONS / name).read_bytes()).hexdigest()
