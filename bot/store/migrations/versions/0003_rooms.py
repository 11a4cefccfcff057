"""Which channel speaks for which room, defaults, locks, lists, and who is kept quiet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_json = sa.JSON().with_variant(JSONB(), "postgresql")
_instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    _bindings()
    _room_defaults()
    _locks()
    _who_rows()
    _quieted()


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
        sa.PrimaryKeyConstraint("room_id", name="pk_locks"),
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
