"""A lesson at 100ms that is reported to the bot over HTTP, looked at by it, or both."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx
import sqlalchemy as sa
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.command.reaction import Event, Reaction, ReactionContext, Reactions
from bot.hms import Transcription
from bot.web.metrics import Metrics
from bot.web.server import Web
from bot.web.webhooks import Webhooks
from bot.work.arrivals import Arrival
from bot.work.inbox import Inbox, inbox
from sandbox.hms.courier import Courier
from sandbox.hms.events.delivery import Endpoint
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, opened

SECRET = "a-secret-of-the-webhook"
HEADER = "X-HMS-Webhook-Secret"
REPORTED = {"HMS_WEBHOOK_SECRET": SECRET}
LOOKED_AT = {"HMS_BOT_POLL": "30s"}
ONCE: list[str] = []


class Heard(Reaction):
    """Note of what a reaction hears; each time, so that twice is seen."""

    on = Event("session.open.success")

    room_id: str

    async def react(self, ctx: ReactionContext) -> None:
        """Note it."""
        ONCE.append(ctx.occurrence.key)


def hearing(kind: str) -> type[Heard]:
    """The same for another kind of event."""
    return type(
        f"Heard{kind.title().replace('.', '')}", (Heard,), {"on": Event(kind), "__module__": __name__}
    )


KINDS = (
    "session.close.success",
    "peer.join.success",
    "peer.leave.success",
    "beam.started.success",
    "beam.stopped.success",
    "beam.recording.success",
    "transcription.success",
)
KNOWN = Reactions("bot.features", besides=[Heard, *map(hearing, KINDS)])


class Reported:
    """The bot, and the courier that brings it what happens."""

    def __init__(self, chat: Chat, courier: Courier) -> None:
        self.chat = chat
        self.courier = courier
        self.room: Room = chat.world.add_room("standup")
        ONCE.clear()

    @property
    def inbox(self) -> Inbox:
        return self.chat.bot.dispatcher.books[Inbox]

    async def take(self, arrival: Arrival) -> None:
        """Hear one: the bot of now, since one that was started again has another inbox."""
        if not self.chat.is_up:
            raise ConnectionRefusedError
        await self.inbox.take(arrival)

    async def passes(self, span: str) -> None:
        """Time goes by in steps of half a minute, and what is due by then is brought."""
        left = self.chat.span(span)
        step = self.chat.span("30s")
        while left:
            await self.chat.passes("30s" if left >= step else f"{int(left.total_seconds())}s")
            left -= min(step, left)
            await self.courier.deliver()
            await self.chat.bot.idle()

    async def lesson(self) -> None:
        """Two come, one goes, it is recorded and written down, and it ends."""
        gus, ivy = self.room.join("Gus"), self.room.join("Ivy")
        await self.passes("1m")
        written = Transcription(enabled=True, output_modes=("txt",))
        address = SecretStr("https://school.app.100ms.live/meeting/abc-def-ghi")
        await self.chat.bot.hms.recordings.start_for_room(
            self.room.id, meeting_url=address, transcription=written
        )
        await self.passes("5m")
        self.room.leave(ivy)
        await self.passes("1m")
        await self.chat.bot.hms.recordings.stop_for_room(self.room.id)
        await self.passes("1m")
        self.room.leave(gus)
        await self.passes("20m")

    async def heard(self) -> list[str]:
        """What the reactions were told, in the words of facts; each as often as they were told."""
        await self.chat.bot.idle()
        return sorted(ONCE)

    async def sources(self) -> Mapping[str, int]:
        """How many events came which way."""
        counted = sa.select(inbox.c.source, sa.func.count()).group_by(inbox.c.source)
        async with self.chat.bot.db.read() as tx:
            return {row[0]: row[1] for row in await tx.execute(counted)}


@asynccontextmanager
async def reporting(database_url: str, besides: Mapping[str, str]) -> AsyncIterator[Reported]:
    """A bot that hears of 100ms the way its environment says."""
    async with opened(database_url, known=KNOWN, besides=besides) as chat, httpx.AsyncClient() as client:
        reported = Reported(chat, Courier(chat.world, client))
        if "HMS_WEBHOOK_SECRET" not in besides:
            yield reported
            return
        async with listening(reported):
            yield reported


@asynccontextmanager
async def listening(reported: Reported) -> AsyncIterator[None]:
    """100ms knows an address for what happens."""
    route = Webhooks(SecretStr(SECRET), HEADER, reported.take).handle
    server = TestServer(Web(Metrics(), hms=route).application())
    await server.start_server()
    address = str(server.make_url("/hms/webhooks"))
    reported.chat.world.webhooks.go_to(Endpoint(url=address, headers={HEADER: SECRET}))
    try:
        yield
    finally:
        await server.close()
