"""100ms reports to whichever of two bots answers; what people read is what one bot would have said."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle

import httpx

from bot.app import Bot
from bot.work.arrivals import Arrival
from bot.work.inbox import Inbox
from sandbox.hms.courier import Courier
from sandbox.hms.events.webhooks import Weather
from tests.bot.features.event.reporting import REPORTED, Reported, listening
from tests.bot.features.event.school import School
from tests.chat import Chat, opened
from tests.doors.test_fifty_clicks import another

ROOMS = 2
REPEATED = Weather(repeat=0.3, reorder_s=5, seed=2)  # the second time it is the other one that answers


class Shared(Reported):
    """What is reported goes to one of several bots, in turn."""

    def __init__(self, chat: Chat, courier: Courier, bots: list[Bot]) -> None:
        super().__init__(chat, courier)
        self.bots = bots
        self.turn = cycle(bots)

    async def take(self, arrival: Arrival) -> None:
        """The other one hears it than the last."""
        await next(self.turn).dispatcher.books[Inbox].take(arrival)

    async def passes(self, span: str) -> None:
        """Time goes by, and every bot does what is due by then."""
        await super().passes(span)
        for bot in self.bots:
            await bot.idle()


@asynccontextmanager
async def shared(url: str, others: int) -> AsyncIterator[Shared]:
    """So many bots beside the first, all of which hear of 100ms."""
    async with opened(url, besides=REPORTED) as chat, AsyncExitStack() as held:
        client = await held.enter_async_context(httpx.AsyncClient())
        bots = [chat.bot, *[await held.enter_async_context(another(chat, url)) for _ in range(others)]]
        reported = Shared(chat, Courier(chat.world, client), bots)
        await held.enter_async_context(listening(reported))
        yield reported


async def day(url: str, *, others: int) -> Mapping[str, list[str]]:
    async with shared(url, others) as reported:
        school = School(reported, ROOMS)
        await school.opens()
        await school.day(weather=REPEATED, down=False)
        return await school.read()


async def test_two_bots_on_one_database_say_what_one_says(postgres_url: str, sqlite_url: str) -> None:
    alone = await day(sqlite_url, others=0)

    assert await day(postgres_url, others=1) == alone
