"""The whole door, joined: what people do goes to the dispatcher, what is said goes out by ``voice``."""

from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.command import Registry
from bot.dispatch.dispatcher import Dispatcher
from bot.features.subscription.book import Subscriptions
from bot.reply import Plain
from bot.settings import Settings
from bot.slack.connect import SlackConnection
from bot.slack.drawing.drawable import Drawable
from bot.slack.drawing.form_views import FormViews
from bot.slack.drawing.home import Home
from bot.slack.drawing.render import Renderer
from bot.slack.drawing.sentences import Sentences
from bot.slack.inbound.acks import Observe
from bot.slack.inbound.lateness import Lateness, Pulse
from bot.slack.outbound.answers import Answers
from bot.slack.outbound.direct import Direct
from bot.slack.outbound.files import Files
from bot.slack.outbound.form_opening import FormOpening
from bot.slack.outbound.homes import Homes
from bot.slack.outbound.lost_posts import LostPosts
from bot.slack.outbound.outbox import PostLane, Posts, Sender
from bot.slack.outbound.pages import Pages
from bot.slack.outbound.reach import Reach
from bot.slack.outbound.refused_posts import RefusedPosts
from bot.slack.outbound.voice import SlackVoice
from bot.slack.people import People
from bot.slack.remembered import Remembered
from bot.work.tasks import Tasks

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.slack.inbound.form_door import FormDoor


class SlackDoor:
    """Made before the dispatcher, which speaks by ``voice``; ``joins`` knows it, ``open`` lets people in."""

    def __init__(
        self,
        connection: SlackConnection,
        registry: Registry,
        posts: Posts,
        clock: Clock,
        tasks: Tasks,
        plain: Plain,
    ) -> None:
        client = connection.client
        self._connection = connection
        self._posts = posts
        self._clock = clock
        self._tasks = tasks
        self.plain = plain
        self.pulse = Pulse()
        self._lateness = Lateness(clock, connection.skew, self.pulse)
        self._direct = Direct(client)
        self._renderer = Renderer(Sentences(plain.command, plain.catalogue))
        self._people = People(client, connection.identity.team, clock)
        self._views = FormViews(self._renderer)
        self._forms = FormOpening(client, registry, self._views)
        self._pages = Pages(client, self._views, clock, tasks)
        reach = Reach(client, clock)
        self._drawable = Drawable(clock)
        answers = Answers(connection.session, client, self._direct, self._drawable, clock)
        files = Files(connection.session, client, self._direct)
        self.voice = SlackVoice(
            reach,
            self._renderer,
            self._people,
            answers,
            files,
            posts,
            self._forms,
            self._pages,
            self._redraw,
        )

    def lane(self, road: Dispatcher) -> PostLane:
        """What carries posts, each channel's in order."""
        connection = self._connection
        sender = Sender(connection.session, connection.once, self._direct, self._drawable)
        refused = RefusedPosts(
            self._posts, road.requests, road.books, self._renderer, road.work, road.access.admins
        )
        return PostLane(road.db, sender, self._lost(road).tell, refused.tell)

    def joins(self, dispatcher: Dispatcher) -> None:
        """Take what came into being after it: from now on Home can be drawn."""
        trouble = self._connection.trouble
        home = Home(
            self._connection.client, self._people, dispatcher, self._renderer, self._drawable, trouble
        )
        self.homes = Homes(dispatcher, home)
        self._forms.joins(dispatcher)

    def open(self, dispatcher: Dispatcher, observe: Observe, settings: Settings) -> "AsyncApp":
        """The Bolt app: whatever brings payloads hands them to it. ``observe`` is told how long acks took."""
        # Bolt is half of a start, and only ``serve`` has a door; so have the names of all emoji.
        from bot.slack.inbound.app import build  # noqa: PLC0415
        from bot.slack.inbound.listeners import MOST_HEARD, REPEATED, Listeners  # noqa: PLC0415

        listeners = Listeners(
            self._connection.identity,
            dispatcher,
            self.voice,
            self._form_door(dispatcher),
            self.homes,
            self._lost(dispatcher),
            self._tasks,
            observe,
            self._lateness,
            self._connection.troubles,
            Remembered(self._clock, REPEATED, MOST_HEARD),
        )
        return build(listeners, self._connection, command=settings.hms_bot_command)

    def _redraw(self, who: str) -> None:
        self._tasks.spawn(self.homes.touched(who))

    def _form_door(self, dispatcher: Dispatcher) -> "FormDoor":
        from bot.slack.inbound.form_door import FormDoor  # noqa: PLC0415 -- as above

        return FormDoor(dispatcher, self._people, self._forms, self._pages, self._views, self._lateness)

    def _lost(self, road: Dispatcher) -> LostPosts:
        return LostPosts(
            road.db,
            self._posts,
            road.requests,
            road.books[Subscriptions],
            self._renderer,
            road.access.admins,
        )
