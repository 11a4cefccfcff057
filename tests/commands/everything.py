"""All that the bot has written down: where tests look for what must stand nowhere."""

import sqlalchemy as sa

from bot.store import metadata
from tests.chat import Chat


async def everything(chat: Chat) -> str:
    """All that is on disk."""
    async with chat.bot.db.read() as tx:
        held = [(await tx.execute(sa.select(table))).all() for table in metadata.sorted_tables]
    return repr(held)
