"""Posts and edits on their way to Slack, for the post lane (``bot.slack.outbound.posts``)."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import refusals
from bot.slack.outbound.direct import Direct
from bot.slack.outbound.posts import Lost, Refused
from bot.work import Later

AGAIN = 2.0  # seconds, when Slack could not be reached at all


class SlackSender:
    """Carries what others see. Its client repeats nothing by itself: a post repeated is a post twice."""

    def __init__(self, client: AsyncWebClient, direct: Direct) -> None:
        self._client = client
        self._direct = direct

    async def post(self, channel: str, body: Mapping[str, Any], thread_ts: str | None) -> str:
        """Post to a channel, or to somebody's direct messages (a user id); answers Slack's ``ts``."""
        place = await self._place(channel)

        async def send() -> Any:
            return await self._client.chat_postMessage(
                channel=place, thread_ts=thread_ts, unfurl_links=False, unfurl_media=False, **body
            )

        return str((await _carried(send))["ts"])

    async def update(self, channel: str, ts: str, body: Mapping[str, Any]) -> None:
        """Make a message say this instead."""
        place = await self._place(channel)

        async def send() -> Any:
            return await self._client.chat_update(channel=place, ts=ts, **body)

        await _carried(send)

    async def _place(self, channel: str) -> str:
        """The channel itself, or the direct messages with this person, opened; that may be done twice."""

        async def find() -> str:
            return await self._direct.place(channel)

        try:
            return str(await _carried(find))
        except Lost as lost:
            raise Later(AGAIN) from lost


async def _carried(send: Callable[[], Awaitable[Any]]) -> Any:
    """Make one call and say what became of it in the post lane's terms."""
    try:
        return await send()
    except SlackApiError as error:
        if refusals.is_rate_limit(error):
            raise Later(refusals.wait(error)) from error
        if refusals.is_lost(error):
            raise Lost from error
        raise Refused(refusals.word(error)) from error
    except ClientConnectorError as error:  # never got there, so nothing was posted
        raise Later(AGAIN) from error
    except (ClientError, TimeoutError) as error:
        raise Lost from error
