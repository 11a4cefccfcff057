"""The Homes that are kept up to date: of those who opened theirs lately, drawn together when that is due."""

from collections import deque
from datetime import datetime, timedelta

from bot.dispatch import looking
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.saying import HOMES
from bot.features.upkeep.reactions import HomeFades
from bot.reply import Mention
from bot.request.request import Cause
from bot.slack.drawing.home import Home
from bot.work import Job, Later

LATELY = timedelta(hours=1)  # so long after somebody looked at it their Home is kept up to date
MOST = 50  # people; who looked last comes first
MINUTE = timedelta(minutes=1)
A_MINUTE = 80  # publications; Slack takes a hundred, and whoever opens Home is to see it at once


class Homes:
    """Knows whose Home is looked at, and draws them anew: never before an answer, as one job for all."""

    def __init__(self, road: Dispatcher, home: Home) -> None:
        self._road = road
        self._home = home
        self._drawn: deque[datetime] = deque()

    async def opened(self, who: str) -> None:
        """Show somebody their Home, and keep it up to date from now on."""
        await self._watch(who)
        await self._home.show(who, opened=True)
        await looking.by(self._road, who)

    async def touched(self, who: str) -> None:
        """Draw the Home anew on which somebody has just pressed something."""
        await self._watch(who, HOMES)

    async def carry(self, _: Job) -> None:
        """Draw every Home that is looked at; it waits where Slack would not take so many."""
        everybody = await self._lately()
        if everybody:
            self._pace(len(everybody))
            await self._home.show(*everybody)

    async def _watch(self, who: str, *jobs: Job) -> None:
        now = self._road.clock()
        fades = HomeFades().timer(who, now + LATELY, Cause(0, Mention(who, who), now))
        async with self._road.db.write() as tx:
            await self._road.timers.set(tx, fades)
            await self._road.work.later(tx, *jobs)

    async def _lately(self) -> list[str]:
        async with self._road.db.read() as tx:
            fading = await self._road.timers.pending(tx, kind=HomeFades.kind())
        return [timer.subject for timer in reversed(fading)][:MOST]

    def _pace(self, several: int) -> None:
        now = self._road.clock()
        pause = paused(self._drawn, several, now)
        if pause:
            raise Later(pause.total_seconds())
        self._drawn.extend([now] * several)


def paused(drawn: deque[datetime], several: int, now: datetime) -> timedelta:
    """How long to wait before so many more are drawn; what is older than a minute is forgotten."""
    while drawn and now - drawn[0] >= MINUTE:
        drawn.popleft()
    return drawn[0] + MINUTE - now if drawn and len(drawn) + several > A_MINUTE else timedelta(0)
