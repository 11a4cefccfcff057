"""What people type, as it looks on the wire."""

import html
import re
from collections.abc import Callable

from sandbox.slack.conversations import Directory
from sandbox.slack.people import Person

PERSON = re.compile(r"(?<![\w<])@(\w+(?:[.-]\w+)*)")
CHANNEL = re.compile(r"(?<![\w<&])#(\w+(?:[.-]\w+)*)")
LINK = re.compile(r"(?<![\w<])https?://[^\s<>]+")
BROADCASTS = frozenset({"here", "channel", "everyone"})


def escaped(text: str) -> str:
    """Make text safe beside Slack's own tokens: only these three characters are special."""
    return html.escape(text, quote=False)


def as_command(text: str, directory: Directory, speaker: str) -> str:
    """Write a command's text as Slack sends it with ``should_escape``, with names: ``<@U0MO|mo>``."""
    return _tokens(text, directory, speaker, lambda person: f"<@{person.id}|{person.name}>")


def as_message(text: str, directory: Directory, speaker: str) -> str:
    """Write a message's text as Slack stores it: people without a name, ``<@U0MO>``."""
    return _tokens(text, directory, speaker, lambda person: f"<@{person.id}>")


def _tokens(text: str, directory: Directory, speaker: str, mention: Callable[[Person], str]) -> str:
    people = {person.name: person for person in directory.people()}
    channels = {channel.name: channel for channel in directory.visible_to(speaker) if not channel.is_im}

    def of_person(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name in BROADCASTS:
            return f"<!{name}>"
        return mention(people[name]) if name in people else match[0]

    def of_channel(match: re.Match[str]) -> str:
        channel = channels.get(match[1].lower())
        if channel is None:
            return match[0]
        return f"<#{channel.id}|{'' if channel.is_private else channel.name}>"

    linked = LINK.sub(r"<\g<0>>", escaped(text))
    return CHANNEL.sub(of_channel, PERSON.sub(of_person, linked))
