"""What is asked for often is found by an index: unacked clicks, and requests that are alike."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_unacked = sa.text("acked_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_clicks_unacked", "clicks", ["at"], sqlite_where=_unacked, postgresql_where=_unacked)
    op.create_index("ix_requests_alike", "requests", ["same", "id"])
    op.create_index("ix_requests_reminder", "requests", ["reminder"])
