"""Home, for everybody, also without rights: who you are here, what waits for you, the rooms of channels."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.access import ANYWHERE
from bot.dispatch import ledger
from bot.dispatch.dispatcher import Dispatcher
from bot.features.room.book import Binding
from bot.people import Actor, Level, Yes
from bot.reply import Channel, Code, Message, Reply
from bot.request.request import Origin, Request
from bot.slack import DOOR, refusals
from bot.slack.drawing.blocks import Element, header
from bot.slack.drawing.render import Renderer
from bot.slack.people import People

log = structlog.get_logger()

Bound = Callable[[], Awaitable[Sequence[Binding]]]

MOST_REQUESTS = 20
MOST_ROOMS = 50


@dataclass(frozen=True)
class Home:
    """Publishes the page; ``bound`` lists which channel speaks for which room."""

    client: AsyncWebClient
    people: People
    road: Dispatcher
    bound: Bound
    renderer: Renderer

    async def show(self, who: str) -> None:
        """Bring somebody's Home up to date."""
        actor = await self.people.actor(who)
        verdict = await self.road.access.may(actor, Level.VIEWER, room=ANYWHERE)
        level = Reply("Your level is {level}.", level=verdict.level.term) if verdict.allowed else verdict.why
        requests = [] if actor.barred else await ledger.waiting_for(self.road, who)
        blocks = [*self._greeting(actor, level), *self._waiting(actor, requests)]
        if verdict.allowed:
            rooms = _rooms(await self._theirs(actor))
            blocks += [header(self._word("Rooms")), *self.renderer.reply(rooms)]
        try:
            await self.client.views_publish(user_id=who, view={"type": "home", "blocks": blocks})
        except (SlackApiError, ClientError, TimeoutError) as error:
            await self._not_shown(who, error)

    async def _not_shown(self, who: str, error: Exception) -> None:
        """Tell who opened it: what stands there is old, and nothing else says so."""
        why = refusals.word(error) if isinstance(error, SlackApiError) else type(error).__name__
        log.warning("Home could not be shown", reason=why)
        told = Reply(
            "Slack does not let me show you Home ({reason}). What you can do by words: {line}.",
            reason=Code(why),
            line=Code("/hms help"),
        )
        await self.road.voice.answer(Origin(DOOR, "home"), who, Message(told))

    async def _theirs(self, actor: Actor) -> Sequence[Binding]:
        """The channels that speak for a room into which this person may look."""
        bound = await self.bound()
        rooms = [binding.room.id for binding in bound]
        mine = await self.road.access.among(actor, Level.VIEWER, rooms)
        return [binding for binding in bound if binding.room.id in mine]

    def _greeting(self, actor: Actor, level: Reply) -> Iterator[Element]:
        yield header(self._word("Your rooms on 100ms"))
        hello = Reply("You are {who}.", who=actor.mention) + level
        yield from self.renderer.reply(
            hello + Reply("Everything you can do: {line}.", line=Code("/hms help"))
        )

    def _waiting(self, actor: Actor, requests: Sequence[Request]) -> Iterator[Element]:
        yield header(self._word("What waits for you"))
        if not requests:
            yield from self.renderer.reply(Reply("Nothing waits for you."))
        for number, request in enumerate(requests[:MOST_REQUESTS]):
            theirs = (request.yes is Yes.ACTOR) is (request.actor.id == actor.id)
            yield from self.renderer.reply(_asked(request, theirs=theirs), tables=False)  # Home takes none
            if theirs:
                yield from self.renderer.actions(self.road.cards.choices(request), first=10 * number)

    def _word(self, text: str) -> str:
        return self.renderer.sentences.label(text)


def _asked(request: Request, *, theirs: bool) -> Reply:
    """A request as somebody reads it who can decide it (``theirs``), or who asked for it and waits."""
    said = Reply(
        "Request {number} by {by}: {line}.",
        number=str(request.id),
        by=request.actor.mention,
        line=Code(f"/hms {request.sentence}"),
    )
    consequence = said + request.consequence if request.consequence else said
    if request.expires_at is None:
        return consequence
    if theirs:
        return consequence + Reply("It waits for you until {until}.", until=request.expires_at)
    return consequence + Reply(
        "It waits for {whom} until {until}.", whom=request.yes.whom, until=request.expires_at
    )


def _rooms(bound: Sequence[Binding]) -> Reply:
    if not bound:
        return Reply("No channel speaks for a room yet. An admin can change that: /hms room bind.")
    lines = [
        Reply("\n{room} in {channel}", room=binding.room, channel=Channel(binding.channel))
        for binding in bound[:MOST_ROOMS]
    ]
    return sum(lines[1:], start=lines[0])
