"""The places where people talk, and who is in them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sandbox.slack.people import ADA, BOT, GIA, MAX, MO, PEOPLE, SLACKBOT, VI, Person
from sandbox.slack.refusal import Refusal


@dataclass(frozen=True)
class Channel:
    """A public or private channel, or the direct messages of two people (``is_im``) or more (``is_mpim``).

    One with somebody of another company in it is shared (``is_ext_shared``).
    """

    id: str
    name: str
    members: frozenset[str]
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether anybody of the workspace may see it."""
        return not (self.is_private or self.is_im or self.is_mpim)

    @property
    def called(self) -> str:
        """Give the name that payloads show: a private channel keeps its own to itself."""
        return "privategroup" if self.is_private else self.name

    def described(self, asking: str) -> dict[str, object]:
        """Give Slack's conversation object as the account ``asking`` sees it."""
        if self.is_im:
            (other,) = self.members - {asking}
            return {"id": self.id, "is_im": True, "is_channel": False, "user": other, "is_archived": False}
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.is_open or (self.is_private and not self.is_mpim),
            "is_group": self.is_mpim,
            "is_im": False,
            "is_mpim": self.is_mpim,
            "is_private": self.is_private or self.is_mpim,
            "is_archived": self.is_archived,
            "is_shared": self.is_ext_shared,
            "is_ext_shared": self.is_ext_shared,
            "is_member": asking in self.members,
            "num_members": len(self.members),
        }


EVERYBODY = frozenset({VI.id, MO.id, MAX.id, ADA.id})
CHANNELS = (
    Channel("C0CLASSES", "classes", EVERYBODY | {GIA.id, BOT.id}),
    Channel("C0WEBINARS", "webinars", EVERYBODY | {BOT.id}),
    Channel("C0LOBBYTALK", "lobby-talk", EVERYBODY),
    Channel("C0MODS", "mods", frozenset({MO.id, MAX.id, ADA.id}), is_private=True),
)


class Directory:
    """Look people and channels up here; it refuses as Slack does where there is none."""

    def __init__(self, team: str) -> None:
        self._team = team
        self._people = {person.id: person for person in (*PEOPLE, BOT, SLACKBOT)}
        self._channels = {channel.id: channel for channel in CHANNELS}

    def people(self) -> list[Person]:
        """List every account but Slackbot's, in the order in which they joined."""
        return [person for person in self._people.values() if person.id != SLACKBOT.id]

    def person(self, person_id: str) -> Person:
        """Find an account; refuses with ``user_not_found``."""
        if person_id not in self._people:
            raise Refusal("user_not_found")
        return self._people[person_id]

    def put(self, person: Person) -> None:
        """Add an account, or change the one with this id."""
        self._people[person.id] = person

    def channel(self, channel_id: str) -> Channel:
        """Find a channel; refuses with ``channel_not_found``."""
        if channel_id not in self._channels:
            raise Refusal("channel_not_found")
        return self._channels[channel_id]

    def channels_of(self, person_id: str) -> list[Channel]:
        """List what stands in somebody's sidebar: the channels and direct messages they are in."""
        return [channel for channel in self._channels.values() if person_id in channel.members]

    def visible_to(self, person_id: str) -> Iterator[Channel]:
        """Walk the public channels and what else this account is in."""
        for channel in self._channels.values():
            if person_id in channel.members or channel.is_open:
                yield channel

    def joined(self, channel_id: str, person_id: str) -> Channel:
        """Find a channel this account is in; a private one stays hidden from the others."""
        channel = self.channel(channel_id)
        if person_id in channel.members:
            return channel
        raise Refusal("not_in_channel" if channel.is_open else "channel_not_found")

    def open(self, channel: Channel) -> Channel:
        """Add a channel, or change the one with this id; one with strangers in it is shared."""
        members = [self.person(member) for member in channel.members]
        strangers = any(not member.workspaces(self._team) for member in members if member.id != BOT.id)
        self._channels[channel.id] = replace(channel, is_ext_shared=strangers)
        return self._channels[channel.id]

    def invite(self, channel_id: str, person_id: str) -> Channel:
        """Make somebody a member of a channel."""
        channel = self.channel(channel_id)
        return self.open(replace(channel, members=channel.members | {person_id}))

    def leave(self, channel_id: str, person_id: str) -> Channel:
        """Take somebody out of a channel."""
        channel = self.channel(channel_id)
        return self.open(replace(channel, members=channel.members - {person_id}))

    def renumber(self, channel_id: str, new_id: str) -> Channel:
        """Give a channel another id; under the old one there is nothing any more."""
        channel = self.channel(channel_id)
        del self._channels[channel_id]
        return self.open(replace(channel, id=new_id))

    def direct(self, one: str, other: str) -> Channel:
        """Find the direct messages of two people, or open them."""
        both = frozenset({self.person(one).id, self.person(other).id})
        for channel in self._channels.values():
            if channel.is_im and channel.members == both:
                return channel
        names = sorted(person.removeprefix("U0") for person in both - {BOT.id})
        channel = Channel("D0" + "".join(names), "directmessage", both, is_im=True)
        self._channels[channel.id] = channel
        return channel
