"""Trunks on disk: their passwords are sealed anew, so that the older secret can go."""

from datetime import UTC, datetime

from pydantic import SecretStr

from bot.command import Sealed, Vault
from bot.features.sip.book import NamedTrunk, Trunks
from bot.store import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD = "older-secret-key-that-seals-stream-keys-999="
NEW = "newer-secret-key-that-seals-stream-keys-999="


def vault(*keys: str) -> Vault:
    return Vault.of(SecretStr(",".join(keys)))


def trunk(name: str, sealed: str) -> NamedTrunk:
    return NamedTrunk(name, "t1", "acme", Sealed(token=sealed), "sip.example.com", "+15550199", "U0ADA", NOW)


async def test_passwords_are_sealed_with_the_newest_key_and_what_cannot_be_opened_stays(
    database: Database,
) -> None:
    trunks = Trunks(database, lambda: NOW)
    lost = vault("lost-secret-key-that-seals-stream-keys-9999=").seal(SecretStr("gone"))
    async with database.write() as tx:
        await trunks.put(tx, trunk("office", vault(OLD).seal(SecretStr("pw"))))
        await trunks.put(tx, trunk("lost", lost))

        await trunks.seal_anew(tx, vault(NEW, OLD))

        unread, office = await trunks.all(tx)
    assert vault(NEW).open(office.password) == SecretStr("pw")
    assert unread.password.token == lost
    assert await trunks.names() == ["lost", "office"]
