def test_a_session_tells_who_took_part_and_when(api, world):
    room = world.add_room("standup", live=True)
    gus = room.join("Gus", user_id="gus-1")
    world.advance(60)
    room.leave(gus)

    shown = api.get(f"/sessions/{room.session.id}")
    assert (shown["room_id"], shown["active"]) == (room.id, True)
    assert [peer["name"] for peer in shown["peers"].values()] == ["Hana", "Gus"]
    assert shown["peers"][gus.id]["left_at"] == "2026-03-02T09:01:00Z"
    assert shown["peers"][gus.id]["session_id"] == room.session.id
    assert "left_at" not in shown["peers"][room.peers[0].id]


def test_a_closed_session_is_as_long_as_it_ran(api, world):
    room = world.add_room("standup", live=True)
    session = room.session
    world.advance(90 * 60)
    room.leave(room.peers[0])
    shown = api.get(f"/sessions/{session.id}")
    assert (shown["active"], shown["created_at"], shown["updated_at"]) == (
        False,
        "2026-03-02T09:00:00Z",
        "2026-03-02T10:30:00Z",
    )


def test_an_unknown_session_is_not_found(api):
    assert api.get("/sessions/" + "0" * 24, 404)["message"] == "session not found"


def test_filters_of_the_list_combine(api, world):
    standup, retro = world.add_room("standup", live=True), world.add_room("retro")
    first = standup.session
    standup.end()
    world.advance(3600)
    standup.join("Gus")
    retro.join("Ivy")

    def found(**query):
        return [session["id"] for session in api.get("/sessions", **query)["data"] or []]

    assert found() == [retro.session.id, standup.session.id, first.id]
    assert found(active="true", room_id=standup.id) == [standup.session.id]
    assert found(active="false") == [first.id]
    assert found(before="2026-03-02T09:00:00Z") == [first.id]
    assert found(after="2026-03-02T09:00:00.001Z", room_id=retro.id) == [retro.session.id]


def test_a_session_ends_at_the_rooms_longest_duration(api, world):
    room = world.add_room("standup", live=True, max_duration_seconds=600)
    session = room.session
    world.advance(599)
    assert room.session
    world.advance(1000)
    assert room.session is None
    assert api.get(f"/sessions/{session.id}")["updated_at"] == "2026-03-02T09:10:00Z"


def test_a_session_ends_after_twelve_hours_and_the_next_one_counts_anew(world):
    room = world.add_room("standup", live=True)
    world.advance(11 * 3600)
    room.end()
    room.join("Gus")
    world.advance(11 * 3600)
    assert room.session
    world.advance(3600)
    assert room.session is None


def test_time_moves_sessions_also_when_only_the_machines_clock_does(api, world, clock, later):
    room = world.add_room("standup", live=True, max_duration_seconds=600)
    clock.now = later(seconds=600)
    assert api.get(f"/active-rooms/{room.id}", 404)["message"] == "session not found"
