"""Carries webhooks to whoever receives them, over HTTP."""

import asyncio

import httpx

from sandbox.hms import choices
from sandbox.hms.events.delivery import Delivery
from sandbox.hms.state.world import World


class Courier:
    """Sends what is due in the order it happened, and lets nobody wait for a receiver that hangs.

    The clock is the emulated one: who advances it by 14 seconds and then lets the courier deliver sees all
    four attempts.
    """

    def __init__(self, world: World, client: httpx.AsyncClient) -> None:
        self._world = world
        self._client = client

    async def keep_delivering(self) -> None:
        """Deliver whenever something becomes due, for ever."""
        news = self._world.subscribe()
        try:
            async with asyncio.TaskGroup() as under_way:
                while True:
                    await self._send_due(under_way)
                    await news.get()
        finally:
            self._world.unsubscribe(news)

    async def deliver(self) -> None:
        """Send everything that is due now, and see what becomes of it."""
        more = True
        while more:
            async with asyncio.TaskGroup() as under_way:
                more = await self._send_due(under_way)

    async def _send_due(self, under_way: asyncio.TaskGroup) -> bool:
        """Start what is due, one after the other; tells whether there was anything."""
        found = False
        while delivery := self._world.webhooks.next_due():
            found = True
            sending = under_way.create_task(self._send(delivery))
            await asyncio.wait({sending}, timeout=choices.IN_ORDER.total_seconds())
        return found

    async def _send(self, delivery: Delivery) -> None:
        webhooks, endpoint = self._world.webhooks, delivery.endpoint
        try:
            answer = await self._client.post(
                endpoint.url,
                json=delivery.body(),
                headers=dict(endpoint.headers),
                timeout=choices.DELIVERY_TIMEOUT.total_seconds(),
                follow_redirects=False,
            )
        except httpx.TimeoutException:
            webhooks.answered(delivery, error=choices.TIMED_OUT)
        except (httpx.HTTPError, httpx.InvalidURL):
            webhooks.answered(delivery, error=choices.UNREACHABLE)
        else:
            webhooks.answered(delivery, status=answer.status_code)
