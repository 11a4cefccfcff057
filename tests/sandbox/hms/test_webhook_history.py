import pytest


@pytest.fixture
def room(world):
    return world.add_room("standup")


@pytest.fixture
async def past(world, room, receiver):
    """Two events that arrived and two that did not."""
    gus = room.join("Gus")
    await receiver.gets()
    receiver.answers = [500] * 8
    room.leave(gus)
    await receiver.gets(after=60)
    return gus


def history(api, **query):
    return api.get("/analytics/webhooks", **query)


def names(page):
    return [event["payload"]["original_event_name"] for event in page["events"]]


async def replay(api, **body):
    return api.post("/analytics/webhooks/replay", **body)


async def test_what_became_of_each_is_told_newest_first(api, room, past):
    page = history(api)
    kinds = ["session.close", "peer.leave", "peer.join", "session.open"]
    assert names(page) == [f"{kind}.success" for kind in kinds]
    failed, _, arrived, _ = page["events"]
    assert failed["event_name"] == "reporter.webhook.delivery.failed"
    assert failed["payload"]["error_reason"] == "status 500"
    assert failed["payload"]["webhook_url"] == "https://bot.example/hook"
    assert arrived["event_name"] == "reporter.webhook.delivery.success"
    assert "error_reason" not in arrived["payload"]
    assert arrived["payload"]["event_data"] == {
        "session_id": room.sessions[0].id, "peer_id": past.id, "user_id": "user-gus",
    }  # fmt: skip


async def test_what_is_still_being_tried_is_not_told(api, room, receiver):
    receiver.answers = [500]
    room.join("Gus")
    await receiver.gets()
    assert names(history(api)) == ["peer.join.success"]


async def test_pages_are_counted(api, past):
    page = history(api, limit=3, page=2)
    assert len(page["events"]) == 1
    assert page["pagination"] == {
        "current_page": 2, "page_size": 3, "total_pages": 2, "total_items": 4, "has_next": False,
        "has_prev": True,
    }  # fmt: skip
    assert page["summary"] == {"total_events": 4}
    assert history(api)["pagination"]["page_size"] == 50


async def test_filters_combine(api, world, room, past):
    assert len(history(api, status="failed")["events"]) == 2
    assert names(history(api, status="success", event_names="peer.join.success")) == ["peer.join.success"]
    both = history(api, event_names=["peer.join.success", "peer.leave.success"], room_id=room.id)
    assert len(both["events"]) == 2
    assert history(api, room_id="0" * 24)["events"] == []
    assert history(api, start_time="2026-03-02T09:00:30Z")["events"] == []
    assert (
        len(history(api, end_time="2026-03-02T09:00:30Z", start_time="2026-03-02T08:00:00Z")["events"]) == 4
    )


async def test_without_a_start_a_day_is_shown(api, world, past):
    world.advance(86400)
    assert history(api)["events"] == []
    assert len(history(api, start_time="2026-03-02T09:00:00Z")["events"]) == 4


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"start_time": "2026-01-20T00:00:00Z"}, "start_time must be within the last 30 days"),
        ({"start_time": "2026-02-10T00:00:00Z"}, "end_time must be within 14 days after start_time"),
        (
            {"start_time": "2026-03-02T08:00:00Z", "end_time": "2026-03-01T08:00:00Z"},
            "end_time must be within 14 days after start_time",
        ),
        ({"status": "odd"}, "Invalid query param"),
        ({"event_names": "peer.smell.success"}, "Invalid query param"),
        ({"limit": 101}, "Invalid query param"),
        ({"page": 0}, "Invalid query param"),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(api, past, query, text):
    assert api.get("/analytics/webhooks", 400, **query)["message"] == text


async def test_who_asks_too_often_is_told_when_to_ask_again(api, world):
    for _ in range(60):
        history(api)
    world.advance(15)
    answer = api.send("GET", "/analytics/webhooks")
    assert answer.json() == {"code": 429, "message": "rate limit exceeded, retry after 45 seconds"}
    assert "Retry-After" not in answer.headers
    assert api.post("/analytics/webhooks/replay", 429)["code"] == 429
    world.advance(45)
    history(api)


async def test_a_replay_sends_what_failed_once_more(api, world, past, receiver):
    started = await replay(api)
    assert started["status"] == "started"
    assert set(started["filters"]) == {"start_time", "end_time", "room_id", "event_types"}
    heard = await receiver.gets()
    assert [(event["type"], event["is_replay"]) for event in heard] == [("peer.leave.success", True)]
    heard += await receiver.gets(after=0.1)
    assert [event["type"] for event in heard] == ["peer.leave.success", "session.close.success"]
    assert len({event["id"] for event in heard} & {each["event_id"] for each in history(api)["events"]}) == 2


async def test_a_replay_tells_how_far_it_is(api, world, past, receiver):
    workflow = (await replay(api, status="all", limit=3))["workflow_id"]
    at = f"/analytics/webhooks/replay/{workflow}"
    await receiver.gets()
    running = api.get(at)
    assert (running["status"], running["completed_at"]) == ("Running", None)
    assert running["progress"] == {"total": 3, "completed": 1, "failed": 0}
    await receiver.gets(after=1)
    done = api.get(at)
    assert (done["status"], done["result"]["failed_events"]) == ("completed", [])
    assert done["completed_at"] != done["started_at"]
    assert (done["filters"]["limit"], done["filters"]["offset"]) == (3, 0)


async def test_a_replay_that_fails_names_its_events(api, world, past, receiver):
    workflow = (await replay(api))["workflow_id"]
    receiver.answers = [500] * 8
    heard = await receiver.gets(after=60)
    done = api.get(f"/analytics/webhooks/replay/{workflow}")
    assert done["status"] == "completed_with_failures"
    assert done["result"]["failed_events"] == [heard[0]["id"], heard[-1]["id"]]


async def test_an_identical_replay_that_runs_is_the_same_one(api, past, receiver):
    first = await replay(api)
    again = await replay(api)
    assert (again["workflow_id"], again["status"]) == (first["workflow_id"], "already_running")
    assert (await replay(api, status="all"))["workflow_id"] != first["workflow_id"]
    await receiver.gets(after=60)
    assert (await replay(api))["status"] == "started"


async def test_a_replay_takes_a_part_of_what_was(api, past, receiver):
    await replay(api, status="success", event_names=["peer.join.success"])
    assert await receiver.hears(after=1) == ["peer.join.success"]
    await replay(api, status="all", offset=3)
    assert await receiver.hears(after=1) == ["session.close.success"]


async def test_a_replay_of_nothing_is_completed(api, receiver):
    workflow = (await replay(api))["workflow_id"]
    assert api.get(f"/analytics/webhooks/replay/{workflow}")["status"] == "completed"


@pytest.mark.parametrize(
    "body", [{"limit": 50001}, {"offset": -1}, {"status": "odd"}, {"event_names": ["x"]}, {"start_time": "x"}]
)
async def test_a_replay_that_makes_no_sense_is_refused(api, body):
    assert api.post("/analytics/webhooks/replay", 400, **body)["code"] == 400


async def test_an_unknown_replay_is_not_found(api):
    assert api.get("/analytics/webhooks/replay/nothing", 404)["message"] == "workflow not found"
