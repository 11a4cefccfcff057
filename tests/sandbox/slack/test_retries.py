"""What is sent again, and what is sent once."""

import asyncio

import pytest

from sandbox.slack.delivery import Ack, Payload
from sandbox.slack.retries import Retries


async def sent(kind: str, *acks: Ack) -> list[tuple[int, str]]:
    """Deliver one payload, answered by these in turn, and list its attempts."""
    attempts: list[tuple[int, str]] = []
    answers = iter(acks)

    async def attempt(number: int, reason: str) -> Ack:
        attempts.append((number, reason))
        return next(answers, Ack())

    retries = Retries((0.0, 0.0, 0.0))
    await retries.deliver(Payload(kind, {}), attempt)
    await asyncio.gather(*retries._tasks)
    return attempts


LOST, FAILED = Ack(error="operation_timeout"), Ack(error="dispatch_failed")


async def test_an_event_is_sent_until_it_is_acknowledged() -> None:
    assert await sent("events_api", LOST, FAILED) == [(0, ""), (1, "timeout"), (2, "http_error")]


async def test_an_event_is_sent_four_times_at_most() -> None:
    assert len(await sent("events_api", *[LOST] * 9)) == 4


@pytest.mark.parametrize("kind", ["slash_commands", "interactive"])
async def test_commands_and_clicks_are_sent_once(kind) -> None:
    assert await sent(kind, LOST) == [(0, "")]


async def test_an_event_is_sent_once_where_the_app_asks_for_that() -> None:
    assert await sent("events_api", Ack(error="dispatch_failed", again=False)) == [(0, "")]


async def test_an_app_may_end_the_repeats_of_an_event() -> None:
    enough = Ack(error="dispatch_failed", again=False)

    assert await sent("events_api", LOST, enough) == [(0, ""), (1, "timeout")]
