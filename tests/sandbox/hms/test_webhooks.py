"""Delivery (§20.1): where events go, when they are tried again, and what counts as arrived."""

import asyncio
import json

import httpx
import pytest

from sandbox.hms.courier import Courier
from sandbox.hms.events.delivery import Endpoint, State
from sandbox.hms.events.webhooks import Weather
from tests.patience import PATIENCE


@pytest.fixture
def room(world):
    return world.add_room("standup")


def times(world) -> list[float]:
    """When the first event was tried, in seconds after it happened."""
    first = world.webhooks.deliveries[0]
    return [(attempt.at - first.event.at).total_seconds() for attempt in first.attempts]


async def test_an_event_is_posted_as_json_with_the_headers_that_were_configured(room, receiver):
    receiver.listens("https://bot.example/hook", **{"X-Secret": "s3cret"})
    room.join("Gus")
    await receiver.gets()
    request = receiver.requests[0]
    assert (request.method, str(request.url)) == ("POST", "https://bot.example/hook")
    assert request.headers["X-Secret"] == "s3cret"
    assert request.headers["Content-Type"] == "application/json"
    assert "signature" not in " ".join(request.headers).lower()


async def test_whose_line_was_lost_is_reported_a_minute_later(world, room, receiver):
    room.join("Hana", role="host")
    gus = room.join("Gus")
    room.drop(gus)
    assert "peer.leave.success" not in await receiver.hears(after=59)
    (left,) = await receiver.gets(after=1)
    assert (left["type"], left["data"]["peer_id"]) == ("peer.leave.success", gus.id)
    assert (left["data"]["reason"], left["data"]["duration"]) == ("websocket closed", 60)


async def test_who_comes_back_at_once_is_there_twice_and_the_join_is_reported_first(world, room, receiver):
    room.join("Hana", role="host")
    room.drop(room.join("Gus"))
    room.join("Gus")
    heard = await receiver.gets(after=60)
    told = [event["type"] for event in heard if event["data"].get("user_name") == "Gus"]
    assert told == ["peer.join.success", "peer.join.success", "peer.leave.success"]


async def test_without_a_webhook_nothing_is_sent(world, room, receiver):
    world.webhooks.go_to(None)
    room.join("Gus")
    assert await receiver.gets() == []
    assert world.webhooks.deliveries == []


async def test_a_rooms_webhook_replaces_the_workspaces(api, world, room, receiver):
    own = {"url": "https://room.example/hook", "headers": {"X-Room": "yes"}}
    api.post(f"/rooms/{room.id}", webhook=own)
    room.join("Gus")
    world.add_room("lobby").join("Ivy")
    await receiver.gets()
    went = [(request.url.host, request.headers.get("X-Room")) for request in receiver.requests]
    assert went == [("room.example", "yes")] * 2 + [("bot.example", None)] * 2


async def test_what_happened_first_arrives_first(room, receiver):
    gus, ivy = room.join("Gus"), room.join("Ivy")
    room.leave(gus)
    room.leave(ivy)
    kinds = ["session.open", "peer.join", "peer.join", "peer.leave", "peer.leave", "session.close"]
    assert await receiver.hears() == [f"{kind}.success" for kind in kinds]


async def test_a_receiver_that_hangs_holds_nobody_up(api, world, room):
    api.post(f"/rooms/{room.id}", webhook={"url": "https://hangs.example/hook"})
    freed, heard = asyncio.Event(), asyncio.Queue()

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "hangs.example":
            await freed.wait()
        heard.put_nowait(json.loads(request.content)["data"]["room_name"])
        return httpx.Response(200)

    world.webhooks.go_to(Endpoint(url="https://bot.example/hook"))
    room.join("Gus")
    world.add_room("lobby").join("Ivy")
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client, asyncio.timeout(PATIENCE):
        delivering = asyncio.create_task(Courier(world, client).deliver())
        assert [await heard.get(), await heard.get()] == ["lobby", "lobby"]
        freed.set()
        await delivering
    assert [heard.get_nowait(), heard.get_nowait()] == ["standup", "standup"]
    assert {delivery.state for delivery in world.webhooks.deliveries} == {State.DELIVERED}


@pytest.mark.parametrize("answer", [201, 204, 301, 400, 500])
async def test_nothing_but_200_counts(world, room, receiver, answer):
    receiver.answers = [answer]
    room.join("Gus")
    assert await receiver.hears() == ["session.open.success", "peer.join.success"]
    assert await receiver.hears(after=0.9) == []
    assert await receiver.hears(after=0.1) == ["session.open.success"]
    assert world.webhooks.deliveries[0].state == "delivered"


async def test_it_is_tried_again_after_one_three_and_ten_seconds_and_then_no_more(world, room, receiver):
    receiver.answers = [500, 200, 500, 500, 500]
    room.join("Gus")
    first = (await receiver.gets())[0]
    again = await receiver.gets(after=60)
    assert [event["id"] for event in again] == [first["id"]] * 3
    assert times(world) == [0, 1, 4, 14]
    assert world.webhooks.deliveries[0].state == "failed"
    assert await receiver.gets(after=3600) == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [(httpx.ReadTimeout("slow"), "timeout"), (httpx.ConnectError("nobody"), "connection failed")],
)
async def test_no_answer_counts_as_none(world, room, receiver, error, reason):
    receiver.answers = [error]
    room.join("Gus")
    await receiver.gets()
    assert world.webhooks.deliveries[0].attempts[0].reason == reason
    assert await receiver.hears(after=1) == ["session.open.success"]


async def test_what_cannot_be_an_address_fails_and_holds_nothing_up(world, room, receiver):
    receiver.listens("http://bot.example:port")
    room.join("Gus")
    assert await receiver.gets(after=20) == []
    assert {each.state for each in world.webhooks.deliveries} == {"failed"}


async def test_an_analytics_event_is_not_delivered(world, room, receiver):
    gus = room.join("Gus")
    await receiver.gets()
    room.mute(gus, "audio", mute=True)
    assert await receiver.gets() == []
    assert world.journal.events[-1].type == "track.update.success"


async def test_a_secret_header_shows_nowhere(world, room, receiver):
    receiver.listens(**{"X-Secret": "s3cret"})
    room.join("Gus")
    await receiver.gets()
    (delivery, *_) = world.webhooks.deliveries
    assert "s3cret" not in f"{delivery!r}{delivery.shown()}{world.webhooks.workspace!r}"


# --- what goes wrong on purpose


async def test_what_is_lost_never_arrives_and_counts_as_failed(world, room, receiver):
    world.webhooks.set_weather(Weather(loss=1))
    room.join("Gus")
    assert await receiver.gets(after=60) == []
    assert {each.state for each in world.webhooks.deliveries} == {"lost"}


async def test_what_is_repeated_arrives_twice_with_one_id(world, room, receiver):
    world.webhooks.set_weather(Weather(repeat=1))
    room.join("Gus")
    heard = await receiver.gets()
    assert len(heard) == 4
    assert len({event["id"] for event in heard}) == 2


async def test_what_is_reordered_all_arrives_and_alike_in_every_run(world, room, receiver):
    orders = []
    for _ in range(2):
        world.webhooks.set_weather(Weather(reorder_s=10, seed=3))
        for name in ("Gus", "Ivy", "Max", "Mo"):
            room.join(name)
        room.end()
        orders.append(await receiver.hears(after=10))
    happened = [event.type for event in world.journal.events if event.type.is_webhook]
    assert orders[0] == orders[1]
    assert orders[0] + orders[1] != happened
    assert sorted(orders[0] + orders[1]) == sorted(happened)
