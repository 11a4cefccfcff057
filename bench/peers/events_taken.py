"""The bot's own webhook route with less behind it: one INSERT and commit per request, or no database.

Run as ``python -m bench.peers.events_taken <database url, or "none"> <port>``.
"""

import sys

from aiohttp import web
from pydantic import SecretStr

from bot.clock import system
from bot.store import Database
from bot.web.metrics import Metrics
from bot.web.server import Web
from bot.web.webhooks import Webhooks
from bot.work.arrivals import Arrival
from bot.work.inbox import inbox

HEADER, SECRET = "X-HMS-Webhook-Secret", "bench-webhook-secret"


async def nothing(_: Arrival) -> None:
    """Take it as if it were on disk."""


class Each:
    """Writes each event by itself."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def opens(self, _: web.Application) -> None:
        self._db = await Database.open(self._url)

    async def take(self, arrival: Arrival) -> None:
        async with self._db.write() as tx:
            await tx.execute(inbox.insert().values(row(arrival)))


def row(arrival: Arrival) -> dict[str, object]:
    """What the bot keeps of an event."""
    return {
        "id": arrival.id,
        "type": arrival.type,
        "session_id": str(arrival.data["session_id"]),
        "source": arrival.source,
        "late": False,
        "fact": arrival.fact,
        "data": dict(arrival.data),
        "at": arrival.at,
        "received_at": system(),
    }


def main(url: str, port: int) -> None:
    each = Each(url)
    route = Webhooks(SecretStr(SECRET), HEADER, nothing if url == "none" else each.take).handle
    app = Web(Metrics(), hms=route).application()
    if url != "none":
        app.on_startup.append(each.opens)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
