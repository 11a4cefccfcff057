"""Whether the log is what was written: all that can be seen by what is on disk, as pure functions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from bot.errors import UserError
from bot.reply import Counted, Day, Reply
from bot.request.chain import KEYED, START, AuditEntry, AuditKeys, digest, key_of, link

SHOWN = 10  # of what is wrong: who wrote the whole log anew need not fill a screen with it
FEWEST = 4  # digits of a link that tell two logs apart to somebody's eye
_HEAD = re.compile(rf"(\d+)\W+([0-9a-f]{{{FEWEST},64}})")


@dataclass(frozen=True)
class Head:
    """How the log ended when that was told: an entry and the beginning of its link."""

    position: int
    link: str
    at: datetime | None = None

    @classmethod
    def read(cls, words: str) -> "Head":
        """A head as it was posted, such as ``4200 b7b5…``; raises UserError for anything else."""
        found = _HEAD.search(words.lower())
        if not found:
            raise UserError(
                "“{words}” is no head of the log. Take the number and the letters as they were posted: "
                "--head “4200 b7b5c9d03f21aa64”.",
                words=words,
            )
        return cls(int(found[1]), found[2])

    def said(self) -> Reply:
        """The head as it is posted."""
        return Reply("Its head is entry {position}, {link}.", position=self.position, link=self.link[:16])


@dataclass(frozen=True)
class Evidence:
    """Everything that was found: ``loose`` entries stand in no chain, ``given`` numbers were handed out."""

    entries: Sequence[AuditEntry]
    keys: AuditKeys = field(default_factory=AuditKeys)
    loose: Sequence[int] = ()
    given: int = 0
    gapless: bool = True
    heads: Sequence[Head] = ()

    @property
    def last(self) -> AuditEntry:
        """The entry that the chain ends with."""
        return self.entries[-1] if self.entries else START


@dataclass(frozen=True)
class Proof:
    """What came of a look at the log: ``wrong`` is what must not be, ``notes`` what cannot be seen."""

    count: int
    wrong: tuple[Reply, ...]
    notes: tuple[Reply, ...]

    @property
    def whole(self) -> bool:
        """Whether everything was looked at, and nothing is wrong with it."""
        return not self.wrong

    def said(self) -> Reply:
        """All of it as people read it."""
        if self.whole:
            entries = Counted(self.count, "entry", "entries")
            return sum(self.notes, start=Reply("The log is whole: {entries}.", entries=entries))
        more = len(self.wrong) - SHOWN
        told = [*self.wrong[:SHOWN], *([Reply("And {count} more.", count=more)] if more > 0 else [])]
        return sum([*told[1:], *self.notes], start=told[0])


def proof(evidence: Evidence) -> Proof:
    """Look at everything; the first thing that is wrong comes first."""
    entries = evidence.entries
    wrong = [
        *_chain(entries, evidence.keys),
        *_texts(entries),
        *_numbers(evidence),
        *_heads(evidence),
        *_keying(evidence),
    ]
    return Proof(len(entries), tuple(wrong), tuple(_notes(evidence)))


def _chain(entries: Iterable[AuditEntry], keys: AuditKeys) -> Iterator[Reply]:
    """Each entry against the one before it."""
    before, unknown = START, []
    for entry in entries:
        if entry.position != (before.position or 0) + 1:
            yield Reply(
                "Entry {position} is missing or one was put in before it.",
                position=(before.position or 0) + 1,
            )
        elif (name := key_of(before, entry)) is None or name in keys.held:
            yield from _link(before, entry, keys.held[name] if name else None)
        else:
            unknown.append(entry)
        if entry.id <= before.id:
            yield Reply("The numbers of entry {position} and another were swapped.", position=entry.position)
        before = entry
    if unknown:
        yield Reply(
            "Entries {first} to {last} are linked with a key that AUDIT_KEY does not hold: whether they were "
            "edited cannot be said.",
            first=unknown[0].position,
            last=unknown[-1].position,
        )


def _link(before: AuditEntry, entry: AuditEntry, secret: bytes | None) -> Iterator[Reply]:
    changed = entry.state != KEYED and entry.key != before.key
    if not changed and entry.link == link(before, entry, secret):
        return
    if secret and entry.link == link(before, entry, None):
        yield Reply("Entry {position} is linked without the key.", position=entry.position)
    else:
        yield Reply("Entry {position} does not fit the one before it.", position=entry.position)


def _texts(entries: Sequence[AuditEntry]) -> Iterator[Reply]:
    """What the entries say: as it was written, or erased by an entry that says so."""
    kept = [entry for entry in entries if entry.text is not None]
    edited = {entry.position for entry in kept if digest(entry.text or "") != entry.digest}
    for entry in kept:
        if entry.position in edited:
            yield Reply("The text of entry {position} was edited.", position=entry.position)
    recorded = {entry.erases for entry in kept if entry.position not in edited}
    gone = [entry.position for entry in entries if entry.text is None and entry.position not in recorded]
    if gone:
        yield Reply(
            "{texts} gone and no erasure of it is recorded: entry {which}.",
            texts=Counted(len(gone), "text is", "texts are"),
            which=_listed(gone),
        )
    for entry in kept:
        if entry.position in recorded:
            yield Reply(
                "The text of entry {position} was erased, and is there again.", position=entry.position
            )


def _numbers(evidence: Evidence) -> Iterator[Reply]:
    """The entries' numbers, which are given once: to nothing else, and to each entry as it is written."""
    if evidence.loose:
        yield Reply(
            "{entries} in no chain, and the bot did not write it so: number {which}.",
            entries=Counted(len(evidence.loose), "entry is", "entries are"),
            which=_listed(evidence.loose),
        )
    last = max([evidence.last.id, *evidence.loose])
    if evidence.given > last:
        yield Reply(
            "Numbers up to {given} were given to entries, and the last one here has {last}: the end was cut.",
            given=evidence.given,
            last=last,
        )
    if evidence.gapless:
        yield from _gaps(evidence)


def _gaps(evidence: Evidence) -> Iterator[Reply]:
    there = sorted([0, *(entry.id for entry in evidence.entries), *evidence.loose])
    for before, after in pairwise(there):
        if after > before + 1:
            yield Reply(
                "Numbers {first} to {last} belong to no entry: entries were cut, and the log went on.",
                first=before + 1,
                last=after - 1,
            )


def _heads(evidence: Evidence) -> Iterator[Reply]:
    """The heads that were told while the log was that long."""
    links = {entry.position: entry.link or "" for entry in evidence.entries}
    for head in evidence.heads:
        if links.get(head.position, "").startswith(head.link):
            continue
        if head.at is None:
            yield Reply(
                "Entry {position} is not the one with this head: the log was cut, or written anew.",
                position=head.position,
            )
        else:
            yield Reply(
                "Entry {position} is not the one whose head was posted on {day}: the log was cut, or written "
                "anew.",
                position=head.position,
                day=Day(head.at),
            )


def _keying(evidence: Evidence) -> Iterator[Reply]:
    if evidence.keys.wanted and not evidence.last.key:
        yield Reply(
            "AUDIT_KEY is set, and the log does not end with it. hms-bot serve begins to use it when it "
            "starts; if it did already, the log was written anew without the key."
        )


def _notes(evidence: Evidence) -> Iterator[Reply]:
    last = evidence.last
    if last.position:
        yield Head(last.position, last.link or "").said()
    else:
        yield Reply("It is empty so far.")
    if not last.key:
        yield UNKEYED
    if not evidence.gapless:
        lost = list(_gaps(evidence))
        if lost:
            yield Reply("A transaction was rolled back, or else this is so:") + sum(lost[1:], start=lost[0])


UNKEYED = Reply(
    "It is linked without a key: whoever can write to the database can write all of it anew, which only a "
    "head that was posted can tell. Set AUDIT_KEY."
)


def _listed(numbers: Sequence[int | None]) -> str:
    """The first numbers of many."""
    shown = ", ".join(str(number) for number in numbers[:SHOWN])
    return f"{shown}, …" if len(numbers) > SHOWN else shown
