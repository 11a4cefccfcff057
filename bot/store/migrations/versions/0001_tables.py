"""Every table of the first release, as one beginning: nothing has been released before it.

Long because it is all of them. From that release on this file stays as it is, and what changes is a file
after it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_json = sa.JSON().with_variant(JSONB(), "postgresql")
_instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    _jobs()
    _timers()
    _effects()
    _posts()
    _alive()
    _failures()
    _set_aside()
    _requests()
    _clicks()
    _offers()
    _standing()
    _audit()
    _grants()
    _policies()
    _bindings()
    _room_defaults()
    _locks()
    _stops()
    _windows()
    _scheduled()
    _schedule_outcomes()
    _who_rows()
    _quieted()
    _announcements()
    _inbox()
    _occurrences()
    _looks()
    _sent_codes()
    _stream_targets()
    _subscriptions()
    _session_cards()
    _polls()
    _sip_trunks()


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("payload", _json, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("not_before", _instant, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_jobs_key", "jobs", ["key"], unique=True, sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index("ix_jobs_lane_id", "jobs", ["lane", "id"])


def _timers() -> None:
    op.create_table(
        "timers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("fire_at", _instant, nullable=False),
        sa.Column("payload", _json, nullable=False),
        sa.Column("cause", _json, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_timers"),
        sa.UniqueConstraint("kind", "subject", name="uq_timers_kind_subject"),
    )
    op.create_index("ix_timers_fire_at", "timers", ["fire_at"])


def _effects() -> None:
    op.create_table(
        "effects",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("result", _json, nullable=True),
        sa.Column("changed_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_effects"),
    )
    op.create_index("ix_effects_changed_at", "effects", ["changed_at"])


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("thread_ts", sa.Text, nullable=True),
        sa.Column("under", sa.Text, nullable=True),
        sa.Column("request_id", sa.Integer, nullable=True),
        sa.Column("body", _json, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("shown", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("ts", sa.Text, nullable=True),
        sa.Column("refusal", sa.Text, nullable=True),
        sa.Column("created_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sa.UniqueConstraint("key", name="uq_posts_key"),
    )
    op.create_index("ix_posts_channel_ts", "posts", ["channel", "ts"])
    op.create_index("ix_posts_request_id", "posts", ["request_id"])
    op.create_index("ix_posts_created_at", "posts", ["created_at"])


def _alive() -> None:
    op.create_table(
        "alive",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("beats", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alive"),
    )


def _failures() -> None:
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("job", _json, nullable=False),
        sa.Column("occurrence", sa.Text, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failures"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_failures_at", "failures", ["at"])


def _set_aside() -> None:
    op.create_table(
        "set_aside",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("job", _json, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_set_aside"),
    )
    op.create_index("ix_set_aside_kind", "set_aside", ["kind"])


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("invocation", _json, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("actor", _json, nullable=False),
        sa.Column("origin", _json, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("asked_at", _instant, nullable=False),
        sa.Column("acked_at", _instant, nullable=True),
        sa.Column("sure", sa.Boolean, nullable=False),
        sa.Column("loosely", _json, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("room", sa.String, nullable=False),
        sa.Column("yes", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("consequence", _json, nullable=True),
        sa.Column("places", _json, nullable=False),
        sa.Column("expires_at", _instant, nullable=True),
        sa.Column("needed", sa.Integer, nullable=False),
        sa.Column("deciders", _json, nullable=False),
        sa.Column("lapsed", _json, nullable=False),
        sa.Column("ended_by", _json, nullable=True),
        sa.Column("decided_at", _instant, nullable=True),
        sa.Column("answer", _json, nullable=True),
        sa.Column("ended_at", _instant, nullable=True),
        sa.Column("same", sa.String(length=64), nullable=True),
        sa.Column("reminder", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
        sa.UniqueConstraint("key", name="uq_requests_key"),
        sa.UniqueConstraint("token", name="uq_requests_token"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_requests_ended_at", "requests", ["ended_at"], unique=False)
    op.create_index("ix_requests_state", "requests", ["state"], unique=False)
    _asked_once()


def _asked_once() -> None:
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_requests_same",
        "requests",
        ["same"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _clicks() -> None:
    op.create_table(
        "clicks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("origin", _json, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.Column("acked_at", _instant, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_clicks"),
        sa.UniqueConstraint("key", name="uq_clicks_key"),
    )


def _offers() -> None:
    op.create_table(
        "offers",
        sa.Column("token", sa.String, nullable=False),
        sa.Column("buttons", _json, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_offers"),
    )
    op.create_index("ix_offers_at", "offers", ["at"], unique=False)


def _standing() -> None:
    op.create_table(
        "standing",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("room", sa.String, nullable=False),
        sa.Column("said", _json, nullable=False),
        sa.Column("request", sa.Integer, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("key", "channel", name="pk_standing"),
    )
    op.create_index("ix_standing_room", "standing", ["room"], unique=False)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.Column("request_id", sa.Integer, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("door", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer, nullable=True),
        sa.Column("link", sa.String(length=64), nullable=True),
        sa.Column("key", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("position", name="uq_audit_position"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_request_id", "audit", ["request_id"], unique=False)
    op.create_table(
        "audit_heads",
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_audit_heads"),
    )


def _grants() -> None:
    op.create_table(
        "grants",
        sa.Column("user_id", sa.String, nullable=False),
        sa.Column("room_id", sa.String, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("granted_by", sa.String, nullable=False),
        sa.Column("granted_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "room_id", name="pk_grants"),
    )


def _policies() -> None:
    op.create_table(
        "policies",
        sa.Column("command", sa.String, nullable=False),
        sa.Column("yes", sa.Integer, nullable=False),
        sa.Column("set_by", sa.String, nullable=False),
        sa.Column("set_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("command", name="pk_policies"),
    )


def _bindings() -> None:
    op.create_table(
        "bindings",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("room_name", sa.Text, nullable=False),
        sa.Column("viewers", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_bindings"),
    )
    op.create_index("ix_bindings_room_id", "bindings", ["room_id"], unique=False)


def _room_defaults() -> None:
    op.create_table(
        "room_defaults",
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("host_role", sa.Text, nullable=False),
        sa.Column("stage_role", sa.Text, nullable=False),
        sa.Column("muted_role", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("warn", sa.Text, nullable=False),
        sa.Column("host_wait", sa.Text, nullable=False),
        sa.Column("meeting", sa.Text, nullable=False),
        sa.Column("template_destination", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("room_id", name="pk_room_defaults"),
    )


def _locks() -> None:
    op.create_table(
        "locks",
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("by_id", sa.Text, nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("since", _instant, nullable=False),
        sa.Column("until", _instant, nullable=True),
        sa.Column("request", sa.Integer, nullable=False),
        sa.Column("keep", sa.Boolean, nullable=False),
        sa.Column("hours", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("room_id", name="pk_locks"),
    )


def _stops() -> None:
    op.create_table(
        "stops",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("room_name", sa.Text, nullable=False),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("ends_at", _instant, nullable=False),
        sa.Column("counted", sa.Boolean, nullable=False),
        sa.Column("warn", _json, nullable=False),
        sa.Column("lock", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("window", sa.Text, nullable=True),
        sa.Column("cause", _json, nullable=False),
        sa.Column("people", sa.Integer, nullable=True),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("notes", _json, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stops"),
    )
    op.create_index("ix_stops_room_id", "stops", ["room_id"])


def _windows() -> None:
    op.create_table(
        "windows",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("room_name", sa.Text, nullable=False),
        sa.Column("rule", _json, nullable=False),
        sa.Column("exceptions", _json, nullable=False),
        sa.Column("warn", _json, nullable=False),
        sa.Column("cause", _json, nullable=False),
        sa.Column("opened", _json, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_windows"),
    )
    op.create_index("ix_windows_room_id", "windows", ["room_id"])


def _scheduled() -> None:
    op.create_table(
        "scheduled",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("room_name", sa.Text, nullable=False),
        sa.Column("invocation", _json, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", _instant, nullable=True),
        sa.Column("cadence", _json, nullable=True),
        sa.Column("agreed", sa.Integer, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("pause", _json, nullable=True),
        sa.Column("cause", _json, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scheduled"),
    )
    op.create_index("ix_scheduled_room_id", "scheduled", ["room_id"])


def _schedule_outcomes() -> None:
    op.create_table(
        "schedule_outcomes",
        sa.Column("schedule", sa.Text, nullable=False),
        sa.Column("came", sa.Text, nullable=False),
        sa.Column("moment", _instant, nullable=False),
        sa.Column("done_at", _instant, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("schedule", "came", name="pk_schedule_outcomes"),
    )


def _who_rows() -> None:
    op.create_table(
        "who_rows",
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("people", _json, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("actor", name="pk_who_rows"),
    )


def _quieted() -> None:
    op.create_table(
        "quieted",
        sa.Column("request", sa.Integer, nullable=False),
        sa.Column("peer_id", sa.Text, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("muted_role", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("request", "peer_id", name="pk_quieted"),
    )


def _announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("room_name", sa.Text, nullable=False),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("cadence", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("since", _instant, nullable=False),
        sa.Column("cause", _json, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_announcements"),
    )
    op.create_index("ix_announcements_room_id", "announcements", ["room_id"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("session_id", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("fact", sa.Text, nullable=False),
        sa.Column("data", _json, nullable=False),
        sa.Column("at", _instant, nullable=True),
        sa.Column("received_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_index("ix_inbox_session_id", "inbox", ["session_id"])


def _occurrences() -> None:
    op.create_table(
        "occurrences",
        sa.Column("fact", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("fact", name="pk_occurrences"),
    )
    op.create_index("ix_occurrences_type_at", "occurrences", ["type", "at"])
    op.create_index("ix_occurrences_subject", "occurrences", ["subject"])
    op.create_index("ix_occurrences_at", "occurrences", ["at"])


def _looks() -> None:
    op.create_table(
        "looks",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("first", _instant, nullable=False),
        sa.Column("until", _instant, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_looks"),
    )


def _sent_codes() -> None:
    op.create_table(
        "sent_codes",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("room_name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_sent_codes"),
    )
    op.create_index("ix_sent_codes_user", "sent_codes", ["user"])


def _stream_targets() -> None:
    op.create_table(
        "stream_targets",
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("room_id", "name", name="pk_stream_targets"),
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("room_name", sa.Text, nullable=False),
        sa.Column("features", _json, nullable=False),
        sa.Column("style", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("since", _instant, nullable=False),
        sa.Column("by_user", sa.Text, nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("channel", "room_id", name="pk_subscriptions"),
    )
    op.create_index("ix_subscriptions_room_id", "subscriptions", ["room_id"])


def _session_cards() -> None:
    op.create_table(
        "session_cards",
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("room", sa.Text, nullable=False),
        sa.Column("room_name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("told", _instant, nullable=False),
        sa.Column("over", sa.Boolean, nullable=False),
        sa.Column("looked_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("session", "channel", name="pk_session_cards"),
    )
    op.create_index("ix_session_cards_room", "session_cards", ["room"])
    op.create_index("ix_session_cards_looked_at", "session_cards", ["looked_at"])


def _polls() -> None:
    op.create_table(
        "polls",
        sa.Column("room_id", sa.Text, nullable=False),
        sa.Column("poll_id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("seen_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("room_id", "poll_id", name="pk_polls"),
    )
    op.create_index("ix_polls_seen_at", "polls", ["seen_at"])


def _sip_trunks() -> None:
    op.create_table(
        "sip_trunks",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("trunk_id", sa.Text, nullable=False),
        sa.Column("username", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("caller", sa.Text, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_at", _instant, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sip_trunks"),
    )
