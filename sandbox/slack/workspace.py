"""The emulated workspace: its people, what they see, and what they do."""

import asyncio
from dataclasses import replace

from sandbox.slack import direct, forms, happenings, interactions, slash
from sandbox.slack.changes import Change
from sandbox.slack.choices import Json, Values
from sandbox.slack.conversations import Channel
from sandbox.slack.delivery import Ack, Delivery
from sandbox.slack.escaping import as_message
from sandbox.slack.files import File
from sandbox.slack.installation import BOT_EVENTS, BOT_SCOPES, Installation
from sandbox.slack.interactions import Source, Touch
from sandbox.slack.messages import Clock, Message
from sandbox.slack.people import ADA, TEAM, Person
from sandbox.slack.refusal import Refusal
from sandbox.slack.state import Outcome, State
from sandbox.slack.views import View


class Workspace:
    """Act as any of the people of a workspace in which the bot is installed, and see what they see.

    People, channels, messages and views are named by their ids (``U0MO``, ``C0CLASSES``, a ``ts``, ``V01``).
    What Slack would not let a person do raises ``Refusal``; what the app fails to do is in the ``Outcome``.
    """

    def __init__(  # noqa: PLR0913 - all that is settled when an app is installed
        self,
        clock: Clock,
        *,
        signing_secret: str,
        bot_token: str,
        app_token: str,
        team: str = TEAM,
        command: str = "/hms",
        scopes: frozenset[str] = BOT_SCOPES,
        events: frozenset[str] = BOT_EVENTS,
    ) -> None:
        installation = Installation(
            signing_secret, bot_token, app_token, team=team, command=command, scopes=scopes, events=events
        )
        self.state = State(clock, installation)
        self.directory = self.state.directory
        self.switches = self.state.switches
        self.installation = installation
        self._suggested: dict[str, list[Json]] = {}

    def connect(self, delivery: Delivery) -> None:
        """Choose the way in which the app hears of what people do."""
        self.state.delivery = delivery

    def listens_at(self, address: str) -> None:
        """Say under which address the app reaches this workspace, such as ``http://127.0.0.1:8402``."""
        self.state.address = address.rstrip("/")

    # What people see

    @property
    def revision(self) -> int:
        """Count every change so far."""
        return self.state.changes.revision

    def subscribe(self) -> asyncio.Queue[Change]:
        """Get a queue that receives every change from now on; give it back to ``unsubscribe``."""
        return self.state.changes.subscribe()

    def unsubscribe(self, queue: asyncio.Queue[Change]) -> None:
        """Stop filling a queue."""
        self.state.changes.unsubscribe(queue)

    def people(self) -> list[Person]:
        """List every account, the bot's included."""
        return self.directory.people()

    def channels(self, person: str) -> list[Channel]:
        """List what stands in somebody's sidebar; a direct channel with the bot is always there."""
        self.directory.direct(person, self.installation.bot_user)
        return self.directory.channels_of(person)

    def sees(self, person: str, channel: str) -> list[Message]:
        """List what somebody sees in a channel, threads and own ephemerals included, oldest first."""
        self.directory.joined(channel, person)
        return self.state.messages.seen_by(person, channel)

    def message(self, person: str, channel: str, ts: str) -> Message:
        """Find one message that somebody sees; refuses with ``message_not_found``."""
        for message in self.sees(person, channel):
            if message.ts == ts:
                return message
        raise Refusal("message_not_found")

    def files(self, person: str) -> list[File]:
        """List the files that somebody sees anywhere."""
        return [
            file
            for channel in self.channels(self.state.somebody(person).id)
            for message in self.sees(person, channel.id)
            for file in message.files
        ]

    def home(self, person: str) -> View | None:
        """Find what the app's Home shows to somebody, None before it was published."""
        return self.state.views.home(person)

    def views_of(self, person: str) -> list[View]:
        """List the forms open before somebody, the one on top last."""
        return self.state.views.of(person)

    def view(self, person: str, view_id: str) -> View:
        """Find one form or Home of somebody; refuses with ``not_found``."""
        view = self.state.views.find(view_id)
        if view.person != person:
            raise Refusal("not_found")
        return view

    # What people do

    async def says(self, person: str, channel: str, text: str, thread_ts: str | None = None) -> Outcome:
        """Send a line: a message, a mention of the bot, or a slash command."""
        speaker = self.state.somebody(person)
        place = self.directory.joined(channel, person)
        if place.is_archived:
            raise Refusal("is_archived")
        if text.startswith("/"):
            return await slash.command(self.state, speaker, place, text, thread_ts)
        with_app = direct.is_with_app(self.state, place)
        if with_app and not self.installation.typed_to:
            raise Refusal("messages_tab_disabled")
        said = as_message(text, self.directory, person)
        message = self.state.messages.add(Message(place.id, speaker.id, said, thread_ts=thread_ts))
        bot = self.installation.bot_user
        if with_app:
            await direct.written(self.state, message, speaker)
        elif f"<@{bot}>" in said and bot in place.members:
            await self.state.deliver_event(self.state.payloads.app_mention(message, speaker), place)
        return Outcome()

    async def edits(self, person: str, message: Message, text: str) -> Outcome:
        """Change what somebody said before."""
        if message.user != self.state.somebody(person).id:
            raise Refusal("cant_update_message")
        after = self.state.messages.edit(message, as_message(text, self.directory, person), ())
        if direct.is_with_app(self.state, self.directory.channel(message.channel)):
            await direct.edited(self.state, message, after)
        return Outcome()

    async def clicks(
        self,
        person: str,
        source: Source,
        action_id: str,
        *,
        block_id: str | None = None,
        values: Values | None = None,
    ) -> Outcome:
        """Press a button of a message (as it was seen: it may have changed since), a form or Home."""
        return await self.selects(person, source, action_id, None, block_id=block_id, values=values)

    async def selects(
        self,
        person: str,
        source: Source,
        action_id: str,
        value: object,
        *,
        block_id: str | None = None,
        values: Values | None = None,
    ) -> Outcome:
        """Choose in an element: an option's value, a list of them, an id, a date; see ``choices.chosen``.

        ``values`` is what else is filled in there, raw, by ``block_id`` and ``action_id``.
        """
        faced = self._facing(person, source)
        suggested = self._suggested.get(person, [])
        actor = self.state.somebody(person)
        touch = Touch(actor, faced, action_id, block_id, value, values or {}, suggested)
        return await interactions.act(self.state, touch)

    async def searches(
        self, person: str, source: Source, action_id: str, typed: str, *, block_id: str | None = None
    ) -> Outcome:
        """Type into an ``external_select``: the outcome has the options that the app offers."""
        faced = self._facing(person, source)
        touch = Touch(self.state.somebody(person), faced, action_id, block_id, typed)
        outcome = await interactions.suggest(self.state, touch)
        self._suggested.setdefault(person, []).extend(outcome.options)
        return outcome

    async def submits(self, person: str, view_id: str, values: Values | None = None) -> Outcome:
        """Hand a form in; ``values`` are as in ``selects``, and what is missing there stays as it was."""
        view = self.view(person, view_id)
        suggested = self._suggested.get(person, [])
        return await forms.submit(self.state, self.state.somebody(person), view, values or {}, suggested)

    async def closes(self, person: str, view_id: str, *, cleared: bool = False) -> Outcome:
        """Close a form, or with ``cleared`` every open one."""
        view = self.view(person, view_id)
        return await forms.close(self.state, self.state.somebody(person), view, cleared=cleared)

    async def opens_home(self, person: str) -> View | None:
        """Look at the app's Home: the app hears of it; what it showed until now comes back at once."""
        visitor = self.state.somebody(person)
        channel = self.directory.direct(person, self.installation.bot_user)
        home = self.home(person)
        ts = self.state.messages.next_ts()
        await self.state.deliver_event(self.state.payloads.home_opened(visitor, channel, home, ts))
        return self.home(person)

    async def shortcut(self, person: str, callback_id: str, message: Message | None = None) -> Outcome:
        """Run a shortcut of the app, on a message or anywhere."""
        return await interactions.shortcut(self.state, self.state.somebody(person), callback_id, message)

    # What else happens; the bot hears of it where its manifest subscribes to it

    def arrives(self, person: Person, *channels: str) -> Person:
        """Give somebody an account, or change the one with this id, and let them into channels."""
        return happenings.arrive(self.state, person, channels)

    def gathers(self, *people: str) -> Channel:
        """Open the group messages of some people and the bot."""
        return happenings.gather(self.state, people)

    async def leaves(self, person: str, channel: str) -> Ack:
        """Let somebody, or the bot, leave a channel."""
        return await happenings.leave(self.state, person, channel)

    async def archives(self, channel: str, by: str = ADA.id) -> Ack:
        """Close a channel: nothing can be posted there any more."""
        return await happenings.archive(self.state, channel, by)

    async def unarchives(self, channel: str, by: str = ADA.id) -> Ack:
        """Open a closed channel again."""
        return await happenings.unarchive(self.state, channel, by)

    async def renumbers(self, channel: str, new_id: str) -> Ack:
        """Give a channel another id; the old one is not found any more."""
        return await happenings.renumber(self.state, channel, new_id)

    async def revokes(self) -> Ack:
        """Take the bot's token back; ``switches.bot_token = None`` gives it again."""
        return await happenings.revoke(self.state)

    async def uninstalls(self) -> Ack:
        """Throw the app out; ``switches.bot_token = None`` installs it again."""
        return await happenings.uninstall(self.state)

    async def limits_events(self) -> Ack:
        """Tell the app that it is sent too many events."""
        return await happenings.limit_events(self.state)

    async def settles(self) -> None:
        """Wait until the app has heard of everything that it did itself."""
        await self.state.settle()

    async def happens(self, event: Json) -> Ack:
        """Tell the app of any event, as it stands inside of a payload."""
        return await self.state.deliver_event({"event_ts": self.state.messages.next_ts(), **event})

    def _facing(self, person: str, source: Source) -> Source:
        """Make sure that this person is shown what they touch: as it was seen, with what is filled in now."""
        if isinstance(source, View):
            return replace(source, values=self.view(person, source.id).values)
        self.directory.joined(source.channel, person)
        if source.only_for not in {None, person}:
            raise Refusal("message_not_found")
        return source
