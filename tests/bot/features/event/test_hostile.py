"""Events that nobody should send, through every reaction: the next one is heard all the same."""

import random
from collections import Counter

import httpx
import sqlalchemy as sa

from bot.work.inbox import inbox
from tests.bot.features.event.reporting import HEADER, REPORTED, SECRET, reporting
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
