"""Posts of which nobody knows whether Slack has them."""

import sqlalchemy as sa

from bot.slack.outbound.outbox import KIND, posts
from bot.work import Job
from tests.chat import Chat


async def cut_off(chat: Chat) -> str:
    """Leave the newest post as a kill in the middle leaves it, and take it up again; answers its key."""
    async with chat.bot.db.write() as tx:
        key = (await tx.execute(sa.select(posts.c.key).order_by(posts.c.id.desc()).limit(1))).scalar_one()
        await tx.execute(sa.update(posts).where(posts.c.key == key).values(state="started"))
        await chat.bot.work.later(tx, Job(KIND, f"post:{key}", {"post": key}))
    await chat.bot.idle()
    return str(key)
