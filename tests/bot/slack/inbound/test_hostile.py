"""Payloads that nobody should send: each is acked, none breaks anything, and 100ms is asked for no act."""

import random
from copy import deepcopy

from structlog.testing import capture_logs

from bot.reply import Message, Reply
from bot.request.request import Origin
from bot.slack.drawing.form_views import LAST
from sandbox.slack.delivery import Payload
from tests.bot.slack.inbound.hostile import at, disowned, kind_of, outdated, places, pressed, spoilt, staged
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


async def test_whatever_one_thing_is_missing_nothing_breaks(chat: Chat) -> None:
    await staged(chat)
    chance = random.Random(16)
    kinds = {kind_of(body): body for body in await pressed(chat)}
    lacking = [(body, path) for body in kinds.values() for path in places(body) if "blocks" not in path]

    with capture_logs() as logged:
        for real, path in lacking:
            body = deepcopy(real)
            if not outdated(chance, body):
                disowned(chance, body)
            del at(body, path)[path[-1]]
            assert (await chat.workspace.state.delivery.deliver(Payload("interactive", body))).error is None

    assert len(lacking) > 100
    assert [line for line in logged if line["log_level"] in BROKEN] == []


async def test_a_view_without_a_name_is_shown_to_nobody_and_breaks_nothing(chat: Chat) -> None:
    nowhere = Origin("slack", "1", view=LAST)

    with capture_logs() as logged:
        await chat.bot.dispatcher.voice.answer(nowhere, "U0MO", Message(Reply("Done.")))

    assert [line["log_level"] for line in logged if "view" in line["event"]] == ["warning"]
    assert chat.reads("mo", "dm").text.endswith("Done.")
