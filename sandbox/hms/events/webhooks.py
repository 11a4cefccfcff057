"""Webhooks: which event goes where, when it is tried again, and what goes wrong with it on purpose."""

from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from typing import cast

from sandbox.hms.engine import Engine
from sandbox.hms.events.delivery import Attempt, Delivery, Endpoint
from sandbox.hms.events.journal import Event


@dataclass(frozen=True, kw_only=True)
class Weather:
    """How bad the way to the receiver is; the same seed is the same weather."""

    loss: float = 0  # the share of events that never arrive
    repeat: float = 0  # the share that arrives twice
    reorder_s: float = 0  # each is held back by anything up to this
    seed: int = 0


class Webhooks:
    """Puts events into envelopes; a courier takes them from here whenever one is due."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._workspace: Endpoint | None = None
        self._due: deque[Delivery] = deque()
        self.deliveries: list[Delivery] = []
        self.set_weather(Weather())

    @property
    def workspace(self) -> Endpoint | None:
        """Where the events of every room go that has no webhook of its own."""
        return self._workspace

    def go_to(self, endpoint: Endpoint | None) -> None:
        """Set the workspace's webhook, as the dashboard does."""
        self._workspace = endpoint

    def set_weather(self, weather: Weather) -> None:
        """Say what goes wrong with whatever is sent from now on."""
        self._weather = weather
        self._chance = Random(weather.seed)  # noqa: S311 - no secret: the same seed must give the same run

    def send(self, event: Event) -> None:
        """Send an event to its room's webhook, else to the workspace's, else nowhere."""
        endpoint = _own(event) or self._workspace
        if not endpoint or not event.type.is_webhook:
            return
        weather, chance = self._weather, self._chance
        twice = chance.random() < weather.repeat
        for _ in range(2 if twice else 1):
            delivery = self._new(event, endpoint, timedelta(seconds=chance.uniform(0, weather.reorder_s)))
            if chance.random() < weather.loss:
                delivery.lose(self._engine.now())
            else:
                self._put(delivery)

    def send_again(self, delivery: Delivery) -> Delivery:
        """Replay what was delivered, or was not; on a clear day."""
        again = self._new(delivery.event, delivery.endpoint, timedelta(), is_replay=True)
        self._put(again)
        return again

    def next_due(self) -> Delivery | None:
        """Take what is to be sent now, in the order it became due."""
        self._engine.tick()
        return self._due.popleft() if self._due else None

    def answered(self, delivery: Delivery, *, status: int | None = None, error: str = "") -> None:
        """Note what became of an attempt; an unsuccessful one is repeated when its time comes."""
        delivery.take_down(Attempt(at=delivery.due, status=status, error=error))
        if not delivery.is_over:
            self._put(delivery)
        self._engine.changed()

    def _new(
        self, event: Event, endpoint: Endpoint, delay: timedelta, *, is_replay: bool = False
    ) -> Delivery:
        delivery = Delivery(
            id=self._engine.uuid(),
            event=event,
            endpoint=endpoint,
            due=self._engine.now() + delay,
            is_replay=is_replay,
        )
        self.deliveries.append(delivery)
        return delivery

    def _put(self, delivery: Delivery) -> None:
        self._engine.at(delivery.due, partial(self._post, delivery))
        self._engine.changed()

    def _post(self, delivery: Delivery) -> None:
        self._due.append(delivery)
        self._engine.changed()


def _own(event: Event) -> Endpoint | None:
    if not event.own_webhook or not event.own_webhook.get("url"):
        return None
    headers = cast("dict[str, str]", event.own_webhook.get("headers") or {})
    return Endpoint(url=str(event.own_webhook["url"]), headers=headers)
