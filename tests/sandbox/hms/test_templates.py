"""Whole templates; their parts are in test_template_parts.py."""

import pytest

BARE = {"roles": {"teacher": {}}, "settings": {}}


def test_the_default_template_has_a_host_and_three_kinds_of_guests(api, world):
    (template,) = api.get("/templates")["data"]
    assert (template["name"], template["default"], template["_id"]) == ("classroom", True, template["id"])
    assert list(template["roles"]) == ["host", "stage", "guest", "muted"]
    assert template["customer"] == template["customerId"]
    assert "createdAt" in template


def test_a_template_is_retrieved(api, world):
    lecture = world.add_template("lecture", {})
    assert api.get(f"/templates/{lecture.id}")["name"] == "lecture"
    assert "default" not in api.get(f"/templates/{lecture.id}")
    assert api.get("/templates/" + "0" * 24, 404)["message"] == "template not found"


def test_a_template_from_nothing_has_a_name_and_roles_of_its_own(api, world):
    made = api.post("/templates")
    assert len(made["name"]) == 36
    assert list(made["roles"]) == ["host", "guest"]
    assert made["settings"] == {
        "region": "auto",
        "recording": None,
        "roomState": {
            "messageInterval": 5,
            "sendPeerList": False,
            "stopRoomStateOnJoin": True,
            "enabled": False,
        },
        "retry": {},
    }
    assert made["destinations"] == {}
    assert "plugins" not in made
    assert world.add_room("standup", template=world.template(made["id"])).join("Gus").role == "guest"


def test_a_role_from_nothing_has_the_defaults_of_the_reference(api):
    teacher = api.post("/templates", **BARE)["roles"]["teacher"]
    assert teacher["publishParams"] == {
        "allowed": ["audio", "video", "screen"],
        "audio": {"bitRate": 32, "codec": "opus"},
        "video": {"bitRate": 256, "codec": "vp8", "frameRate": 25, "width": 320, "height": 180},
        "screen": {"bitRate": 1024, "codec": "vp8", "frameRate": 10, "width": 1280, "height": 720},
    }
    assert teacher["permissions"] == {
        "sendRoomState": False,
        "browserRecording": True,
        "rtmpStreaming": True,
        "hlsStreaming": True,
    }
    assert (teacher["name"], teacher["maxPeerCount"]) == ("teacher", 0)


def test_a_known_name_overwrites_that_template(api):
    made = api.post("/templates", name="lecture", roles={"teacher": {}})
    again = api.post("/templates", name="lecture", roles={"pupil": {}})
    assert (again["id"], list(again["roles"])) == (made["id"], ["pupil"])
    assert len(api.get("/templates")["data"]) == 2


def test_an_update_drops_what_was_not_sent_but_the_name(api):
    plugins = {"whiteboard": {"permissions": {"admin": ["teacher"], "writer": [], "reader": []}}}
    rtmp = {"rtmpDestinations": {"tube": {"name": "tube", "rtmpUrls": ["rtmp://live.example/key"]}}}
    made = api.post("/templates", name="lecture", destinations=rtmp, plugins=plugins, **BARE)
    assert made["destinations"] == rtmp
    assert made["plugins"] == plugins
    changed = api.post(f"/templates/{made['id']}", **BARE | {"roles": {"pupil": {}}})
    assert (changed["name"], list(changed["roles"]), changed["destinations"]) == ("lecture", ["pupil"], {})
    assert "plugins" not in changed


def test_what_was_read_can_be_posted_back(api, world):
    template = next(iter(world.templates))
    before = api.get(f"/templates/{template}")
    world.advance(4)
    after = api.post(f"/templates/{template}", **before)
    assert after.pop("updatedAt") > before.pop("updatedAt")
    assert after == before


@pytest.mark.parametrize("missing", ["roles", "settings"])
def test_an_update_needs_roles_and_settings(api, world, missing):
    template = next(iter(world.templates))
    body = {name: value for name, value in BARE.items() if name != missing}
    refused = api.post(f"/templates/{template}", 400, **body)
    assert refused["details"] == [f"Invalid body param: {missing} is required"]
    assert "host" in api.get(f"/templates/{template}")["roles"]


def test_an_update_may_not_take_another_templates_name(api):
    made = api.post("/templates", name="lecture", **BARE)
    refused = api.post(f"/templates/{made['id']}", 400, name="classroom", **BARE)
    assert refused["message"] == "overwrite error: name already exists"
    assert api.post(f"/templates/{made['id']}", name="Lesson 1.2", **BARE)["name"] == "Lesson 1.2"
    api.post("/templates/" + "0" * 24, 404, **BARE)


@pytest.mark.parametrize(
    "body",
    [
        {"name": "what?"},
        {"roles": {"wh@t": {}}},
        {"roles": {"teacher": {"priority": 6}}},
        {"settings": {"region": "mars"}},
        {"destinations": {"rtmpDestinations": {"a": {"name": "b"}}}},
        {"destinations": {"hlsDestinations": {"a": {"name": "a", "recording": {"enableZipUpload": True}}}}},
        {"plugins": {"transcriptions": {"mode": "loud"}}},
    ],
)
def test_a_template_that_makes_no_sense_is_refused(api, world, body):
    assert api.post("/templates", 400, **body)["message"] == "Invalid body param"
    assert len(world.templates) == 1
