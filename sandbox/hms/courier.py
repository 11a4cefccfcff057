"""Carries webhooks to whoever receives them, over HTTP."""

import httpx

from sandbox.hms import choices
from sandbox.hms.delivery import Delivery
from sandbox.hms.world import World


class Courier:
    """Sends what is due, one after the other, so that what happened first arrives first.

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
            while True:
                await self.deliver()
                await news.get()
        finally:
            self._world.unsubscribe(news)

    async def deliver(self) -> None:
        """Send everything that is due now."""
        while delivery := self._world.webhooks.next_due():
            await self._send(delivery)

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
