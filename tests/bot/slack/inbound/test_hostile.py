"""Payloads that nobody should send: each is acked, none breaks anything, and 100ms is asked for no act."""

import random

from structlog.testing import capture_logs

from sandbox.slack.delivery import Payload
from tests.bot.slack.inbound.hostile import pressed, spoilt, staged
from tests.chat import Chat

BROKEN = {"error", "critical"}


async def test_2000_hostile_payloads_are_acked_and_nothing_is_done(chat: Chat) -> None:
    room = await staged(chat)
    chance, real, before = random.Random(15), await pressed(chat), len(chat.world.calls)
    deliver = chat.workspace.state.delivery.deliver

    with capture_logs() as logged:
        acks = [await deliver(Payload("interactive", spoilt(chance, real))) for _ in range(2000)]
        await chat.passes("1m")  # a Home is drawn so often a minute

    assert {ack.error for ack in acks} == {None}
    assert [line for line in logged if line["log_level"] in BROKEN] == []
    assert [call for call in chat.world.calls[before:] if call.method != "GET"] == []

    await chat.clicks("max", "Remove “Gus”", chat.reads("max"))  # what was real is there to be pressed
    assert "Gus" not in [peer.name for peer in room.peers]
