"""All that the emulated workspace remembers, in its parts."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.slack.app import App
from sandbox.slack.changes import Changes
from sandbox.slack.choices import Json
from sandbox.slack.conversations import Channel, Directory
from sandbox.slack.delivery import Ack, Delivery, Nowhere, Payload
from sandbox.slack.installation import Installation
from sandbox.slack.limits import Limits
from sandbox.slack.messages import Clock, Message, Messages
from sandbox.slack.organisation import Organisation
from sandbox.slack.payloads import Payloads
from sandbox.slack.people import SLACKBOT, Person
from sandbox.slack.refusal import Refusal
from sandbox.slack.switches import Switches
from sandbox.slack.tickets import ResponseUrls, Triggers
from sandbox.slack.uploads import Uploads
from sandbox.slack.views import Views

REMEMBERED = 100


@dataclass(frozen=True)
class Outcome:
    """What a person notices at once of what they did.

    ``error`` is Slack's word for what went wrong: ``operation_timeout`` or ``dispatch_failed`` when the app
    did not answer as it must. ``errors`` says what is wrong in a form, by ``block_id``; ``options`` are those
    that an ``external_select`` offers.
    """

    error: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[Json] = ()


class State:
    """The parts of the workspace, and the way from them to the app."""

    def __init__(self, clock: Clock, installation: Installation) -> None:
        self._clock = clock
        self.installation = installation
        self.switches = Switches()
        self.organisation = Organisation(self.switches, installation.team)
        self.changes = Changes()
        self.directory = Directory(installation.team)
        self.messages = Messages(self.clock, self.changes)
        self.views = Views(self.changes)
        self.triggers = Triggers(clock)
        self.response_urls = ResponseUrls(clock)
        self.uploads = Uploads(clock)
        self.payloads = Payloads(installation, self.organisation)
        self.limits = Limits(clock)
        self.delivery: Delivery = Nowhere()
        self.address = "http://127.0.0.1"
        self.refused: deque[str] = deque(maxlen=REMEMBERED)  # what the app asked for wrongly, and why
        self._events = 0
        self._echoes: set[asyncio.Task[Ack]] = set()

    def clock(self) -> datetime:
        """Tell the time as Slack has it, which may be off."""
        return self._clock() + timedelta(seconds=self.switches.clock_off_s)

    @property
    def app(self) -> App:
        """Act as the installed app does."""
        return App(
            self.installation,
            self.directory,
            self.messages,
            self.views,
            self.triggers,
            self.response_urls,
            self.uploads,
            self.switches,
        )

    def somebody(self, person_id: str) -> Person:
        """Find who acts; a deleted account cannot."""
        person = self.directory.person(person_id)
        if person.deleted:
            raise Refusal("account_inactive")
        return person

    def respond_at(self, token: str) -> str:
        """Make the address behind which a ``response_url`` token is used."""
        return f"{self.address}/response/{token}"

    def upload_at(self, file_id: str) -> str:
        """Make the address to which the bytes of a file are sent."""
        return f"{self.address}/upload/v1/{file_id}"

    async def deliver_command(self, body: Mapping[str, Any]) -> Ack:
        """Tell the app of a slash command."""
        return await self.delivery.deliver(Payload("slash_commands", body))

    async def deliver_interaction(self, body: Mapping[str, Any]) -> Ack:
        """Tell the app of a click, a form or a shortcut."""
        return await self.delivery.deliver(Payload("interactive", body))

    async def deliver_event(self, event: Mapping[str, Any], channel: Channel | None = None) -> Ack:
        """Tell the app of an event it has subscribed to; every event has an id of its own."""
        if not self.installation.hears(event):
            return Ack()
        self._events += 1
        shared = channel is not None and channel.is_ext_shared
        at = int(self.clock().timestamp())
        return await self.deliver_outer(self.payloads.event(event, f"Ev0{self._events}", at, shared=shared))

    def echo(self, event: Mapping[str, Any]) -> None:
        """Tell the app of what it did itself, beside the answer to its call: Slack does not wait either."""
        if self.installation.hears(event):
            task = asyncio.get_running_loop().create_task(self.deliver_event(event))
            self._echoes.add(task)
            task.add_done_callback(self._echoes.discard)

    async def settle(self) -> None:
        """Wait until the app was told of everything that it did."""
        while self._echoes:
            await asyncio.gather(*self._echoes)

    async def deliver_outer(self, body: Mapping[str, Any]) -> Ack:
        """Tell the app of what comes as an event does, whether it has subscribed to it or not."""
        return await self.delivery.deliver(Payload("events_api", body))

    def slackbot_tells(
        self, person: Person, channel: Channel, text: str, thread_ts: str | None = None
    ) -> Message:
        """Let Slack itself tell somebody something that only they see."""
        return self.messages.add(
            Message(channel.id, SLACKBOT.id, text, thread_ts=thread_ts, only_for=person.id)
        )
