"""Private answers: by the ``response_url`` while it is good, else as an ephemeral message, else directly.

They are sent at once and never written down, because they may hold what only one person may read.
"""

from datetime import timedelta
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.reply import Message, Place
from bot.request.request import Origin
from bot.settings import proxy_for
from bot.slack import refusals
from bot.slack.outbound.direct import Direct
from bot.slack.remembered import Remembered

log = structlog.get_logger()

USES = 5
GOOD_FOR = timedelta(minutes=30)
MOST = 10_000
NO_PREVIEWS: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


class Answers:
    """Finds the way to one person that still works."""

    def __init__(self, session: ClientSession, client: AsyncWebClient, direct: Direct, clock: Clock) -> None:
        self._session = session
        self._client = client
        self._direct = direct
        self._uses: Remembered[int] = Remembered(clock, GOOD_FOR, MOST)

    async def say(self, origin: Origin, who: str, message: Message, body: dict[str, Any]) -> None:
        """Say it where it was asked; nobody else sees it unless the message is public."""
        if origin.address and await self._respond(origin, message, body):
            return
        if origin.channel and await self._here(origin, who, message, body):
            return
        try:
            place = await self._direct.place(who)
            await self._client.chat_postMessage(channel=place, **NO_PREVIEWS, **body)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("an answer did not reach anybody", reason=_reason(error))

    async def _respond(self, origin: Origin, message: Message, body: dict[str, Any]) -> bool:
        """Use the ``response_url`` once more; False when it is used up, too old or did not work."""
        used = self._uses.get(origin.address) or 0
        if used >= USES:
            return False
        self._uses.put(origin.address, used + 1)
        sent = body | NO_PREVIEWS | {"replace_original": message.replace}
        sent["response_type"] = "in_channel" if message.public else "ephemeral"
        if origin.thread:
            sent["thread_ts"] = origin.thread
        try:
            async with self._session.post(
                origin.address, json=sent, proxy=proxy_for(origin.address)
            ) as answer:
                return answer.status == 200
        except (ClientError, TimeoutError) as error:
            log.warning("a response_url did not answer", reason=_reason(error))
            return False

    async def _here(self, origin: Origin, who: str, message: Message, body: dict[str, Any]) -> bool:
        """Say it in the channel where it was asked, if the bot may speak there.

        Direct messages are private as they are: what is said there stays, and a phone shows it.
        """
        place: dict[str, Any] = {"channel": origin.channel, "thread_ts": origin.thread or None}
        try:
            if message.public or Place(origin.channel).direct:
                await self._client.chat_postMessage(**place, **NO_PREVIEWS, **body)
            else:
                await self._client.chat_postEphemeral(**place, user=who, **body)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.info("no answer where it was asked", reason=_reason(error))
            return False
        return True


def _reason(error: Exception) -> str:
    return refusals.word(error) if isinstance(error, SlackApiError) else type(error).__name__
