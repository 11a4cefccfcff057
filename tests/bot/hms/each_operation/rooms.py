"""Rooms, codes, keys, and what happens in them."""

from pydantic import SecretStr

from bot.hms import Invalid, NotFound
from tests.bot.hms.each_operation.row import UNKNOWN, Act, Read, ids

ROOMS = {
    "rooms.list": Read(
        works=lambda hms, _: hms.rooms.list(),
        tells=lambda page, stage: ids(page.data) == [*stage.world.rooms][::-1],
        refused=lambda hms, _: hms.rooms.list(limit=9),
        error=Invalid,
    ),
    "rooms.create": Act(
        works=lambda hms, _: hms.rooms.create(name="lobby", size=20),
        state=lambda stage: (room := stage.world.room_named("lobby")) and room.size,
        leaves=20,
        refused=lambda hms, _: hms.rooms.create(name="lobby", size=2501),
        error=Invalid,
    ),
    "rooms.retrieve": Read(
        works=lambda hms, stage: hms.rooms.retrieve(stage.standup.id),
        tells=lambda room, stage: (room.name, room.template_id) == ("standup", stage.template.id),
        refused=lambda hms, _: hms.rooms.retrieve(UNKNOWN),
        error=NotFound,
    ),
    "rooms.update": Act(
        works=lambda hms, stage: hms.rooms.update(stage.standup.id, description="daily"),
        state=lambda stage: (stage.standup.description, stage.standup.name),
        leaves=("daily", "standup"),
        refused=lambda hms, stage: hms.rooms.update(stage.standup.id, max_duration_seconds=119),
        error=Invalid,
    ),
    "rooms.set_enabled": Act(
        works=lambda hms, stage: hms.rooms.set_enabled(stage.standup.id, enabled=False),
        state=lambda stage: (stage.standup.enabled, stage.gus in stage.standup.peers),
        leaves=(False, True),
        refused=lambda hms, _: hms.rooms.set_enabled(UNKNOWN, enabled=False),
        error=NotFound,
    ),
}

CODES_AND_KEYS = {
    "room_codes.list": Read(
        works=lambda hms, stage: hms.room_codes.list(stage.standup.id, role="guest"),
        tells=lambda page, stage: [each.code for each in page.data] == [stage.guest_code],
        refused=lambda hms, stage: hms.room_codes.list(stage.standup.id, role="pope"),
        error=NotFound,
    ),
    "room_codes.create_all": Act(
        works=lambda hms, stage: hms.room_codes.create_all(stage.studio.id),
        state=lambda stage: [code.role for code in stage.world.room_codes.of(stage.studio)],
        leaves=["host", "stage", "guest", "muted"],
        refused=lambda hms, _: hms.room_codes.create_all(UNKNOWN),
        error=NotFound,
    ),
    "room_codes.create_for_role": Act(
        works=lambda hms, stage: hms.room_codes.create_for_role(stage.quiet.id, "stage"),
        state=lambda stage: [code.role for code in stage.world.room_codes.of(stage.quiet)],
        leaves=["stage"],
        refused=lambda hms, stage: hms.room_codes.create_for_role(stage.quiet.id, "pope"),
        error=NotFound,
    ),
    "room_codes.update": Act(
        works=lambda hms, stage: hms.room_codes.update(stage.guest_code, enabled=False),
        state=lambda stage: stage.world.room_codes.find(stage.guest_code.get_secret_value()).enabled,
        leaves=False,
        refused=lambda hms, _: hms.room_codes.update(SecretStr("abc-defg-hij"), enabled=False),
        error=NotFound,
    ),
    "room_codes.auth_token": Read(
        works=lambda hms, stage: hms.room_codes.auth_token(stage.guest_code, user_id="gus-17"),
        tells=lambda answer, _: answer.token.get_secret_value().startswith("ey"),
        refused=lambda hms, _: hms.room_codes.auth_token(SecretStr("abc-defg-hij")),
        error=NotFound,
    ),
    "stream_keys.create": Act(
        works=lambda hms, stage: hms.stream_keys.create(stage.quiet.id),
        state=lambda stage: stage.quiet.stream_key is not None,
        leaves=True,
        refused=lambda hms, stage: hms.stream_keys.create(stage.standup.id),  # it has one
        error=Invalid,
    ),
    "stream_keys.get": Read(
        works=lambda hms, stage: hms.stream_keys.get(stage.standup.id),
        tells=lambda key, stage: key.key.get_secret_value() == stage.standup.stream_key.key,
        refused=lambda hms, stage: hms.stream_keys.get(stage.quiet.id),
        error=NotFound,
    ),
    "stream_keys.disable": Act(
        works=lambda hms, stage: hms.stream_keys.disable(stage.standup.id),
        state=lambda stage: stage.standup.stream_key is None,
        leaves=True,
        refused=lambda hms, stage: hms.stream_keys.disable(stage.quiet.id),
        error=NotFound,
    ),
}

SESSIONS = {
    "sessions.retrieve": Read(
        works=lambda hms, stage: hms.sessions.retrieve(stage.past.id),
        tells=lambda session, stage: (session.active, [*session.peers]) == (False, [*stage.past.peers]),
        refused=lambda hms, _: hms.sessions.retrieve(UNKNOWN),
        error=NotFound,
    ),
    "sessions.list": Read(
        works=lambda hms, stage: hms.sessions.list(room_id=stage.standup.id, active=False),
        tells=lambda page, stage: ids(page.data) == [stage.past.id],
        refused=lambda hms, _: hms.sessions.list(limit=101),
        error=Invalid,
    ),
    "active_rooms.retrieve": Read(
        works=lambda hms, stage: hms.active_rooms.retrieve(stage.standup.id),
        tells=lambda room, stage: room.session.id == stage.standup.session.id,
        refused=lambda hms, stage: hms.active_rooms.retrieve(stage.quiet.id),
        error=NotFound,
    ),
    "active_rooms.retrieve_peer": Read(
        works=lambda hms, stage: hms.active_rooms.retrieve_peer(stage.standup.id, stage.gus.id),
        tells=lambda peer, stage: (peer.name, [*peer.tracks]) == ("Gus", [*stage.gus.tracks]),
        refused=lambda hms, stage: hms.active_rooms.retrieve_peer(stage.standup.id, UNKNOWN),
        error=NotFound,
    ),
    "active_rooms.list_peers": Read(
        works=lambda hms, stage: hms.active_rooms.list_peers(stage.standup.id, user_id="gus-17"),
        tells=lambda peers, stage: ids(peers) == [stage.gus.id],
        refused=lambda hms, stage: hms.active_rooms.list_peers(stage.quiet.id),
        error=NotFound,
    ),
    "active_rooms.update_peer": Act(
        works=lambda hms, stage: hms.active_rooms.update_peer(stage.standup.id, stage.gus.id, role="muted"),
        state=lambda stage: (stage.gus.role, [*stage.gus.tracks]),
        leaves=("muted", []),
        refused=lambda hms, stage: hms.active_rooms.update_peer(stage.quiet.id, stage.gus.id, role="muted"),
        error=NotFound,
    ),
    "active_rooms.send_message": Act(
        works=lambda hms, stage: hms.active_rooms.send_message(stage.standup.id, "hush", role="guest"),
        state=lambda stage: [(each.to, each.text) for each in stage.standup.messages],
        leaves=[("guest", "hush")],
        refused=lambda hms, stage: hms.active_rooms.send_message(stage.quiet.id, "hush"),
        error=NotFound,
    ),
    "active_rooms.remove_peers": Act(
        works=lambda hms, stage: hms.active_rooms.remove_peers(
            stage.standup.id, peer_id=stage.gus.id, reason="spam"
        ),
        state=lambda stage: (stage.gus.left_because, stage.gus.left_message),
        leaves=("peer kicked", "spam"),
        refused=lambda hms, stage: hms.active_rooms.remove_peers(stage.standup.id),  # neither peer nor role
        error=Invalid,
    ),
    "active_rooms.end_room": Act(
        works=lambda hms, stage: hms.active_rooms.end_room(stage.standup.id, lock=True),
        state=lambda stage: (stage.standup.session is None, stage.standup.enabled),
        leaves=(True, False),
        refused=lambda hms, stage: hms.active_rooms.end_room(stage.quiet.id),
        error=NotFound,
    ),
}

LEGACY = {
    "legacy_v1.create_room": Act(
        works=lambda hms, _: hms.legacy_v1.create_room("lobby", template="classroom"),
        state=lambda stage: stage.world.room_named("lobby") is not None,
        leaves=True,
        refused=lambda hms, _: hms.legacy_v1.create_room("lobby", template="none such"),
        error=Invalid,
    ),
    "legacy_v1.disable_room": Act(
        works=lambda hms, _: hms.legacy_v1.disable_room("standup"),
        state=lambda stage: stage.standup.enabled,
        leaves=False,
        refused=lambda hms, _: hms.legacy_v1.disable_room("lobby"),
        error=NotFound,
    ),
}
