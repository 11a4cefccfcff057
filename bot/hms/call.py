"""One operation with its arguments, as it will be sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlencode

from pydantic import SecretStr

from bot.hms.errors import HmsError, NotFound, TooManyRequests, Unavailable, Unknown, Unsettled
from bot.hms.objects import plain

# Besides what only reads: sent twice, each of these leaves what it leaves when sent once.
REPEATABLE: Final = frozenset(
    {
        "rooms.update",
        "rooms.set_enabled",
        "room_codes.create_all",
        "room_codes.update",
        "room_codes.auth_token",
        "stream_keys.disable",
        "active_rooms.update_peer",
        "active_rooms.remove_peers",
        "recordings.stop_for_room",
        "recordings.stop",
        "recordings.pause_for_room",
        "recordings.resume_for_room",
        "live_streams.pause_recording",
        "live_streams.resume_recording",
        "live_streams.stop_for_room",
        "live_streams.stop",
        "external_streams.stop_for_room",
        "external_streams.stop",
        "polls.update",
        "polls.update_question",
        "polls.update_option",
        "polls.link_room",
        "templates.update",
        "templates.upsert_role",
        "templates.delete_role",
        "templates.update_settings",
        "templates.configure_recordings",
        "templates.update_destinations",
        "legacy_v1.disable_room",
        "sip.update_trunk",
    }
)


class Host(StrEnum):
    """Which of the three addresses of 100ms serves an operation."""

    API = "api"
    AUTH = "auth"
    LEGACY = "legacy"


@dataclass(frozen=True)
class Call:
    """What to ask of 100ms; ``operation`` is its id in the operations file.

    ``once`` keeps it from being repeated although the operation usually may be. ``bearer`` is sent instead of
    the management token. Secrets stay closed in here and are opened for the wire alone.
    """

    operation: str
    method: str
    path: str
    query: Mapping[str, object] = field(default_factory=dict)
    body: object = None
    once: bool = False
    host: Host = Host.API
    bearer: SecretStr | None = None

    @property
    def idempotent(self) -> bool:
        """True when asking twice leaves what asking once leaves."""
        return not self.once and (self.method == "GET" or self.operation in REPEATABLE)

    @property
    def lost(self) -> type[HmsError]:
        """What a lost answer is: nothing to a look; an act may have happened, and may be repeated or not."""
        if self.method == "GET":
            return Unavailable
        return Unsettled if self.idempotent else Unknown

    @property
    def is_managed(self) -> bool:
        """True when it is signed with the management token, as all are but two."""
        return self.host is not Host.AUTH and self.bearer is None

    @property
    def target(self) -> str:
        """Path and query; a filter of several values is written once for each."""
        query = urlencode(_filters(self.query), quote_via=quote)
        return f"{self.path}?{query}" if query else self.path

    def without_secrets(self, text: str) -> str:
        """What 100ms says of this call, where it repeats a secret that the call held."""
        for secret in sorted(_secrets(self.body), key=len, reverse=True):
            text = text.replace(secret, "…")
        return text

    def repeats(self, error: HmsError) -> bool:
        """Tell whether asking again can help and does no harm; of what was put off, nothing was done."""
        return isinstance(error, TooManyRequests) or (self.idempotent and isinstance(error, Unavailable))


def _secrets(held: object) -> Iterator[str]:
    """Every secret in a body, and of one that is an address the key behind its last slash."""
    if isinstance(held, SecretStr):
        whole = held.get_secret_value()
        yield from {whole, whole.rpartition("/")[2] if "://" in whole else whole} - {""}
    elif isinstance(held, Mapping):
        yield from (secret for member in held.values() for secret in _secrets(member))
    elif isinstance(held, list | tuple):
        yield from (secret for member in held for secret in _secrets(member))


def _filters(query: Mapping[str, object]) -> list[tuple[str, str]]:
    pairs = []
    for name, given in query.items():
        values = plain(given)
        pairs += [(name, _written(value)) for value in (values if isinstance(values, list) else [values])]
    return pairs


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def at(template: str, **values: str) -> str:
    """Fill a path as the reference prints it, each value kept inside its own segment.

    Raises NotFound for what no encoding can keep there, so that nothing is called so: nothing, ``.`` and
    ``..``. Clients, proxies and servers resolve the last two even when they are percent-encoded (RFC 3986,
    6.2.2).
    """
    return template.format_map({name: _segment(name, value) for name, value in values.items()})


def _segment(name: str, value: str) -> str:
    if value in {"", ".", ".."}:
        raise NotFound(name, f"{name} cannot be {value!r}")
    return quote(value, safe="")
