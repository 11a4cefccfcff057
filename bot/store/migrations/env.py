"""Alembic's entry: runs the revisions on the connection that ``bot.store.migrate`` hands in."""

from alembic import context

from bot.store.columns import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
