"""Where the bot can post, as Slack said within the last minute; a no may be put right at any moment."""

from datetime import timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.errors import UserError
from bot.reply import Place
from bot.slack import refusals
from bot.slack.remembered import Remembered

FRESH = timedelta(minutes=1)
MOST = 5000


class Reach:
    """Asks Slack once a minute for each channel it is in; people can always be written to."""

    def __init__(self, client: AsyncWebClient, clock: Clock) -> None:
        self._client = client
        self._reached: Remembered[bool] = Remembered(clock, FRESH, MOST)

    async def reaches(self, channel: str) -> bool:
        """Whether the bot may post there. Raises UserError when Slack cannot say."""
        if Place(channel).direct or self._reached.get(channel):
            return True
        return await self._is_member(channel) and self._reached.put(channel, True)

    async def _is_member(self, channel: str) -> bool:
        try:
            found = (await self._client.conversations_info(channel=channel))["channel"]
        except (SlackApiError, ClientError, TimeoutError) as error:
            if isinstance(error, SlackApiError) and refusals.word(error) in refusals.NOT_THERE:
                return False
            if isinstance(error, SlackApiError) and refusals.word(error) == "missing_scope":
                raise UserError(
                    "I cannot see who reads a group message, so nothing is done from there. "
                    "Ask in a channel, or write to me alone."
                ) from error
            raise UserError(
                "Slack cannot say whether I am in this channel. Try again in a minute."
            ) from error
        return bool(found.get("is_member")) and not found.get("is_archived")
