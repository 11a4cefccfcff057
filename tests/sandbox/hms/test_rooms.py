import re

import pytest

from sandbox.hms.api_error import ApiError


def test_a_room_made_from_nothing_has_a_generated_name_and_the_default_template(api, world):
    made = api.post("/rooms")
    assert re.fullmatch(r"[0-9a-f-]{36}", made["name"])
    assert made["template"] == "classroom"
    assert made["template_id"] == next(iter(world.templates))
    assert (made["enabled"], made["region"], made["large_room"]) == (True, "auto", False)
    assert made["updated_at"] == "0001-01-01T00:00:00Z"
    assert made["recording_source_template"] is True
    assert world.room(made["id"]).name == made["name"]


def test_what_is_zero_or_unset_is_left_out(api):
    made = api.post("/rooms", name="standup")
    assert not {"size", "max_duration_seconds", "polls", "webhook", "key"} & set(made)


def test_a_known_name_changes_and_returns_that_room(api, world):
    made = api.post("/rooms", name="standup", description="daily", size=20)
    again = api.post("/rooms", name="STANDUP", size=30)
    assert (again["id"], again["name"], again["description"], again["size"]) == (
        made["id"],
        "standup",
        "daily",
        30,
    )
    assert len(world.rooms) == 1


def test_a_known_name_with_another_template_moves_the_room_to_it(api, world):
    lecture = world.add_template("lecture", {})
    made = api.post("/rooms", name="standup")
    assert api.post("/rooms", name="standup", template_id=lecture.id)["template"] == "lecture"
    assert world.room(made["id"]).template is lecture


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"template": "classroom"}, "Invalid body param: template. Use template_id"),
        ({"template_id": "0" * 24}, "Error: template not found"),
        ({"region": "mars"}, "Error: region not supported"),
        ({"name": "two words"}, "Invalid body param: name has characters that are not allowed"),
        ({"max_duration_seconds": 119}, "Invalid body param: max_duration_seconds less than 120 seconds"),
        (
            {"max_duration_seconds": 43201},
            "Invalid body param: max_duration_seconds greater than 43200 seconds",
        ),
        ({"size": 20001, "large_room": True}, "Invalid body param: room size greater than 20000"),
        ({"size": 2501}, "Invalid body param: room size greater than 2500, set large_room flag as true"),
        ({"size": -1}, "Invalid body param: room size less than 0"),
        ({"recording_info": {"upload_info": {"type": "s3"}}}, "Bucket location is missing"),
        (
            {"recording_info": {"upload_info": {"type": "ftp", "location": "b"}}},
            "Invalid upload configuration",
        ),
        ({"recording_info": {"upload_info": "s3"}}, "Invalid upload configuration"),
    ],
)
def test_what_the_reference_refuses_is_refused_and_nothing_is_made(api, world, body, text):
    refused = api.post("/rooms", 400, **body)
    assert refused["code"] == 400
    assert refused["details"] == [text]
    assert world.rooms == {}


def test_a_room_is_found_by_its_id_only(api, world):
    room = world.add_room("standup")
    assert api.get(f"/rooms/{room.id}")["name"] == "standup"
    assert api.get("/rooms/standup", 404) == {"code": 404, "message": "room not found"}


def test_an_update_changes_what_was_sent(api, world, clock):
    room = world.add_room("standup", description="daily", size=20)
    changed = api.post(f"/rooms/{room.id}", name="retro", max_duration_seconds=3600, polls=["p1"])
    assert (changed["name"], changed["description"], changed["size"]) == ("retro", "daily", 20)
    assert (changed["max_duration_seconds"], changed["polls"]) == (3600, ["p1"])
    assert room.updated_at == clock()


def test_an_update_may_not_take_another_rooms_name(api, world):
    world.add_room("standup")
    retro = world.add_room("retro")
    assert api.post(f"/rooms/{retro.id}", 400, name="Standup")["message"] == "Invalid body param"
    assert retro.name == "retro"
    assert api.post(f"/rooms/{retro.id}", name="Retro")["name"] == "Retro"


def test_a_size_is_judged_by_what_the_room_is(api, world):
    room = world.add_room("webinar", large_room=True)
    assert api.post(f"/rooms/{room.id}", size=5000)["size"] == 5000
    api.post(f"/rooms/{room.id}", 400, large_room=False)
    assert room.large_room


def test_updating_an_unknown_room_is_not_found(api):
    assert api.post("/rooms/" + "0" * 24, 404, description="x")["message"] == "room not found"


def test_recording_info_is_replaced_whole_and_echoed_but_masked_where_calls_are_shown(api, world):
    room = world.add_room("standup")
    upload = {"type": "s3", "location": "bkt", "credentials": {"key": "AK", "secret": "SK"}}
    changed = api.post(f"/rooms/{room.id}", recording_info={"enabled": True, "upload_info": upload})
    assert changed["recording_info"]["upload_info"]["credentials"] == {"key": "AK", "secret": "SK"}
    assert "recording_source_template" not in changed
    assert "SK" not in repr(room)


def test_disabling_keeps_who_is_in_and_refuses_who_comes(api, world):
    room = world.add_room("standup", live=True)
    assert api.post(f"/rooms/{room.id}", enabled=False)["enabled"] is False
    assert len(room.peers) == 1
    assert api.post(f"/rooms/{room.id}", enabled=True)["enabled"] is True
    assert [call.status for call in world.calls_of("rooms.set_enabled")] == [200, 200]
    assert world.calls_of("rooms.update") == []


def test_enabled_with_anything_else_is_an_update(api, world):
    room = world.add_room("standup")
    api.post(f"/rooms/{room.id}", enabled=False, description="closed")
    assert len(world.calls_of("rooms.update")) == 1
    assert not room.enabled


def test_enabled_must_be_a_boolean(api, world):
    room = world.add_room("standup")
    assert api.post(f"/rooms/{room.id}", 400, enabled="no")["message"] == "Invalid body param"
    assert room.enabled


def test_filters_of_the_list_combine(api, world):
    early = world.add_room("early")
    world.advance(3600)
    closed = world.add_room("closed", enabled=False)
    late = world.add_room("late")

    def names(**query):
        return [room["name"] for room in api.get("/rooms", **query)["data"] or []]

    assert names() == ["late", "closed", "early"]
    assert names(enabled="false") == ["closed"]
    assert names(name="LATE") == ["late"]
    assert names(after="2026-03-02T10:00:00.000Z") == ["late", "closed"]
    assert names(before="2026-03-02T09:00:00.000Z", enabled="true") == ["early"]
    assert names(template_id=late.template.id) == ["late", "closed", "early"]
    assert names(template_id="0" * 24) == []
    assert api.get("/rooms")["data"][0]["key"].endswith(":late")
    assert closed.id < late.id
    assert early.enabled


def test_query_values_need_not_be_escaped(api, world):
    world.add_room("standup")
    for after in ("2026-03-02T09:00:00.000Z", "2026-03-02T10:00:00+01:00"):
        assert api.send("GET", f"/rooms?after={after}").json()["data"][0]["name"] == "standup"


def test_no_two_rooms_have_one_name(world):
    room = world.add_room("standup")
    with pytest.raises(ApiError, match="Invalid body param"):
        world.add_room("Standup")
    world.rename(room, "retro")
    assert world.add_room("standup") is not room
    assert world.room_named("RETRO") is room
