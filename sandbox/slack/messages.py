"""What was said: posts, threads, and the lines that only one person sees."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sandbox.slack.changes import Changes
from sandbox.slack.files import File
from sandbox.slack.refusal import Refusal

Clock = Callable[[], datetime]
Json = Mapping[str, Any]
SECOND = 1_000_000  # a timestamp counts microseconds


@dataclass(frozen=True)
class Message:
    """One message; ``only_for`` makes it ephemeral: that person alone sees it.

    ``text`` is as on the wire (``&amp;``, ``<@U0MO>``); ``blocks`` have every id, also those that Slack
    makes up; ``by_app`` marks what the bot posted.
    """

    channel: str
    user: str
    text: str
    ts: str = ""
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    edited_ts: str | None = None
    only_for: str | None = None
    by_app: bool = False
    files: tuple[File, ...] = ()


class Messages:
    """Keep every message in the order of its ``ts``."""

    def __init__(self, clock: Clock, changes: Changes) -> None:
        self._clock = clock
        self._changes = changes
        self._messages: dict[tuple[str, str], Message] = {}
        self._stamps: set[int] = set()
        self._last = 0

    def next_ts(self) -> str:
        """Make a timestamp of its own, later than the one before unless the clock was set back."""
        now = int(self._clock().timestamp() * SECOND)
        stamp = max(now, self._last + 1) if self._last - now < SECOND else now
        while stamp in self._stamps:
            stamp += 1
        self._stamps.add(stamp)
        self._last = stamp
        return f"{stamp // SECOND}.{stamp % SECOND:06d}"

    def add(self, message: Message) -> Message:
        """Post a message: it gets its ``ts`` here."""
        posted = replace(message, ts=self.next_ts())
        self._messages[posted.channel, posted.ts] = posted
        self._tell(posted)
        return posted

    def find(self, channel: str, ts: str) -> Message:
        """Find a message, also an ephemeral one; refuses with ``message_not_found``."""
        if (channel, ts) not in self._messages:
            raise Refusal("message_not_found")
        return self._messages[channel, ts]

    def look(self, channel: str, ts: str) -> Message | None:
        """Find a message that may not be there."""
        return self._messages.get((channel, ts))

    def edit(self, message: Message, text: str, blocks: Sequence[Json]) -> Message:
        """Replace what a message says, where it stands."""
        edited = replace(message, text=text, blocks=tuple(blocks), edited_ts=self.next_ts())
        self._messages[message.channel, message.ts] = edited
        self._tell(edited)
        return edited

    def move(self, channel: str, new_channel: str) -> None:
        """Keep what was said in a channel when the channel gets another id."""
        for message in [each for each in self._messages.values() if each.channel == channel]:
            del self._messages[channel, message.ts]
            self._messages[new_channel, message.ts] = replace(message, channel=new_channel)
        self._changes.tell("members", channel=new_channel)

    def remove(self, message: Message) -> None:
        """Take a message away; gone already is fine."""
        if self._messages.pop((message.channel, message.ts), None) is not None:
            self._tell(message)

    def seen_by(self, person: str, channel: str) -> list[Message]:
        """List what this person sees in a channel, threads included, oldest first."""
        return [
            message
            for message in self._messages.values()
            if message.channel == channel and message.only_for in {None, person}
        ]

    def for_everybody(self) -> list[Message]:
        """List what is there and not for one person alone, oldest first."""
        return [message for message in self._messages.values() if message.only_for is None]

    def _tell(self, message: Message) -> None:
        self._changes.tell("message", channel=message.channel, person=message.only_for)
