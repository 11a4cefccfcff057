"""The history of webhooks, what of it is replayed, and how often one may ask."""

from collections import deque
from datetime import datetime
from math import ceil

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.engine import Engine
from sandbox.hms.events.delivery import Delivery
from sandbox.hms.events.replay import Replays
from sandbox.hms.events.webhooks import Webhooks


class History:
    """Every delivery that is over; who asks too often is told when to ask again."""

    def __init__(self, engine: Engine, webhooks: Webhooks) -> None:
        self._engine = engine
        self._webhooks = webhooks
        self._asked: deque[datetime] = deque(maxlen=choices.HISTORY_CALLS)
        self.replays = Replays(engine, webhooks)

    def ask(self) -> list[Delivery]:
        """Read all of it, newest first; 429 after too many calls within a minute."""
        now = self._engine.now()
        if len(self._asked) == choices.HISTORY_CALLS:
            wait = self._asked[0] + choices.HISTORY_WINDOW - now
            if wait.total_seconds() > 0:
                text = f"rate limit exceeded, retry after {ceil(wait.total_seconds())} seconds"
                raise ApiError(429, text)
        self._asked.append(now)
        return [delivery for delivery in reversed(self._webhooks.deliveries) if delivery.is_over]
