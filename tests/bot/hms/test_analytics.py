from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.hms import Invalid, NotFound, TooManyRequests
from sandbox.hms.events.delivery import Endpoint

HOOK = Endpoint(url="http://127.0.0.1:9/hook")  # nobody listens there


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


@pytest.fixture
async def receiver():
    """Somebody who takes every webhook."""

    async def take(_: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", take)
    async with TestServer(app) as server:
        yield Endpoint(url=str(server.make_url("/hook")))


@pytest.fixture
def delivered(world):
    """Answers what webhooks are due as a receiver would, over all their attempts."""

    def answer(status: int) -> None:
        for _ in range(4):
            while delivery := world.webhooks.next_due():
                world.webhooks.answered(delivery, status=status)
            world.advance(20)

    return answer


async def test_what_happened_in_a_room_is_told(hms, room) -> None:
    gus = room.join("Gus", user_id="gus-17")
    room.mute(gus, "audio", mute=True)

    page = await hms.analytics.list_events(room.id, peer_id=gus.id)
    assert page.limit == page.total == len(page.events)
    assert page.following is None
    assert {event.type for event in page.events} >= {"track.add.success", "track.update.success"}
    assert {event.data.user_id for event in page.events} == {"gus-17"}


async def test_each_event_is_found_once_however_many_pages_there_are(hms, room) -> None:
    for number in range(120):
        room.join(f"Guest {number}")
    whole = [event.id async for event in hms.analytics.each_event(room.id)]
    first = await hms.analytics.list_events(room.id, limit=100)
    assert len(whole) == first.total > 100
    assert len({*whole}) == len(whole)
    assert whole[:100] == [event.id for event in first.events]


async def test_a_kind_of_event_is_asked_for_by_name(hms, world, room) -> None:
    recording = await hms.recordings.start_for_room(room.id)
    world.advance(60)
    await hms.recordings.stop(recording.id)
    world.advance(5)

    [done] = [event async for event in hms.analytics.each_recording_event(room.id)]
    assert (done.type, done.data.recording_path[:5]) == ("beam.recording.success", "s3://")
    assert {event.type async for event in hms.analytics.each_track_event(room.id)} == {"track.add.success"}
    assert [event async for event in hms.analytics.each_error_event(room.id)] == []
    assert "type=track.add.success&type=" in world.calls_of("analytics.list_events")[-2].query


async def test_events_of_a_cursor_that_is_none_are_invalid(hms, room) -> None:
    with pytest.raises(Invalid):
        await hms.analytics.list_events(room.id, start="nonsense")


async def test_webhooks_that_failed_are_found_and_sent_again(hms, world, room, receiver, delivered) -> None:
    world.webhooks.go_to(receiver)
    room.join("Gus")
    delivered(500)

    [failed] = (await hms.analytics.list_webhook_events(status="failed")).events
    assert failed.payload.original_event_name == "peer.join.success"
    assert (failed.payload.webhook_url, failed.payload.error_reason) == (receiver.url, "status 500")

    started = await hms.analytics.replay_webhooks(room_id=room.id)
    assert (started.status, started.is_running) == ("started", True)
    world.advance(1)
    while (replay := await hms.analytics.get_webhook_replay(started.workflow_id)).is_running:
        pass  # the sandbox delivers between two questions
    assert replay.status == "completed"
    assert (replay.result.total, replay.result.completed, replay.result.failed_events) == (1, 1, ())
    assert replay.filters.room_id == room.id


async def test_the_same_replay_is_not_started_twice(hms, world, room, delivered) -> None:
    world.webhooks.go_to(HOOK)
    room.join("Gus")
    delivered(500)
    which = {"start_time": world.now() - timedelta(hours=1), "end_time": world.now()}
    first = await hms.analytics.replay_webhooks(**which)
    again = await hms.analytics.replay_webhooks(**which)
    assert (again.status, again.workflow_id) == ("already_running", first.workflow_id)


async def test_each_delivery_is_found_once_however_many_pages_there_are(hms, world, room, delivered) -> None:
    world.webhooks.go_to(HOOK)
    for number in range(120):
        room.join(f"Guest {number}")
    delivered(200)
    first = await hms.analytics.list_webhook_events(limit=100)
    assert (first.following, first.summary.total_events) == (2, 120)
    found = [
        each.event_id async for each in hms.analytics.each_webhook_event(event_names=["peer.join.success"])
    ]
    assert len({*found}) == len(found) == 120


async def test_times_out_of_bounds_are_invalid(hms, world) -> None:
    long_ago = world.now() - timedelta(days=31)
    with pytest.raises(Invalid, match="within the last 30 days"):
        await hms.analytics.list_webhook_events(start_time=long_ago)
    with pytest.raises(Invalid, match="within the last 30 days"):
        await hms.analytics.replay_webhooks(start_time=long_ago, end_time=world.now())


async def test_whoever_asks_for_deliveries_too_often_is_told_to_wait(hms, world) -> None:
    world.fault(
        "/analytics/webhooks", status=429, body={"message": "rate limit exceeded, retry after 45 seconds"}
    )
    with pytest.raises(TooManyRequests) as caught:
        await hms.analytics.list_webhook_events()
    assert caught.value.retry_after == 45


async def test_an_unknown_replay_is_not_found(hms) -> None:
    with pytest.raises(NotFound, match="workflow not found"):
        await hms.analytics.get_webhook_replay("webhook-replay-x")


async def test_how_well_somebody_was_heard_is_told_when_the_session_is_over(hms, world, room) -> None:
    gus, session = room.join("Gus"), room.session
    world.advance(60)
    with pytest.raises(Invalid):
        await hms.analytics.peer_stats(gus.id, session_id=session.id)

    room.end()
    stats = await hms.analytics.peer_stats(gus.id, session_id=session.id)
    assert (stats.peer_id, stats.session_id, stats.room_id) == (gus.id, session.id, room.id)
    [audio] = stats.publisher.audio
    assert len(audio.time_series.timestamps) == len(audio.time_series.jitter_ms) > 0
    with pytest.raises(NotFound):
        await hms.analytics.peer_stats("nobody", session_id=session.id)
