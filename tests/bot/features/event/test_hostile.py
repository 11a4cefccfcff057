"""Events that nobody should send, through every reaction: the next one is heard all the same."""

import json
import random
from collections import Counter

import httpx
import pytest
import sqlalchemy as sa

from bot.work.inbox import inbox
from sandbox.hms.events.webhooks import Weather
from tests.bot.features.event.reporting import HEADER, LOOKED_AT, REPORTED, SECRET, reporting
from tests.bot.web.test_webhooks import hostile


async def test_none_stops_the_reactions(sqlite_url: str) -> None:
    chance = random.Random(7)
    async with reporting(sqlite_url, REPORTED) as reported, httpx.AsyncClient() as stranger:
        url = reported.chat.world.webhooks.workspace.url
        answers: Counter[int] = Counter()
        for _ in range(300):
            sent = await stranger.post(url, content=hostile(chance), headers={HEADER: SECRET})
            answers[sent.status_code] += 1
        await reported.chat.bot.idle()
        reported.room.join("Gus")
        await reported.passes("1m")

        assert set(answers) == {200, 400}
        async with reported.chat.bot.db.read() as tx:
            assert (await tx.scalar(sa.select(sa.func.count()).select_from(inbox)) or 0) > 10
        assert f"peer.join.success:{reported.room.session.id}" in "\n".join(await reported.heard())


@pytest.mark.parametrize("session", ["", ".", ".."])
async def test_a_session_that_nothing_can_be_called_stops_no_look(sqlite_url: str, session: str) -> None:
    data = {"room_id": "r", "session_id": session, "session_started_at": "2026-03-02T09:00:00Z"}
    event = {"id": "1", "type": "session.open.success", "timestamp": "2026-03-02T09:00:00Z", "data": data}
    async with reporting(sqlite_url, REPORTED | LOOKED_AT) as reported, httpx.AsyncClient() as stranger:
        url = reported.chat.world.webhooks.workspace.url
        reported.chat.world.webhooks.set_weather(Weather(loss=1))  # what is heard is found by looking
        await stranger.post(url, content=json.dumps(event), headers={HEADER: SECRET})
        reported.room.join("Gus")
        await reported.passes("2m")

        assert f"peer.join.success:{reported.room.session.id}" in "\n".join(await reported.heard())
