"""The message catalogue, and a reply as plain words."""

import gettext
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from babel.lists import format_list

from bot.clock import known_zone
from bot.reply.reply import Reply
from bot.reply.values import (
    Channel,
    Code,
    Counted,
    Day,
    Either,
    KeptWords,
    Link,
    Mention,
    Name,
    Phrase,
    Secret,
    Term,
    TimeOfDay,
)
from bot.text import clean

Say = Callable[[Any], str]

BETWEEN = " · "  # the facts of a row


class Catalogue:
    """Every sentence in one language; English is the key, so it needs no file."""

    def __init__(self, language: str = "en", folder: Path = Path(__file__).parent / "locale") -> None:
        self.language = language
        self._messages = gettext.translation("hms_bot", folder, [language], fallback=True)

    def word(self, template: str) -> str:
        """A sentence or label that has no values."""
        return self._messages.gettext(template) if template else ""  # gettext has an entry for no words

    def term(self, term: Term) -> str:
        """Our own words, in the form that their role asks for."""
        return self._messages.pgettext(term.role, term.words) if term.role else self.word(term.words)

    def fill(
        self, reply: Reply, say: Say, template: str = "", *, marked: bool = True, within: bool = False
    ) -> str:
        """One sentence with its facts (or its button's label), its values said as the place says them.

        What is to be typed stands between backticks if it is to be ``marked``. What stands ``within`` another
        sentence, or in a row, begins as it would in the middle of one.
        """
        words = self.word(template or reply.template)
        values = reply.values if within else _capital(words, reply.values)
        said = {name: self.said(value, say) for name, value in values.items()}
        filled = (words if marked else words.replace("`", "")).format_map(said)
        if template or not reply.facts:
            return filled
        row = BETWEEN.join(self.fill(fact, say, marked=marked, within=True) for fact in reply.facts)
        return f"{filled}\n{row}\n"

    def said(self, value: Any, say: Say) -> str:
        """One value; our words, counts and lists follow the language, the rest the place."""
        if isinstance(value, Term):
            return self.term(value)
        if isinstance(value, Counted):
            noun = self._messages.ngettext(value.one, value.many, value.number)
            return f"{value.number} {noun}"
        if isinstance(value, Name):
            return self.word("“{name}”").format(name=say(Name(value.quotable)))
        if isinstance(value, Reply):
            return self.fill(value, say, within=True)
        if isinstance(value, tuple | Either | Phrase):
            return self._composed(value, say)
        return say(value)

    def _composed(self, value: tuple[Any, ...] | Either | Phrase, say: Say) -> str:
        if not isinstance(value, Phrase):
            return self._listed(value, say)
        said = {name: self.said(each, say) for name, each in value.values}
        return self.word(value.template).format_map(said)

    def _listed(self, several: tuple[Any, ...] | Either, say: Say) -> str:
        items = several.options if isinstance(several, Either) else several
        said = [self.said(item, say) for item in items]
        return format_list(said, "or" if isinstance(several, Either) else "standard", self.language)


def _capital(words: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of a sentence, with a capital where it begins with somebody who is no person."""
    for name, value in values.items():
        nobody = isinstance(value, Mention) and not value.user
        if nobody and words.startswith((f"{{{name}}}", f"\n{{{name}}}")):
            return {**values, name: value.capital}
    return values


@dataclass(frozen=True)
class Plain:
    """Says replies as plain words: for the shell, for notifications, for what a screen reader reads.

    ``longest`` cuts what others have named, where there is little room: on a button, in a heading.
    """

    zone: str = "UTC"
    command: str = "/hms"
    catalogue: Catalogue = field(default_factory=Catalogue)
    longest: int = 0

    def within(self, longest: int) -> "Plain":
        """The same where there is room for names of this length only."""
        return replace(self, longest=longest)

    def text(self, reply: Reply) -> str:
        """The whole reply, its sentences one after the other."""
        return flow(self.sentence(sentence) for sentence in reply.sentences())

    def sentence(self, reply: Reply, template: str = "") -> str:
        """One sentence, or another ``template`` (a button's label) filled with the same values."""
        return self.catalogue.fill(reply, self.say, template, marked=False).replace("/hms", self.command)

    def label(self, label: str | Reply) -> str:
        """What stands on a button."""
        return self.catalogue.word(label) if isinstance(label, str) else self.text(label)

    @property
    def _zone(self) -> tzinfo:
        """The reader's, or UTC where nobody here knows theirs."""
        return known_zone(self.zone) or UTC

    def say(self, value: Any) -> str:
        """One value in plain words, on one line."""
        if isinstance(value, datetime):
            return self._local(value, "d MMM HH:mm")
        if isinstance(value, TimeOfDay):
            return self._local(value.at, "HH:mm")
        if isinstance(value, Day | date):
            day = value.at.astimezone(self._zone) if isinstance(value, Day) else value
            return format_date(day, locale=self.catalogue.language)
        if isinstance(value, timedelta):
            return lasting(value)
        if isinstance(value, Channel):
            return f"<#{value.id}>"
        words = clean(_words(value))
        return cut(words, self.longest) if self.longest and isinstance(value, str | Name) else words

    def _local(self, at: datetime, form: str) -> str:
        face = at.astimezone(self._zone).replace(tzinfo=None)  # equal instants look different elsewhere
        local = _formatted(face, form, self.catalogue.language)
        return local if known_zone(self.zone) else f"{local} UTC"


@lru_cache(maxsize=1000)  # what is written in one minute speaks of the same moments
def _formatted(face: datetime, form: str, language: str) -> str:
    return format_datetime(face, form, locale=language)


def flow(texts: Iterable[str]) -> str:
    """Sentences one after the other, with a space where no line break stands, and no line left empty."""
    said = ""
    for text in filter(None, texts):
        if not said or said.endswith("\n"):
            said += text.lstrip("\n")
        else:
            said += text if text.startswith("\n") else f" {text}"
    return said


def cut(words: str, longest: int) -> str:
    """Words cut to what there is room for; an ellipsis says that there were more."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _words(value: Any) -> str:
    match value:
        case Link(_, address):
            return address.get_secret_value()
        case Secret(words):
            return words.get_secret_value()
        case Code(words) | KeptWords(words) | Name(words):
            return words
        case Mention(user, name):  # a name would say more, but nobody told it: whoever reads it looks it up
            return f"<@{user}>" if user and user == name else name
    return str(value)


def lasting(value: timedelta) -> str:
    """A length of time as people write it: "1h 30m"."""
    seconds = round(value.total_seconds())
    parts = []
    for letter, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        number, seconds = divmod(seconds, size)
        parts += [f"{number}{letter}"] if number else []
    return " ".join(parts[:2]) or "0s"
