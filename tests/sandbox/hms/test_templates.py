def test_the_default_template_has_a_host_and_three_kinds_of_guests(api, world):
    (template,) = api.get("/templates")["data"]
    assert (template["name"], template["default"], template["_id"]) == ("classroom", True, template["id"])
    assert list(template["roles"]) == ["host", "stage", "guest", "muted"]
    assert "createdAt" in template


def test_a_template_is_retrieved(api, world):
    lecture = world.add_template("lecture", {})
    assert api.get(f"/templates/{lecture.id}")["name"] == "lecture"
    assert "default" not in api.get(f"/templates/{lecture.id}")
    assert api.get("/templates/" + "0" * 24, 404)["message"] == "template not found"


def test_a_role_is_retrieved_and_its_false_permissions_are_left_out(api, world):
    template = next(iter(world.templates))
    host = api.get(f"/templates/{template}/roles/host")
    assert host["permissions"]["endRoom"] is True
    assert host["publishParams"]["allowed"] == ["audio", "video", "screen"]
    guest = api.get(f"/templates/{template}/roles/guest")
    assert "endRoom" not in guest["permissions"]
    assert guest["permissions"]["sendRoomState"] is False
    assert api.get(f"/templates/{template}/roles/pope", 404)["message"] == "role not found"
