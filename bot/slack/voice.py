"""What the road says, said in Slack (``bot.command.ports.Voice``)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.command.ports import Place
from bot.errors import UserError
from bot.message import Message
from bot.origin import Origin
from bot.people import Actor
from bot.reply import Reply
from bot.slack import refusals
from bot.slack.answers import Answers
from bot.slack.direct import is_person
from bot.slack.form_opening import FormOpening
from bot.slack.payloads import DOOR
from bot.slack.people import People
from bot.slack.remembered import Remembered
from bot.slack.render import Body, Renderer
from bot.work.posts import Posts

FRESH = timedelta(minutes=1)
MOST = 5000


class SlackVoice:
    """The outward side of the door."""

    def __init__(
        self,
        client: AsyncWebClient,
        renderer: Renderer,
        people: People,
        answers: Answers,
        posts: Posts,
        forms: FormOpening,
        clock: Clock,
    ) -> None:
        self._client = client
        self._renderer = renderer
        self._people = people
        self._answers = answers
        self._posts = posts
        self._forms = forms
        self._reached: Remembered[bool] = Remembered(clock, FRESH, MOST)

    def body(self, message: Message, zone: str = "UTC") -> Body:
        """A message as Slack takes it."""
        return self._renderer.read_in(zone).body(message)

    async def actor(self, who: str) -> Actor:
        """Who this is, as Slack said within the last minute."""
        return await self._people.actor(who)

    async def reaches(self, channel: str) -> bool:
        """Whether the bot may post there; it can always write to a person. Asked once a minute.

        Raises UserError when Slack cannot say.
        """
        if is_person(channel) or channel.startswith("D"):
            return True
        known = self._reached.get(channel)
        return self._reached.put(channel, await self._is_member(channel)) if known is None else known

    async def answer(self, origin: Origin, who: str, message: Message) -> None:
        """Say something privately, at once; it is never written down."""
        if origin.door != DOOR:
            return  # who typed at a shell reads there what became of it
        reader = await self._people.actor(who)
        await self._answers.say(origin, who, message, self.body(message, reader.zone))

    async def form(
        self,
        origin: Origin,
        who: str,
        trigger: str,
        words: str,
        values: Mapping[str, Any],
        problem: Reply | None,
    ) -> None:
        """Open the form of a command, filled with what is known; where none can open, a button that does."""
        if not (trigger and await self._forms.open(trigger, origin, words, values, problem)):
            message = self._forms.offer(words, values, problem)
            await self._answers.say(origin, who, message, self._forms.body(message))

    async def post(
        self, tx: AsyncConnection, key: str, place: Place, message: Message, *, request: int = 0
    ) -> None:
        """Plan something that others see, once per ``key``."""
        body = self.body(message)
        thread = place.thread or None
        await self._posts.plan(tx, key, place.channel, body, thread_ts=thread, request_id=request or None)

    async def edit(self, tx: AsyncConnection, key: str, message: Message) -> None:
        """Bring what was posted under ``key`` up to date; several waiting edits are one."""
        await self._posts.edit(tx, key, self.body(message))

    async def _is_member(self, channel: str) -> bool:
        try:
            found = (await self._client.conversations_info(channel=channel))["channel"]
        except SlackApiError as error:
            if refusals.word(error) in refusals.NOT_THERE:
                return False
            raise UserError(
                "Slack cannot say whether I am in this channel. Try again in a minute."
            ) from error
        except (ClientError, TimeoutError) as error:
            raise UserError(
                "Slack cannot say whether I am in this channel. Try again in a minute."
            ) from error
        return bool(found.get("is_member")) and not found.get("is_archived")
