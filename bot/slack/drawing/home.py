"""Home, for everybody, also without rights: live rooms with their acts, what waits, what is wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.access import ANYWHERE, EVERYWHERE, Rights
from bot.dispatch import saying
from bot.dispatch.context import context
from bot.dispatch.dispatcher import Dispatcher
from bot.features.doctor.checks import A_DAY, came
from bot.features.room import cockpit
from bot.features.room.cache import RoomCache
from bot.features.room.cockpit import Sight
from bot.features.room.overview import Overview, overview
from bot.features.schedule.coming import coming
from bot.hms import HmsError
from bot.people import Actor, Level
from bot.reply import Button, Code, Counted, Invocation, Message, Reply, Row, Term
from bot.request.request import Origin, Request
from bot.slack import DOOR, refusals
from bot.slack.drawing.charts import with_few_charts
from bot.slack.drawing.drawable import Drawable
from bot.slack.drawing.limits import VIEW_BLOCKS
from bot.slack.drawing.render import Drawn, Renderer
from bot.slack.people import People
from bot.work.inbox import Inbox, Received

log = structlog.get_logger()

# Of a hundred blocks a live room takes two, what waits two, another room one, and the rest fits besides.
MOST_LIVE = 20
MOST_WAITING = 10
MOST_QUIET = 20
MOST_NAMED = 50
NOTHING = Overview((), ())
NOTHING_CAME = Received(0, 0, 0)
HELP = Reply("All else is typed behind /hms.", buttons=[Button("Everything you can do", Invocation("help"))])

Waiting = Sequence[tuple[Request, Row]]
Health = Callable[[], Sequence[Term]]


@dataclass(frozen=True)
class Home:
    """Publishes the page; ``health`` says what is not in order."""

    client: AsyncWebClient
    people: People
    road: Dispatcher
    renderer: Renderer
    drawable: Drawable
    health: Health

    async def show(self, *everybody: str, opened: bool = False) -> None:
        """Bring the Homes of these people up to date: the rooms are looked at once for all of them.

        Who has just ``opened`` theirs is told where Slack does not let it be shown.
        """
        actors = [await self.people.actor(who) for who in everybody]
        seen = await self._seen([actor for actor in actors if not actor.barred])
        received = await self._received(actors)
        await self._publish(actors, seen, received, opened=opened)
        if seen and seen.nameless:  # found out when the page is there, and once for each
            known = self.road.books[RoomCache]
            await known.learn(seen.nameless)
            await self._publish(actors, seen.called(known), received)

    async def _not_shown(self, who: str, why: str) -> None:
        """Tell who opened it: what stands there is old, and nothing else says so."""
        told = Reply(
            "Slack does not let me show you Home ({reason}). What you can do by words: {line}.",
            reason=Code(why),
            line=Code("/hms help"),
        )
        await self.road.voice.answer(Origin(DOOR, "home"), who, Message(told))

    async def _seen(self, actors: Sequence[Actor]) -> Overview | None:
        """What is to be seen by any of them; None where 100ms does not say."""
        if not actors:
            return NOTHING
        ctx = context(self.road, actors[0], Origin(DOOR, ""))
        try:
            found = await overview(ctx)
            return found.expecting(await coming(ctx, [one.room.id for one in (*found.live, *found.quiet)]))
        except HmsError:
            return None

    async def _publish(
        self, actors: Sequence[Actor], seen: Overview | None, received: Received, *, opened: bool = False
    ) -> None:
        for actor in actors:
            why = await self._refused(actor, seen, received)
            if why and opened:
                await self._not_shown(actor.id, why)

    async def _refused(self, actor: Actor, seen: Overview | None, received: Received) -> str:
        """Show it; answers why Slack does not, empty when it does."""
        page = await self._page(actor, seen, received)
        view = {"type": "home", "blocks": self._blocks(actor, await saying.page(self.road, page))}

        async def publish(drawn: Mapping[str, Any]) -> object:
            return await self.client.views_publish(user_id=actor.id, view=dict(drawn))

        try:
            await self.drawable.sent(publish, view)
        except (SlackApiError, ClientError, TimeoutError) as error:
            why = refusals.word(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("a Home was not drawn", reason=why)  # the others are, and later this too
            return why
        return ""

    def _blocks(self, actor: Actor, page: Sequence[Message]) -> list[Drawn]:
        drawing, number, blocks = self.renderer.read_in(actor.zone), 0, []
        for message in page:
            blocks += drawing.blocks(message, number, charts=True)
            number += len(message.buttons) + sum(len(row.buttons) for row in message.rows)
        return with_few_charts(blocks)[:VIEW_BLOCKS]

    async def _page(self, actor: Actor, seen: Overview | None, received: Received) -> list[Message]:
        rights = await self.road.access.rights(actor)
        looks = rights(Level.VIEWER, ANYWHERE)
        if not looks.allowed:
            return [_stranger(actor, looks.why)]
        waiting, more = await self.road.road_of(self.road).rows(actor, MOST_WAITING)
        reader = Reader(rights, waiting, self.road.clock())
        mine = _theirs(seen or NOTHING, rights)
        told = received if rights(Level.ADMIN, EVERYWHERE).allowed else NOTHING_CAME
        return [
            _greeting(actor, looks.level, self.health(), told, sees=seen is not None),
            *_live(mine, reader),
            *_waiting(mine, reader, more),
            *_quiet(mine, reader),
            Message(HELP),
        ]

    async def _received(self, actors: Sequence[Actor]) -> Received:
        """What 100ms told within a day, for those who can mend it: all of a day is counted once for them."""
        admins = await self.road.access.admins()
        if not any(actor.id in admins for actor in actors):
            return NOTHING_CAME
        async with self.road.db.read() as tx:
            return await self.road.books[Inbox].received(tx, self.road.clock() - A_DAY)


@dataclass(frozen=True)
class Reader:
    """Whose page it is: what they may do, what waits for them, and when they read it."""

    rights: Rights
    waiting: Waiting
    now: datetime

    def block(self, sight: Sight) -> Reply:
        """A live room, with what waits there and what they may do."""
        there = [row for request, row in self.waiting if request.room == sight.room.id]
        return cockpit.block(sight, self.now, self._may(sight), there)

    def row(self, sight: Sight) -> Row:
        """A room where nobody is, in a line of its own."""
        may = self._may(sight)
        details = Button("Details", Invocation("room show", room=sight.room))
        said = cockpit.block(sight, self.now, may).without_buttons()
        return Row(said, (*cockpit.acts(sight, may), details), menu=True)

    def _may(self, sight: Sight) -> cockpit.May:
        return lambda level: self.rights(level, sight.room.id).allowed


def _theirs(seen: Overview, rights: Rights) -> Overview:
    """What of all that somebody may look into."""

    def mine(sights: Sequence[Sight]) -> list[Sight]:
        return [sight for sight in sights if rights(Level.VIEWER, sight.room.id).allowed]

    more = seen.more and rights(Level.VIEWER, EVERYWHERE).allowed
    return replace(seen, live=mine(seen.live), quiet=mine(seen.quiet), more=more)


def _stranger(actor: Actor, why: Reply) -> Message:
    """What somebody can do who may do nothing yet, and whom to ask."""
    title = Reply("Your rooms on 100ms")
    if actor.barred:
        return Message(why, title=title)
    button = Button("What can I do?", Invocation("help"))
    can = Reply("Until then you can read how everything is written.", buttons=[button])
    return Message(why + can, title=title)


def _greeting(
    actor: Actor, level: Level, wrong: Sequence[Term], received: Received, *, sees: bool
) -> Message:
    said = Reply("You are {who}, {level}.", who=actor.mention, level=level.noun)
    if not sees:
        said += Reply("\n100ms does not answer right now, so no room can be shown. Look again in a minute.")
    if wrong:
        said += Reply("\nNot in order: {what}.", what=tuple(wrong))
    if received.received:
        said += Reply("\n") + came(received)
    return Message(said, title=Reply("Your rooms on 100ms"))


def _live(mine: Overview, reader: Reader) -> Iterator[Message]:
    title = Reply("Live now")
    if not mine.live:
        yield Message(Reply("Nobody is in a room of yours."), title=title)
    for number, sight in enumerate(mine.live[:MOST_LIVE]):
        yield Message(reader.block(sight), title=None if number else title)
    more = mine.live[MOST_LIVE:]
    if more:
        yield Message(_also_live(more))


def _also_live(more: Sequence[Sight]) -> Reply:
    named = tuple(
        Reply("{room} · {people}", room=sight.room, people=sight.people or "") for sight in more[:MOST_NAMED]
    )
    rooms = Counted(len(more), "more room is live", "more rooms are live")
    return sum((Reply("\n") + one for one in named), start=Reply("{rooms}:", rooms=rooms))


def _waiting(mine: Overview, reader: Reader, unshown: int) -> Iterator[Message]:
    """What waits in no live room that is shown."""
    shown = {sight.room.id for sight in mine.live[:MOST_LIVE]}
    rows = [row for request, row in reader.waiting if request.room not in shown]
    if not reader.waiting:
        yield Message(Reply("Nothing waits for you."), title=Reply("What waits for you"))
    elif rows:
        yield Message(
            Reply("In rooms where nobody is, or in none.").with_rows(rows), title=Reply("What waits for you")
        )
    if unshown > 0:
        button = Button("All that waits", Invocation("approval list"))
        requests = Counted(unshown, "more request waits", "more requests wait")
        yield Message(Reply("{requests}.", requests=requests, buttons=[button]))


def _quiet(mine: Overview, reader: Reader) -> Iterator[Message]:
    """The other rooms; those for which there is no place are counted."""
    rows = [reader.row(sight) for sight in mine.quiet[:MOST_QUIET]]
    more = len(mine.quiet) - len(rows)
    if rows:
        rooms = Counted(len(mine.quiet), "room", "rooms")
        said = Reply("The newest {rooms}.", rooms=rooms) if mine.more else Reply("{rooms}.", rooms=rooms)
        yield Message(said.with_rows(rows), title=Reply("Where nobody is"))
    if more > 0 or mine.more:
        button = Button("All rooms", Invocation("room list"))
        yield Message(_unseen(Counted(more, "room", "rooms"), button, uncounted=mine.more))


def _unseen(rooms: Counted, button: Button, *, uncounted: bool) -> Reply:
    if uncounted:
        return Reply("{rooms} more, and all that are older.", rooms=rooms.number, buttons=[button])
    return Reply("{rooms} more.", rooms=rooms, buttons=[button])
