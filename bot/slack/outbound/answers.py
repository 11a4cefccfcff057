"""Private answers: by the ``response_url`` while it is good, else as an ephemeral message, else directly.

They are sent at once and never written down, because they may hold what only one person may read.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.dispatch.awaited import Whom, waiting_for
from bot.reply import Message, Place
from bot.request.request import Origin
from bot.settings import proxy_for
from bot.slack import refusals
from bot.slack.drawing.drawable import BlocksRefused, Drawable
from bot.slack.outbound.direct import Direct
from bot.slack.remembered import Remembered

log = structlog.get_logger()

USES = 5  # the last of them is kept for taking a message away
GOOD_FOR = timedelta(minutes=30)
MOST = 10_000
INVALID = "invalid_blocks"
NO_PREVIEWS: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


class Answers:
    """Finds the way to one person that still works."""

    def __init__(
        self,
        session: ClientSession,
        client: AsyncWebClient,
        direct: Direct,
        drawable: Drawable,
        clock: Clock,
    ) -> None:
        self._session = session
        self._client = client
        self._direct = direct
        self._drawable = drawable
        self._uses: Remembered[int] = Remembered(clock, GOOD_FOR, MOST)

    async def say(self, origin: Origin, who: str, message: Message, body: dict[str, Any]) -> None:
        """Say it where it was asked; nobody else sees it unless the message is public."""
        if message.gone:
            await self._take_away(origin)
            return
        if origin.address and await self._respond(origin, message, body):
            return
        if origin.channel and await self._here(origin, who, message, body):
            return
        try:
            place: dict[str, Any] = {"channel": await self._direct.place(who)}
            await (self._whisper(place, who, body) if message.fleeting else self._post(place, body))
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("an answer did not reach anybody", reason=_reason(error))

    async def _respond(self, origin: Origin, message: Message, body: dict[str, Any]) -> bool:
        """Use the ``response_url`` once more; False when it is used up, too old or did not work."""
        about: dict[str, Any] = NO_PREVIEWS | {"replace_original": message.replace}
        about["response_type"] = "in_channel" if message.public else "ephemeral"
        if origin.thread:
            about["thread_ts"] = origin.thread

        async def send(drawn: Mapping[str, Any]) -> bool:
            return self._has_use(origin.address, USES - 1) and await self._send(
                origin.address, {**drawn, **about}
            )

        try:
            return await self._drawable.sent(send, body)
        except BlocksRefused:
            return False

    async def _take_away(self, origin: Origin) -> None:
        """Take away what was pressed; Slack does so for no other message, and nobody misses it if not."""
        if origin.address and self._has_use(origin.address, USES):
            await self._send(origin.address, {"delete_original": True})

    def _has_use(self, address: str, most: int) -> bool:
        used = self._uses.get(address) or 0
        if used < most:
            self._uses.put(address, used + 1)
        return used < most

    async def _send(self, address: str, sent: dict[str, Any]) -> bool:
        try:
            with waiting_for(Whom.SLACK):
                async with self._session.post(address, json=sent, proxy=proxy_for(address)) as answer:
                    if INVALID in await answer.text():  # whatever the status is
                        raise BlocksRefused
                    return answer.status == 200
        except (ClientError, TimeoutError) as error:
            log.warning("a response_url did not answer", reason=_reason(error))
            return False

    async def _here(self, origin: Origin, who: str, message: Message, body: dict[str, Any]) -> bool:
        """Say it in the channel where it was asked, if the bot may speak there.

        Direct messages are private as they are: what is said there stays, and a phone shows it. What lets
        somebody in does not stay there either.
        """
        place: dict[str, Any] = {"channel": origin.channel, "thread_ts": origin.thread or None}
        try:
            if message.public or (Place(origin.channel).direct and not message.fleeting):
                await self._post(place, body)
            else:
                await self._whisper(place, who, body)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.info("no answer where it was asked", reason=_reason(error))
            return False
        return True

    async def _whisper(self, place: Mapping[str, Any], who: str, body: Mapping[str, Any]) -> None:
        async def whisper(drawn: Mapping[str, Any]) -> object:
            return await self._client.chat_postEphemeral(**place, user=who, **drawn)

        await self._drawable.sent(whisper, body)

    async def _post(self, place: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        async def post(drawn: Mapping[str, Any]) -> object:
            return await self._client.chat_postMessage(**place, **NO_PREVIEWS, **drawn)

        await self._drawable.sent(post, body)


def _reason(error: Exception) -> str:
    return refusals.word(error) if isinstance(error, SlackApiError) else type(error).__name__
