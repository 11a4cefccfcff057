"""The chain of the log: what an entry is, and how each is linked to the one before it.

A link is made over the digest of a text, not over the text: so a text can be erased and the chain stays
whole. With a key it is an HMAC, which nobody makes who has only the database.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Self

from pydantic import SecretStr

from bot.errors import UserError

# What the log does to itself.
KEYED = "keyed"
ERASED = "erased"
# What never becomes a request. A read whose answer is a secret: who had which, never what it is.
UNREADABLE = "unreadable"
MINTED = "minted"


@dataclass(frozen=True)
class AuditEntry:
    """One transition: who, through which door, when, and what was said of it.

    ``request`` is 0 for what never became one (an unreadable line). ``text`` is None once erased. ``key``
    names the key that the next entry is linked with; None is no key.
    """

    at: datetime
    request: int
    actor: str
    door: str
    state: str
    text: str | None
    id: int = 0
    digest: str = ""
    position: int | None = None
    link: str | None = None
    key: str | None = None

    @property
    def erases(self) -> int | None:
        """Which entry's text this one says was erased."""
        position = (self.text or "").removeprefix("entry ")
        return int(position) if self.state == ERASED and position.isdecimal() else None


START = AuditEntry(
    datetime(1970, 1, 1, tzinfo=UTC),
    0,
    "",
    "",
    "",
    "",
    position=0,
    link=hashlib.sha256(b"hms-bot").hexdigest(),
)


def digest(text: str) -> str:
    """What stays of an entry's text in the chain."""
    return hashlib.sha256(text.encode()).hexdigest()


def link(before: AuditEntry, entry: AuditEntry, secret: bytes | None) -> str:
    """The entry's link: a hash over the link before it and everything of the entry but its text."""
    moment = entry.at.astimezone(UTC).isoformat()
    told = [moment, entry.request, entry.actor, entry.door, entry.state, entry.digest]
    parts = json.dumps([before.link, entry.position, *told, entry.key]).encode()
    return (hmac.digest(secret, parts, "sha256") if secret else hashlib.sha256(parts).digest()).hex()


def key_of(before: AuditEntry, entry: AuditEntry) -> str | None:
    """Whose link an entry must have: the key before it; the first one that is taken shows itself."""
    return before.key or (entry.key if entry.state == KEYED else None)


@dataclass(frozen=True)
class AuditKeys:
    """The keys at hand by their names; ``wanted`` is the one to link with, None for none."""

    held: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    wanted: str | None = None

    @classmethod
    def read(cls, secret: SecretStr | None) -> Self:
        """``new``, or ``new,old`` while changing; an empty ``new`` does without one from now on."""
        parts = [part.strip().encode() for part in secret.get_secret_value().split(",")] if secret else [b""]
        names = [_name(part) if part else None for part in parts]
        return cls({name: part for name, part in zip(names, parts, strict=True) if name}, names[0])

    def append(self, before: AuditEntry, entry: AuditEntry) -> AuditEntry:
        """The entry as the next one of the chain; raises UserError where its key is not at hand."""
        position = (before.position or 0) + 1
        key = entry.key if entry.state == KEYED else before.key
        placed = replace(entry, position=position, key=key, digest=digest(entry.text or ""))
        return replace(placed, link=link(before, placed, self.secret(key_of(before, placed))))

    def secret(self, name: str | None) -> bytes | None:
        """The key of this name; raises UserError where it is not at hand."""
        if name is not None and name not in self.held:
            raise UserError(
                "AUDIT_KEY does not hold the key that the log is linked with, {key}. Set it again; to do "
                "without one put a comma before it.",
                key=name,
            )
        return self.held[name] if name else None


def _name(secret: bytes) -> str:
    """What a key is called where anybody may read it."""
    return hmac.digest(secret, b"hms-bot audit key", "sha256").hex()[:16]
