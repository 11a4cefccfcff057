"""Where one tab of the browser sits: as whom, and in front of which channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

from sandbox.slack.conversations import Channel
from sandbox.slack.page.reader import Reader
from sandbox.slack.people import MO, Person
from sandbox.slack.refusal import Refusal
from sandbox.slack.workspace import Workspace

DUTIES: Mapping[str, str] = MappingProxyType(
    {"U0VI": "viewer", "U0MO": "moderator", "U0MAX": "moderator", "U0ADA": "admin", "U0GIA": "guest"}
)
HOME = "home"
APP = "app"


@dataclass(frozen=True)
class Seat:
    """One person in front of one channel, or with ``channel`` None of the app's Home.

    ``app`` is the bot's user id; ``names`` are everybody's, by id.
    """

    person: Person
    channel: Channel | None
    app: str
    names: Mapping[str, str]

    @property
    def key(self) -> str:
        """What stands in the address for this channel."""
        if self.channel is None:
            return HOME
        return APP if self.is_app else self.channel.id

    @property
    def is_app(self) -> bool:
        """Whether these are the direct messages with the app."""
        return self.channel is not None and self.channel.is_im and self.other(self.channel) == self.app

    @property
    def title(self) -> str:
        """What stands above the conversation and in the name of its box."""
        if self.channel is None:
            return f"Home of {self.names[self.app]}"
        name = self.called(self.channel)
        return name if self.channel.is_im or self.channel.is_mpim else f"#{name}"

    def called(self, channel: Channel) -> str:
        """Name a channel as it is called from here: messages by whom they are with."""
        if channel.is_im:
            return self.names[self.other(channel)]
        others = sorted(self.names[each] for each in channel.members - {self.person.id})
        return ", ".join(others) if channel.is_mpim else channel.name

    def other(self, channel: Channel) -> str:
        """Tell whom direct messages are with."""
        return next(iter(channel.members - {self.person.id}), self.person.id)


def sit(workspace: Workspace, query: Mapping[str, str]) -> Seat:
    """Find the seat that an address names; what it names wrongly becomes Mo, or the first channel."""
    person = _person(workspace, query.get("as", ""))
    channels = {channel.id: channel for channel in workspace.channels(person.id)}
    app = workspace.installation.bot_user
    wanted = query.get("channel", "")
    if wanted == APP:
        wanted = workspace.directory.direct(person.id, app).id
    first = next(iter(channels.values()), None)
    names = {each.id: each.real_name for each in workspace.people()}
    return Seat(person, None if wanted == HOME else channels.get(wanted, first), app, names)


def reader_of(workspace: Workspace, seat: Seat) -> Reader:
    """Tell how texts look from this seat."""
    visible = workspace.directory.visible_to(seat.person.id)
    return Reader(
        now=workspace.state.clock(),
        zone=ZoneInfo(seat.person.tz),
        user_id=seat.person.id,
        people={**seat.names, "USLACKBOT": "Slackbot"},
        channels={channel.id: seat.called(channel) for channel in visible if not channel.is_im},
    )


def _person(workspace: Workspace, person_id: str) -> Person:
    try:
        return workspace.state.somebody(person_id)
    except Refusal:  # an address that somebody typed: begin with a moderator
        return workspace.directory.person(MO.id)
