"""Whatever is lost on the way from 100ms is made up for, and comes to the same."""

from collections import Counter
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from bot.features.event import repairing
from bot.hms.event import Delivery
from bot.work.inbox import inbox
from sandbox.hms.events.webhooks import Weather
from tests.bot.features.event.reporting import REPORTED, Reported, reporting
from tests.bot.features.event.test_look import LESSON, kinds

TWO_SESSIONS = {kind: 2 for kind in LESSON if kind.startswith(("session", "peer"))}
REPLAY = "analytics.replay_webhooks"


async def missing(reported: Reported) -> list[str]:
    """The kinds of those events of 100ms that are not in our inbox under their own ids."""
    async with reported.chat.bot.db.read() as tx:
        there = set(await tx.scalars(sa.select(inbox.c.id)))
    sent = [one for one in reported.chat.world.journal.events if one.type.is_webhook]
    return [one.type.value for one in sent if one.id not in there]


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_loss_repeats_and_disorder_come_to_the_same(sqlite_url: str, seed: int) -> None:
    async with reporting(sqlite_url, REPORTED) as reported:
        await reported.passes("1m")
        reported.chat.world.webhooks.set_weather(Weather(loss=0.4, repeat=0.3, reorder_s=30, seed=seed))
        await reported.lesson()
        await reported.passes("10m")

        assert await missing(reported) == []
        assert await kinds(reported) == LESSON
        assert (await reported.sources())["replay"] > 0


async def test_an_outage_of_five_minutes_is_made_up_for(sqlite_url: str) -> None:
    async with reporting(sqlite_url, REPORTED) as reported:
        await reported.passes("1m")
        await reported.chat.stops()
        gus = reported.room.join("Gus")
        reported.room.leave(gus)
        reported.chat.world.webhooks.set_weather(Weather(loss=1))
        reported.room.leave(reported.room.join("Ivy"))
        reported.chat.world.webhooks.set_weather(Weather())
        reported.chat.clock.now += reported.chat.span("5m")
        await reported.chat.starts()
        await reported.passes("10m")

        assert await missing(reported) == []
        assert await kinds(reported) == {
            name: 2 for name in LESSON if "beam" not in name and "trans" not in name
        }


async def test_where_nothing_was_lost_nothing_is_asked_for_again(sqlite_url: str) -> None:
    async with reporting(sqlite_url, REPORTED) as reported:
        await reported.lesson()
        await reported.passes("10m")

        assert reported.chat.calls(REPLAY) == []
        assert await kinds(reported) == LESSON


async def test_what_stays_missing_is_asked_for_again_less_and_less_often(sqlite_url: str) -> None:
    async with reporting(sqlite_url, REPORTED) as reported:
        await reported.passes("1m")
        reported.chat.world.webhooks.set_weather(Weather(loss=1))
        reported.room.join("Gus")
        reported.chat.world.webhooks.go_to(None)
        for _ in range(20):
            await reported.chat.passes("5m")

        assert len(reported.chat.calls(REPLAY)) == 5  # after 1, 2, 4, 8 and 16 times five minutes


async def test_while_the_history_is_refused_the_rest_is_seen_to(sqlite_url: str) -> None:
    async with reporting(sqlite_url, REPORTED) as reported:
        await reported.passes("1m")
        reported.chat.world.fault("/analytics/webhooks", status=403, times=2)
        reported.chat.world.webhooks.set_weather(Weather(loss=1))
        reported.room.join("Gus")
        await reported.passes("10m")

        assert await kinds(reported) == {"session.open.success": 1, "peer.join.success": 1}
        assert "could not" not in reported.chat.reads("ada", "dm").text
        await reported.passes("10m")
        assert await missing(reported) == []


async def test_of_a_long_outage_so_much_is_seen_to_at_once_as_comes_again_meanwhile(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repairing, "AT_ONCE", 20)
    async with reporting(sqlite_url, REPORTED) as reported:
        await reported.passes("1m")
        reported.chat.world.webhooks.set_weather(Weather(loss=1))
        for _ in range(30):
            reported.room.leave(reported.room.join("Gus"))
            await reported.passes("10s")
        reported.chat.world.webhooks.set_weather(Weather())
        for _ in range(10):
            await reported.passes("5m")

        assert await missing(reported) == []
        parts = [call.body["start_time"] for call in reported.chat.calls(REPLAY)]
        assert len({*parts}) == len(parts) > 2  # none comes again twice


async def test_a_long_history_is_compared_in_parts() -> None:
    async def failed() -> AsyncIterator[Delivery]:
        for number in range(250):
            yield Delivery(event_id=str(number))

    sizes = Counter([len(part) async for part in repairing._parts(failed())])
    assert sizes == {100: 2, 50: 1}
