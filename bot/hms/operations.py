"""Which operations of the 100ms API may be asked again when an answer was lost."""

from typing import Final

# Besides what only reads: sent twice, each of these leaves what it leaves when sent once.
REPEATABLE: Final = frozenset(
    {
        "rooms.update",
        "rooms.set_enabled",
        "room_codes.create_all",
        "room_codes.update",
        "room_codes.auth_token",
        "stream_keys.disable",
        "active_rooms.update_peer",
        "active_rooms.remove_peers",
        "recordings.stop_for_room",
        "recordings.stop",
        "recordings.pause_for_room",
        "recordings.resume_for_room",
        "live_streams.pause_recording",
        "live_streams.resume_recording",
        "live_streams.stop_for_room",
        "live_streams.stop",
        "external_streams.stop_for_room",
        "external_streams.stop",
        "polls.update",
        "polls.update_question",
        "polls.update_option",
        "polls.link_room",
        "templates.update",
        "templates.upsert_role",
        "templates.delete_role",
        "templates.update_settings",
        "templates.configure_recordings",
        "templates.update_destinations",
        "legacy_v1.disable_room",
        "sip.update_trunk",
    }
)
