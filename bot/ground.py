"""What the bot stands on: opened before everything else, let go of after it."""

from dataclasses import dataclass
from typing import Self

from bot.clock import Clock
from bot.hms import Elsewhere, Hms, Transport
from bot.settings import Settings
from bot.slack.connect import Connection, connect
from bot.slack.outbound.outbox import Posts
from bot.store import Database
from bot.work import Backoff, Effects, Timers, Work, open_work
from bot.work.tasks import Tasks


@dataclass(frozen=True)
class Ground:
    """The database and what works on it, and the way to Slack and to 100ms."""

    settings: Settings
    clock: Clock
    db: Database
    work: Work
    timers: Timers
    effects: Effects
    posts: Posts
    connection: Connection
    hms: Hms
    tasks: Tasks

    @classmethod
    async def open(
        cls, settings: Settings, clock: Clock, *, transport: Transport | None, backoff: Backoff, guest: bool
    ) -> Self:
        """Migrate the database and ask Slack who we are; raises UserError that says what is wrong."""
        db = await Database.open(settings.database_url)
        await db.migrate()
        connection = await connect(settings.slack_bot_token, settings.slack_api_url)
        work = open_work(db, clock, backoff=backoff, guest=guest)
        key, secret = settings.hms_access_key, settings.hms_secret
        elsewhere = Elsewhere(settings.hms_auth_url, settings.hms_legacy_url)
        return cls(
            settings=settings,
            clock=clock,
            db=db,
            work=work,
            timers=Timers(db, work, clock),
            effects=Effects(db, clock),
            posts=Posts(db, work, clock),
            connection=connection,
            hms=Hms(settings.hms_api_url, key, secret, clock=clock, elsewhere=elsewhere, transport=transport),
            tasks=Tasks(),
        )

    async def close(self, seconds: float) -> None:
        """Finish the jobs that were taken, then let go of everything."""
        await self.timers.stop()
        await self.tasks.drain(seconds)
        await self.work.drain(seconds)
        await self.hms.aclose()
        await self.connection.close()
        await self.db.close()
