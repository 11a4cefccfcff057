"""Requests, clicks and offers; the audit; grants and policies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_json = sa.JSON().with_variant(JSONB(), "postgresql")
_instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    _requests()
    _clicks()
    _offers()
    _audit()
    _grants()
    _policies()


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
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
        sa.UniqueConstraint("key", name="uq_requests_key"),
        sa.UniqueConstraint("token", name="uq_requests_token"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_requests_ended_at", "requests", ["ended_at"], unique=False)
    op.create_index("ix_requests_state", "requests", ["state"], unique=False)


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
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("position", name="uq_audit_position"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_request_id", "audit", ["request_id"], unique=False)


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
