import pytest

from bot.hms import Invalid, NotFound, Unknown


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


async def test_a_running_session_is_read(hms, room) -> None:
    gus = room.join("Gus")
    active = await hms.active_rooms.retrieve(room.id)
    assert (active.name, active.session.id) == ("standup", room.session.id)
    assert active.session.peers[-1] == gus.id
    assert active.session.created_at == room.session.created_at


async def test_people_are_listed_as_they_joined_and_narrowed(hms, room) -> None:
    room.join("Gus", user_id="u-gus")
    room.join("Ivy", role="stage")

    async def names(**which: str) -> list[str]:
        return [peer.name for peer in await hms.active_rooms.list_peers(room.id, **which)]

    assert await names() == ["Hana", "Gus", "Ivy"]
    assert await names(role="stage") == ["Ivy"]
    assert await names(user_id="u-gus") == ["Gus"]
    assert await names(role="nobody") == []


async def test_a_recorder_is_told_from_people(hms, world, room) -> None:
    await hms.recordings.start_for_room(room.id)
    world.advance(2)
    peers = await hms.active_rooms.list_peers(room.id)
    assert [peer.is_recorder for peer in peers] == [False, True]


async def test_one_peer_comes_with_its_tracks(hms, room) -> None:
    gus = room.join("Gus", metadata='{"isHandRaised": true}')
    peer = await hms.active_rooms.retrieve_peer(room.id, gus.id)
    assert (peer.name, peer.metadata) == ("Gus", '{"isHandRaised": true}')
    assert sorted(track.type for track in peer.tracks.values()) == ["audio", "video"]


async def test_somebody_who_left_is_not_found(hms, room) -> None:
    gus = room.join("Gus")
    room.leave(gus)
    with pytest.raises(NotFound):
        await hms.active_rooms.retrieve_peer(room.id, gus.id)
    with pytest.raises(NotFound):
        await hms.active_rooms.update_peer(room.id, gus.id, role="stage")


async def test_a_peer_is_changed(hms, room) -> None:
    gus = room.join("Gus")
    changed = await hms.active_rooms.update_peer(room.id, gus.id, name="Gustav", role="stage", metadata="{}")
    assert (changed.name, changed.role, changed.metadata) == ("Gustav", "stage", "{}")
    assert (gus.name, gus.role) == ("Gustav", "stage")


async def test_a_role_the_template_does_not_have_is_invalid(hms, room) -> None:
    gus = room.join("Gus")
    with pytest.raises(Invalid):
        await hms.active_rooms.update_peer(room.id, gus.id, role="king")


async def test_a_message_goes_to_one_to_a_role_or_to_everybody(hms, room) -> None:
    gus = room.join("Gus")
    said = await hms.active_rooms.send_message(room.id, "five minutes", kind="chat")
    await hms.active_rooms.send_message(room.id, "hush", peer_id=gus.id, kind="note")
    await hms.active_rooms.send_message(room.id, "get ready", role="stage")

    assert said.message == "message sent"
    assert [(message.text, message.to, message.type) for message in room.messages] == [
        ("five minutes", "everybody", "chat"),
        ("hush", gus.id, "note"),
        ("get ready", "stage", "chat"),
    ]


async def test_somebody_is_removed_with_a_reason(hms, room) -> None:
    gus, ivy = room.join("Gus"), room.join("Ivy")
    told = await hms.active_rooms.remove_peers(room.id, peer_id=gus.id, reason="spam")
    assert told.message == "peer remove request submitted"
    assert gus not in room.peers
    assert gus.left_message == "spam"
    assert ivy in room.peers


async def test_a_whole_role_is_removed(hms, room) -> None:
    room.join("Gus")
    room.join("Ivy")
    await hms.active_rooms.remove_peers(room.id, role="guest")
    assert [peer.name for peer in room.peers] == ["Hana"]


async def test_removing_nobody_in_particular_is_invalid(hms, room) -> None:
    with pytest.raises(Invalid):
        await hms.active_rooms.remove_peers(room.id)


async def test_a_session_is_ended_and_the_room_stays_open(hms, room) -> None:
    told = await hms.active_rooms.end_room(room.id, reason="time is up")
    assert told.message == "session is ending"
    assert (room.session, room.enabled) == (None, True)


async def test_a_session_is_ended_and_the_room_locked(hms, room) -> None:
    await hms.active_rooms.end_room(room.id, lock=True)
    assert (room.session, room.enabled) == (None, False)


async def test_an_ending_whose_answer_was_lost_is_unknown_and_asked_once(hms, world, room) -> None:
    world.fault("/active-rooms", drop=True)
    with pytest.raises(Unknown):
        await hms.active_rooms.end_room(room.id)
    assert len(world.calls_of("active_rooms.end_room")) == 1


async def test_a_removal_whose_answer_was_lost_is_asked_again(hms, world, room) -> None:
    gus = room.join("Gus")
    world.fault("/active-rooms", status=503)
    await hms.active_rooms.remove_peers(room.id, peer_id=gus.id)
    assert gus not in room.peers
    assert len(world.calls_of("active_rooms.remove_peers")) == 2


async def test_without_a_session_every_operation_is_not_found(hms, world) -> None:
    room_id = world.add_room("empty").id
    rooms = hms.active_rooms
    for call in (
        rooms.retrieve(room_id),
        rooms.list_peers(room_id),
        rooms.retrieve_peer(room_id, "p"),
        rooms.update_peer(room_id, "p", name="x"),
        rooms.send_message(room_id, "x"),
        rooms.remove_peers(room_id, role="guest"),
        rooms.end_room(room_id),
    ):
        with pytest.raises(NotFound, match="session not found"):
            await call
