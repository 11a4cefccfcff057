"""What may stand in a reply besides plain words: words of our own, counts, people, times, things to type."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import SecretStr


@dataclass(frozen=True)
class Counted:
    """A number with its noun, which the catalogue inflects: ``Counted(2, "person", "people")``.

    ``exact`` is the amount by which it is sorted, where the number is that of another unit.
    """

    number: int
    one: str
    many: str
    exact: float | None = None


@dataclass(frozen=True)
class Term:
    """Some of our own words as a value, said in the reader's language: ``Term("a second moderator")``.

    ``role`` tells translators apart what is one word in English and several elsewhere: what somebody *is*
    and what something *takes* stand in different cases.
    """

    words: str
    role: str = ""

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Mention:
    """Somebody of the workspace, shown as a link to them where the place can."""

    user: str
    name: str

    @property
    def capital(self) -> "Mention":
        """The same at the beginning of a sentence: *schedule 39* is no name, as hms-bot and people have."""
        is_named = self.user or " " not in self.name
        return self if is_named else Mention("", self.name[0].upper() + self.name[1:])


_INNER = str.maketrans({"“": "'", "”": "'", "„": "'", '"': "'"})


@dataclass(frozen=True)
class Name:
    """What somebody calls themselves who is no member of the workspace: in a sentence it stands in quotes.

    Anybody can join as *All* or as *the*; a quote within it could end ours.
    """

    words: str

    @property
    def quotable(self) -> str:
        """The same without a quote that could end the one it stands in."""
        return self.words.translate(_INNER)


@dataclass(frozen=True)
class Channel:
    """A channel of the workspace, shown as a link to it where the place can."""

    id: str


@dataclass(frozen=True)
class Code:
    """Words to type, shown as such."""

    words: str


@dataclass(frozen=True)
class Link:
    """Our words as a link that opens for whoever has it: told to one person, and never written down."""

    words: Term
    address: SecretStr


@dataclass(frozen=True)
class Secret:
    """Words that let somebody in, such as a key: told to one person, and never written down."""

    words: SecretStr


@dataclass(frozen=True)
class Day:
    """A moment of which only the date matters."""

    at: datetime


@dataclass(frozen=True)
class TimeOfDay:
    """A moment so near that its hour says it."""

    at: datetime


@dataclass(frozen=True)
class Either:
    """Several values of which one is enough: "Max or Ada"."""

    options: tuple[Any, ...]


@dataclass(frozen=True, init=False)
class Phrase:
    """Words of ours with values among them, as one value: ``Phrase("{first}–{last}", first=…, last=…)``."""  # noqa: RUF002

    template: str
    values: tuple[tuple[str, Any], ...]

    def __init__(self, template: str, held: Iterable[tuple[str, Any]] = (), /, **values: object) -> None:
        said = ((name, plain(value)) for name, value in values.items())
        vars(self).update(template=template, values=(*held, *said))


@dataclass(frozen=True)
class KeptWords:
    """Words as they were kept, in which ``<#C…>`` stands for a channel: a link to it where the place can."""

    words: str

    def pieces(self) -> Iterator["str | Channel"]:
        """The words between the channels, and the channels."""
        at = 0
        for found in _CHANNEL.finditer(self.words):
            yield self.words[at : found.start()]
            yield Channel(found[1])
            at = found.end()
        yield self.words[at:]


_CHANNEL = re.compile(r"<#(\w+)(?:\|[^<>]*)?>")

Scalar = (
    str
    | int
    | Term
    | Counted
    | Mention
    | Name
    | Channel
    | Code
    | Link
    | Secret
    | KeptWords
    | Day
    | Phrase
    | date  # of a calendar: the same for every reader, whatever their zone
    | datetime
    | timedelta
)


def roughly(span: timedelta) -> Counted:
    """How long something lasted, as one tells it: "12 minutes"."""
    seconds = span.total_seconds()
    minutes = max(round(seconds / 60), 0)
    if minutes == 0:
        return Counted(max(round(seconds), 1), "second", "seconds", seconds)
    if minutes < 120:
        return Counted(minutes, "minute", "minutes", seconds)
    return Counted(round(minutes / 60), "hour", "hours", seconds)


def plain(value: object) -> Any:
    """Turn what a caller handed over into values that can be shown and stored.

    A thing of another module (a room, a person in it) has ``said()`` for the value that stands for it.
    """
    if isinstance(value, str):  # what most values are
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(plain(item) for item in value)
    said: Callable[[], Scalar] | None = getattr(value, "said", None)
    return said() if said else value


_TAGS: dict[str, type[Any]] = {
    "term": Term,
    "counted": Counted,
    "mention": Mention,
    "name": Name,
    "channel": Channel,
    "code": Code,
    "kept": KeptWords,
    "time": TimeOfDay,
    "either": Either,
    "phrase": Phrase,
}


def pack(value: Any) -> Any:
    """Write a value as JSON; ``unpack`` reads it back equal."""
    if isinstance(value, Link | Secret):
        raise TypeError("what lets somebody in is never written down: it goes with the answer to a look")
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, timedelta):
        return {"lasts": value.total_seconds()}
    if isinstance(value, Day | date):  # one tag for both: the release before knows it
        return {"day": (value.at if isinstance(value, Day) else value).isoformat()}
    if isinstance(value, tuple):
        return [pack(item) for item in value]
    for tag, kind in _TAGS.items():
        if isinstance(value, kind):
            return {tag: [pack(part) for part in vars(value).values()]}
    return value


def unpack(stored: Any) -> Any:
    """Read what ``pack`` wrote."""
    if isinstance(stored, list):
        return tuple(unpack(item) for item in stored)
    if not isinstance(stored, dict):
        return stored
    [(tag, held)] = stored.items()
    if tag == "at":
        return datetime.fromisoformat(held)
    if tag == "day":
        return Day(datetime.fromisoformat(held)) if "T" in held else date.fromisoformat(held)
    return timedelta(seconds=held) if tag == "lasts" else _TAGS[tag](*unpack(held))
