"""Direct messages: a person is no place to post to until their conversation with the bot is opened."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.reply import Place


class Direct:
    """Opens conversations and remembers them; an id of Slack's stays what it is."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._opened: dict[str, str] = {}

    async def place(self, channel: str) -> str:
        """The channel to post to for a channel or a person. Raises SlackApiError."""
        if not Place(channel).person:
            return channel
        if channel not in self._opened:
            opened = await self._client.conversations_open(users=channel)
            self._opened[channel] = opened["channel"]["id"]
        return self._opened[channel]
