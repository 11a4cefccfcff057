"""A log with a key: taking one, changing it and doing without it are entries, and nobody else makes one."""

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.errors import UserError
from bot.people import Actor
from bot.reply import Plain
from bot.request.audit import Audit
from bot.request.chain import AuditKeys
from bot.store import Database

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MO = Actor("U0MO", "Mo")
SECRETS = ("the first key", "the second key")


async def started(database: Database, keys: str | None) -> Audit:
    """A log as a process with this AUDIT_KEY has it, and one more entry in it."""
    log = Audit(database, lambda: NOON, AuditKeys.read(SecretStr(keys) if keys else None))
    await log.settle()
    async with database.write() as tx:
        await log.add(tx, MO, "slack", "asked", "who", request=1)
    return log


async def states(log: Audit) -> list[str]:
    return [entry.state for entry in await log.every()]


async def test_to_take_a_key_is_an_entry_and_the_next_start_makes_no_other(database: Database) -> None:
    await started(database, None)
    await started(database, "the first key")

    log = await started(database, "the first key")

    assert await states(log) == ["asked", "keyed", "asked", "asked"]
    assert (await log.verify()).whole


async def test_a_key_is_changed_with_the_old_one_beside_it(database: Database) -> None:
    await started(database, "the first key")
    log = await started(database, "the second key,the first key")

    assert await states(log) == ["keyed", "asked", "keyed", "asked"]
    assert (await log.verify()).whole


async def test_processes_that_know_both_go_on_with_the_one_in_force(database: Database) -> None:
    other = await started(database, "the first key, the second key")
    await started(database, "the second key,the first key")

    async with database.write() as tx:
        await other.add(tx, MO, "slack", "asked", "who", request=2)

    assert (await other.verify()).count == 5
    assert [entry.state for entry in await other.every()].count("keyed") == 2


async def test_to_do_without_a_key_is_an_entry_made_with_it(database: Database) -> None:
    await started(database, "the first key")
    log = await started(database, ",the first key")

    assert await states(log) == ["keyed", "asked", "keyed", "asked"]
    assert (await log.verify()).whole
    assert await log.keyed() is False


@pytest.mark.parametrize("keys", [None, "the second key"])
async def test_without_the_key_nothing_is_written_on(database: Database, keys: str | None) -> None:
    await started(database, "the first key")

    with pytest.raises(UserError, match="AUDIT_KEY does not hold the key that the log is linked with"):
        await started(database, keys)


async def test_without_the_key_a_look_says_what_it_cannot_see(database: Database) -> None:
    await started(database, None)
    await started(database, "the first key")

    came = await Audit(database, lambda: NOON).verify()

    assert not came.whole
    assert "Entries 2 to 3 are linked with a key that AUDIT_KEY does not hold" in Plain().text(came.said())


def test_no_key_is_shown() -> None:
    shown = repr(AuditKeys.read(SecretStr(",".join(SECRETS))))

    assert not any(secret in shown for secret in SECRETS)
