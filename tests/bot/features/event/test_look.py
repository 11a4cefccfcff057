"""Where nobody reports, looking tells the same facts; where both do, each is told once."""

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.features.event.reactions import Look, follow
from bot.work.inbox import inbox
from tests.bot.features.event.reporting import LOOKED_AT, REPORTED, Reported, reporting
from tests.chat import opened

BOTH = REPORTED | LOOKED_AT
LESSON = {
    "session.open.success": 1,
    "peer.join.success": 2,
    "peer.leave.success": 2,
    "beam.started.success": 1,
    "beam.stopped.success": 1,
    "beam.recording.success": 1,
    "transcription.success": 1,
    "session.close.success": 1,
}
LISTS = ("sessions.list", "recordings.list", "recording_assets.list", "sessions.retrieve", "recordings.get")


async def kinds(reported: Reported) -> Counter[str]:
    return Counter(fact.partition(" ")[0] for fact in await reported.heard())


def asked(reported: Reported) -> int:
    return sum(len(reported.chat.calls(operation)) for operation in LISTS)


@pytest.mark.parametrize("besides", [REPORTED, LOOKED_AT, BOTH], ids=["webhooks", "looks", "both"])
async def test_a_lesson_is_told_whole_and_once(database_url: str, besides: dict[str, str]) -> None:
    async with reporting(database_url, besides) as reported:
        await reported.lesson()

        assert await kinds(reported) == LESSON


async def test_a_look_knows_the_name_of_the_room(sqlite_url: str) -> None:
    async with reporting(sqlite_url, LOOKED_AT) as reported:
        reported.room.join("Gus")
        await reported.passes("1m")
        async with reported.chat.bot.db.read() as tx:
            kept = [row.data["room_name"] for row in await tx.execute(sa.select(inbox))]

        assert kept == ["standup", "standup"]


async def test_what_nobody_has_to_ask_for_is_not_asked(sqlite_url: str) -> None:
    async with reporting(sqlite_url, {"HMS_BOT_POLL": "off"}) as reported:
        reported.room.join("Gus")
        await reported.passes("2m")

        assert asked(reported) == 0


async def test_what_happened_while_nobody_looked_is_told_later(sqlite_url: str) -> None:
    async with reporting(sqlite_url, LOOKED_AT) as reported:
        gus = reported.room.join("Gus")
        await reported.passes("1m")
        await reported.chat.stops()
        reported.room.leave(gus)
        reported.chat.clock.now += timedelta(minutes=5)
        reported.chat.world.tick()
        ivy = reported.room.join("Ivy")
        reported.chat.clock.now += timedelta(minutes=5)
        reported.room.leave(ivy)
        reported.chat.clock.now += timedelta(hours=2)
        await reported.chat.starts()
        await reported.passes("1m")

        assert await kinds(reported) == {
            kind: 2 for kind in LESSON if "beam" not in kind and "trans" not in kind
        }


async def test_who_looks_for_the_first_time_is_not_told_of_the_past(sqlite_url: str) -> None:
    async with reporting(sqlite_url, {"HMS_BOT_POLL": "off"}) as reported:
        reported.room.leave(reported.room.join("Gus"))
        reported.chat.clock.now += timedelta(hours=1)
        reported.room.join("Ivy")
        bot = reported.chat.bot
        await follow(bot.db, bot.timers, reported.chat.clock.now, timedelta(seconds=30), reported=False)
        await reported.passes("1m")

        assert await kinds(reported) == {"session.open.success": 1, "peer.join.success": 1}


async def test_while_100ms_refuses_nobody_is_bothered_and_nothing_is_lost(sqlite_url: str) -> None:
    async with reporting(sqlite_url, LOOKED_AT) as reported:
        await reported.passes("1m")
        reported.room.join("Gus")
        reported.chat.world.fault("/recordings", status=403, times=2)
        await reported.passes("1m")
        assert await kinds(reported) == {}
        await reported.passes("30s")

        assert await kinds(reported) == {"session.open.success": 1, "peer.join.success": 1}
        assert "could not" not in reported.chat.reads("ada", "dm").text


async def test_a_look_that_comes_after_the_next_one_is_left_to_it(sqlite_url: str) -> None:
    async with reporting(sqlite_url, LOOKED_AT) as reported:
        await reported.passes("1m")
        await reported.chat.bot.work.drain(1)
        reported.chat.clock.now += timedelta(seconds=30)
        await reported.chat.bot.timers.wake()  # it is taken, and lies
        before = asked(reported)
        await reported.chat.stops()
        reported.chat.clock.now += timedelta(seconds=45)
        await reported.chat.starts()
        await reported.chat.passes("1s")

        assert asked(reported) == before + len(("sessions", "sessions", "recordings", "assets"))


async def test_who_looks_no_more_after_a_start_is_not_woken_for_it(sqlite_url: str) -> None:
    async with opened(sqlite_url, besides=LOOKED_AT) as chat, chat.bot.db.read() as tx:
        assert len(await chat.bot.timers.pending(tx, kind=Look.kind())) == 1
    async with opened(sqlite_url) as chat, chat.bot.db.read() as tx:
        assert await chat.bot.timers.pending(tx, kind=Look.kind()) == []
