"""Clicks that were never acked are found without a look at all the others."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_unacked = sa.text("acked_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_clicks_unacked", "clicks", ["at"], sqlite_where=_unacked, postgresql_where=_unacked)
