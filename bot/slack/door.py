"""The whole door, joined: what people do goes to the dispatcher, what is said goes out by ``voice``."""

from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.command import Registry
from bot.dispatch import Cards, Dispatcher, Parts
from bot.features.rooms.book import Rooms
from bot.request_book import RequestBook
from bot.settings import Settings
from bot.slack.acks import Observe
from bot.slack.answers import Answers
from bot.slack.connect import Connection
from bot.slack.direct import Direct
from bot.slack.form_door import FormDoor
from bot.slack.form_opening import FormOpening
from bot.slack.form_views import FormViews
from bot.slack.home import Home
from bot.slack.listeners import Listeners
from bot.slack.lost_posts import LostPosts
from bot.slack.people import People
from bot.slack.reach import Reach
from bot.slack.render import Renderer
from bot.slack.sender import SlackSender
from bot.slack.sentences import Sentences
from bot.slack.voice import SlackVoice
from bot.store import Database
from bot.tasks import Tasks
from bot.wording import Plain
from bot.work.posts import PostLane, Posts

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp


class SlackDoor:
    """Made before the dispatcher, which speaks by ``voice``; ``joins`` knows it, ``open`` lets people in."""

    def __init__(
        self,
        connection: Connection,
        registry: Registry,
        posts: Posts,
        clock: Clock,
        tasks: Tasks,
        plain: Plain,
    ) -> None:
        client = connection.client
        self._connection = connection
        self._posts = posts
        self._tasks = tasks
        self._plain = plain
        self._direct = Direct(client)
        self._renderer = Renderer(Sentences(plain.command, plain.catalogue))
        self._people = People(client, connection.identity.team, clock)
        self._views = FormViews(self._renderer)
        self._forms = FormOpening(client, registry, self._views)
        reach = Reach(client, clock)
        answers = Answers(connection.session, client, self._direct, clock)
        self.voice = SlackVoice(
            reach, self._renderer, self._people, answers, posts, self._forms, self._redraw
        )

    def lane(self, db: Database, requests: RequestBook) -> PostLane:
        """What carries posts, each channel's in order."""
        sender = SlackSender(self._connection.once, self._direct)
        return PostLane(db, sender, self._lost(db, requests).tell)

    def joins(self, dispatcher: Dispatcher, parts: Parts) -> None:
        """Take what came into being after it: from now on Home can be drawn."""
        self._home = self._home_of(dispatcher, parts)

    def open(self, dispatcher: Dispatcher, parts: Parts, observe: Observe, settings: Settings) -> "AsyncApp":
        """The Bolt app: whatever brings payloads hands them to it. ``observe`` is told how long acks took."""
        from bot.slack.app import build  # noqa: PLC0415 -- Bolt is half of a start, and only ``serve`` has a door

        listeners = Listeners(
            self._connection.identity,
            dispatcher,
            self.voice,
            self._form_door(dispatcher, parts),
            self._home,
            self._lost(parts.db, parts.requests),
            self._tasks,
            observe,
        )
        return build(
            listeners,
            self._connection,
            command=settings.hms_bot_command,
        )

    def _redraw(self, who: str) -> None:
        self._tasks.spawn(self._home.show(who))

    def _home_of(self, dispatcher: Dispatcher, parts: Parts) -> Home:
        rooms: Rooms = parts.books[Rooms]
        cards, client = Cards(self._plain), self._connection.client
        return Home(client, self._people, parts.access, dispatcher, rooms.bindings, cards, self._renderer)

    def _form_door(self, dispatcher: Dispatcher, parts: Parts) -> FormDoor:
        return FormDoor(
            parts.registry,
            dispatcher,
            self._people,
            parts.access,
            parts.names_for,
            self._forms,
            self._views,
        )

    def _lost(self, db: Database, requests: RequestBook) -> LostPosts:
        return LostPosts(db, self._posts, requests, self._renderer)
