"""A reply as Slack's markup, and as the plain twin that stands beside it.

A sentence is taken apart into our own words and the values between them, so that each value is escaped
and shown as what it is, whatever is in it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from html import escape
from itertools import zip_longest
from typing import Any

from bot.reply import (
    Catalogue,
    Channel,
    Code,
    Day,
    KeptWords,
    Link,
    Mention,
    Name,
    Plain,
    Reply,
    Secret,
    TimeOfDay,
    plain,
)
from bot.slack.drawing import mrkdwn
from bot.slack.drawing.limits import TEXT, shorten
from bot.text import clean, printable

MARK = "\ue000{}\ue001"
MARKED = re.compile("`([^`]+)`|\ue000(\\d+)\ue001")
DATE = "{date_short_pretty}"
DATE_AND_TIME = "{date_short_pretty} at {time}"
TIME = "{time}"
MOMENT = (datetime, Day, TimeOfDay)
LAST_WORD = re.compile(r"(?:^|(?<=\s))[^\s<>|^{}]+[^\s<>|^{}.:!?] $")


@dataclass(frozen=True)
class Words:
    """A stretch of our own words."""

    text: str


@dataclass(frozen=True)
class Unmarked:
    """A value that does not stand out from our own words."""

    value: Any


@dataclass(frozen=True)
class WordBefore:
    """A moment with the word before it."""

    before: str
    at: "datetime | Day | TimeOfDay"


@dataclass(frozen=True)
class Sentences:
    """Says replies and values; ``zone`` is the reader's, for what cannot be a ``<!date^…>``."""

    command: str = "/hms"
    catalogue: Catalogue = field(default_factory=Catalogue)
    zone: str = "UTC"

    @cached_property
    def plain(self) -> Plain:
        """The same words for places that show plain text only: buttons, headers, options."""
        return Plain(self.zone, self.command, self.catalogue)

    def markup(self, reply: Reply) -> str:
        """One sentence in Slack's markup."""
        parts = self._parts(reply)
        around = zip([None, *parts], parts, [*parts[1:], None], strict=False)
        return "".join(self._marked(part, _words(before), _words(after)) for before, part, after in around)

    def twin(self, reply: Reply) -> str:
        """One sentence as escaped text: what notifications and screen readers get."""
        return "".join(self._spoken(part) for part in self._parts(reply))

    def label(self, text: str) -> str:
        """One of our own words from the catalogue, with the command as it is called here."""
        return self.catalogue.word(text).replace("/hms", self.command)

    def said(self, value: Any) -> str:
        """One value as plain text on one line."""
        said = self.catalogue.said(plain(value), self.plain.say)
        spoken = said.replace("/hms", self.command) if isinstance(value, Code) else said
        return shorten(spoken, TEXT // 2)

    def _marked(self, part: Any, before: str, after: str) -> str:
        match part:
            case Words(text):
                return escape(text, quote=False)
            case Mention(user) if user:
                return f"<@{user}>"
            case Channel() | KeptWords() | Link() | datetime() | Day() | TimeOfDay() | WordBefore():
                return self._spoken(part)
            case Name() | Unmarked():
                return mrkdwn.literal(self._unmarked(part))
            case Code() | Secret():
                return mrkdwn.code(self.said(part))
        return mrkdwn.bold(self.said(part), before, after)

    def _unmarked(self, part: Name | Unmarked) -> str:
        return shorten(part.words, TEXT // 2) if isinstance(part, Name) else self.said(part.value)

    def _spoken(self, part: Any) -> str:
        match part:
            case Words(text):
                return escape(text, quote=False)
            case Channel() | Link():
                return self._linked(part)
            case Mention(user, name) if user and user == name:  # a name would say more, but nobody told it
                return f"<@{user}>"
            case WordBefore(before, at):
                return self._date(at, before)
        if isinstance(part, MOMENT):
            return self._date(part)
        value = part.value if isinstance(part, Unmarked) else part
        return self._kept(part) if isinstance(part, KeptWords) else self._plainly(value)

    def _linked(self, part: Channel | Link) -> str:
        if isinstance(part, Channel):
            return f"<#{part.id}>"
        return mrkdwn.link(part.address.get_secret_value(), self.said(part.words))

    def _plainly(self, part: Any) -> str:
        """A value that is no link; a name has its quotes from the catalogue already."""
        said = clean(shorten(part.words, TEXT // 2)) if isinstance(part, Name) else self.said(part)
        return escape(said, quote=False)

    def _kept(self, kept: KeptWords) -> str:
        pieces = kept.pieces()
        said = (each if isinstance(each, Channel) else Words(_one_line(each)) for each in pieces)
        return "".join(map(self._spoken, said))

    def _date(self, moment: datetime | Day | TimeOfDay, before: str = "") -> str:
        at = moment if isinstance(moment, datetime) else moment.at
        form = TIME if isinstance(moment, TimeOfDay) else DATE if isinstance(moment, Day) else DATE_AND_TIME
        zone = "" if isinstance(moment, Day) else " UTC"
        said = Plain("UTC", self.command, self.catalogue).say(moment)
        own = escape(before, quote=False)
        return f"<!date^{int(at.timestamp())}^{own}{form}|{own}{said}{zone}>"

    def _parts(self, reply: Reply) -> Sequence[Any]:
        values: list[Any] = []

        def mark(value: Any) -> str:
            values.append(value)
            return MARK.format(len(values) - 1)

        filled = self.catalogue.fill(reply, mark).replace("/hms", self.command)
        return list(_dated(list(self._split(filled, values))))

    def _split(self, filled: str, values: Sequence[Any]) -> Iterator[Any]:
        position = 0
        for found in MARKED.finditer(filled):
            if found.start() > position:
                yield Words(filled[position : found.start()])
            yield self._code(found[1], values) if found[1] else values[int(found[2])]
            position = found.end()
        if position < len(filled):
            yield Words(filled[position:])

    def _code(self, words: str, values: Sequence[Any]) -> Code:
        return Code(MARKED.sub(lambda found: self.said(values[int(found[2])]), words))


def _dated(parts: Sequence[Any]) -> Iterator[Any]:
    """Put the word before a moment into its token: Slack writes a day at the start of one with a capital."""
    word = ""
    for part, after in zip_longest(parts, parts[1:]):
        if isinstance(part, Words):
            last = LAST_WORD.search(part.text) if isinstance(after, MOMENT) else None
            word = last[0] if last else ""
            if len(part.text) > len(word):
                yield Words(part.text.removesuffix(word))
        else:
            yield WordBefore(word, part) if word else part
            word = ""


def _one_line(text: str) -> str:
    """Somebody's words on one line, the blanks at their ends too: they stand between others."""
    return " ".join(printable(text).split("\n"))


def _words(part: Any) -> str:
    """The neighbouring words; two values side by side stand as close as letters do."""
    if part is None:
        return ""
    return part.text if isinstance(part, Words) else "x"
