"""Jobs, timers, effects and posts."""

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
    _failures()
    _set_aside()


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


def _failures() -> None:
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("job", _json, nullable=False),
        sa.Column("unknown", sa.Text),
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
