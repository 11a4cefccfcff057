import pytest

V1 = "https://prod-in2.100ms.live/api/v2/rooms"


def test_a_room_is_made_with_active_for_enabled(api, world):
    made = api.post(V1, name="standup", description="daily", template="classroom")
    assert (made["name"], made["description"], made["active"]) == ("standup", "daily", True)
    assert {"user", "customer", "recording_info", "created_at", "updated_at"} <= set(made)
    assert not {"template_id", "enabled"} & set(made)
    assert world.room(made["id"]).template.name == "classroom"
    assert len(world.calls_of("legacy_v1.create_room")) == 1


def test_a_known_name_returns_that_room_as_it_is(api):
    made = api.post(V1, name="standup", description="daily")
    again = api.post(V1, name="STANDUP", description="weekly")
    assert (again["id"], again["description"]) == (made["id"], "daily")


def test_a_room_is_disabled_by_its_name(api, world):
    room = world.add_room("standup", live=True)
    assert api.post(V1, name="standup", active=False)["active"] is False
    assert (room.enabled, len(room.peers)) == (False, 1)
    assert len(world.calls_of("legacy_v1.disable_room")) == 1
    assert api.post(V1, 404, name="retro", active=False)["message"] == "room not found"


def test_recordings_go_to_s3_in_india_when_nobody_says_where(api):
    made = api.post(V1, recording_info={"enabled": True, "upload_info": {"type": "s3", "location": "bkt"}})
    assert made["recording_info"]["upload_info"]["options"] == {"region": "ap-south-1"}


@pytest.mark.parametrize(
    "body",
    [
        {"template": "nothing"},
        {"name": "two words"},
        {"region": "mars"},
        {"recording_info": {"upload_info": {"type": "gs", "location": "bkt"}}},
        {"recording_info": {"upload_info": {"type": "s3"}}},
    ],
)
def test_what_makes_no_sense_is_refused(api, world, body):
    assert api.post(V1, 400, **body)["code"] == 400
    assert world.rooms == {}


def test_it_wants_the_same_token(api):
    assert api.client.post(V1, json={}).status_code == 401


def test_it_answers_below_its_own_folder_too(api):
    assert api.post("https://emulator.example/legacy/api/v2/rooms", name="standup")["name"] == "standup"
