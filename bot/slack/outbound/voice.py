"""What the road says, said in Slack (``bot.command.ports.Voice``)."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import Actor
from bot.reply import File, Message, Place, Reply
from bot.request.request import Origin
from bot.slack import DOOR
from bot.slack.drawing.render import Drawn, Renderer
from bot.slack.drawing.whole import whole
from bot.slack.outbound.answers import Answers
from bot.slack.outbound.files import Files, announced
from bot.slack.outbound.form_opening import FormOpening
from bot.slack.outbound.outbox import FILE, Posts
from bot.slack.outbound.pages import Pages
from bot.slack.outbound.reach import Reach
from bot.slack.people import People

ZONE = 3.0  # seconds; Slack shows most times in the reader's own zone by itself

Redraw = Callable[[str], None]


@dataclass(frozen=True)
class SlackVoice:
    """The outward side of the door."""

    reach: Reach
    renderer: Renderer
    people: People
    answers: Answers
    files: Files
    posts: Posts
    forms: FormOpening
    pages: Pages
    redraw: Redraw

    def body(self, message: Message, zone: str = "UTC") -> Drawn:
        """A message as Slack takes it."""
        return self.renderer.read_in(zone).body(message)

    async def actor(self, who: str) -> Actor:
        """Who this is, as Slack said within the last minute."""
        return await self.people.actor(who)

    def has_left(self, who: str) -> bool:
        """Whether Slack has said within the last minute that they may not act; it is not asked anew."""
        return self.people.has_left(who)

    async def reaches(self, channel: str) -> bool:
        """Whether the bot may post there. Raises UserError when Slack cannot say."""
        return await self.reach.reaches(channel)

    async def answer(self, origin: Origin, who: str, message: Message) -> None:
        """Say something privately, at once; it is never written down."""
        if origin.door != DOOR:
            return  # who typed at a shell reads there what became of it
        zone = await self._zone(who)
        renderer = self.renderer.read_in(zone)
        message, body = whole(message, renderer)
        shown = replace(message, reply=announced(origin, message)) if message.reply.files() else message
        await self._say(origin, who, shown, zone, body if shown is message else renderer.body(shown))
        told = await self.files.send(origin, who, message, self.renderer.sentences.plain)
        if told:  # a view shows one thing at a time
            more = replace(message, reply=message.reply + told) if origin.view else Message(told, failed=True)
            await self._say(origin, who, more, zone, renderer.body(more))

    async def _say(self, origin: Origin, who: str, message: Message, zone: str, body: Drawn) -> None:
        if not (origin.view and await self.pages.say(origin.view, message, zone)):
            await self.answers.say(origin, who, message, body)

    async def _zone(self, who: str) -> str:
        """In which zone somebody reads; what they are told does not wait until Slack can say."""
        try:
            async with asyncio.timeout(ZONE):
                return (await self.people.actor(who)).zone
        except TimeoutError:
            return "UTC"

    def clicked(self, origin: Origin, who: str) -> None:
        """Draw Home anew for whoever pressed a button on it; a card is brought up to date by ``edit``."""
        if origin.door == DOOR and not origin.channel:
            self.redraw(who)

    async def pressed(self, tx: AsyncConnection, origin: Origin, token: str) -> None:
        """A card of which Slack's answer was lost is where it was pressed: from now on it can be edited."""
        if origin.door == DOOR and origin.message:
            await self.posts.found(tx, token, origin.channel, origin.message)

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
        if not (trigger and await self.forms.open(trigger, origin, who, words, values, problem)):
            message = self.forms.offer(words, values, problem)
            await self.answers.say(origin, who, message, self.forms.body(message))

    def show(
        self, tx: AsyncConnection, key: str, place: Place, message: Message, *, request: int = 0
    ) -> None:
        """Post what others see once ``tx`` is committed; what is there under this key is edited instead."""
        body, thread, under = self.body(message), place.thread or None, place.under or None
        self.posts.show(
            tx, key, place.channel, body, thread_ts=thread, under=under, request_id=request or None
        )
        for sentence, file in message.reply.files():
            below = f"{key}:{file.name}"
            self.posts.show(tx, below, place.channel, self._attached(sentence, file), under=key)

    def _attached(self, sentence: Reply, file: File) -> Drawn:
        """A file as it is posted, in the thread of what it belongs to."""
        title = self.renderer.sentences.plain.sentence(sentence, file.title)
        return {"text": file.name, "blocks": [], FILE: {**file.json(), "title": title}}
