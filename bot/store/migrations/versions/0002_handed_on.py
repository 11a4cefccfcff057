"""What came is handed on after it is on disk: a state says of what nobody has heard yet.

And who is given a higher level holds the lower one since they were given that: a row for each.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_new = sa.text("state = 'new'")


def upgrade() -> None:
    op.add_column("inbox", sa.Column("state", sa.Text, nullable=False, server_default="told"))
    op.execute(
        "UPDATE inbox SET state = 'strange' "
        "WHERE NOT EXISTS (SELECT 1 FROM occurrences WHERE occurrences.fact = inbox.fact)"
    )
    op.create_index("ix_inbox_new", "inbox", ["received_at", "id"], sqlite_where=_new, postgresql_where=_new)
    with op.batch_alter_table("grants") as table:
        table.drop_constraint("pk_grants", type_="primary")
        table.create_primary_key("pk_grants", ["user_id", "room_id", "level"])
