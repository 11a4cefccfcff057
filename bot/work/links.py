"""What of a link may be written down: where it leads, and nothing that opens a door there."""

import json
import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from bot.store import JSON

_RUN: Final = re.compile("[^ \t\r\n\"'<>`]+")  # what a link is at most: it holds none of these
# Both cases are spelt out: to leave them aside takes ten times as long, which others wait for.
_IS_LINK: Final = re.compile(r"(?::|%(?:25)*3[Aa])(?:\\?/|%(?:25)*2[Ff]){2}")
_QUERY: Final = re.compile(r"[?#]|%(?:25)*(?:3[Ff]|23)|\\u00(?:3[Ff]|23)")
_ASSIGNS: Final = re.compile(r"=|%(?:25)*3[Dd]|\\u003[Dd]")
_SIGNS: Final = re.compile(
    r"[Xx]-(?:[Aa]mz|[Gg]oog|[Oo]ss|[Mm]s)-|(?:[Ss]ig|[Ss]ignature|[Tt]oken)(?:=|%(?:25)*3[Dd])"
)
_MAY_BE_LINK: Final = re.compile(r"[?#=%\\]|//")  # most texts are not
_USER: Final = re.compile(r"(?<=//)[^/@]*@")
_PATH: Final = re.compile(r"(?<=//)([^/]*).*", re.DOTALL)
_PUSHES: Final = ("rtmp://", "rtmps://", "srt://")

# What stands behind a host, without the sign that ends a sentence.
_BEHIND: Final = r"[^\s\"'<>`]*[^\s\"'<>`.,;:!?)]"
_MEETING: Final = re.compile(rf"(?<=//)([^/\s]+/)(?:(?:meeting|preview|streaming)/){{1,2}}{_BEHIND}")
_STREAM: Final = re.compile(rf"((?:rtmps?|srt)://[^/\s]+/){_BEHIND}", re.IGNORECASE)

# What looks like a key by itself: of Slack, of 100ms, and whatever is as long and as mixed.
OF_SLACK: Final = re.compile(r"\bx(?:ox[a-z]|app)-[\w-]{8,}")
OF_HMS: Final = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}")
LONG: Final = re.compile(r"(?<!\S)(?=\S*[0-9])(?=\S*[a-z])(?=\S*[A-Z])[\w+/=-]{40,}(?!\S)")
CUT: Final = "…"

# Whoever has the address of a meeting is in the room: its path is a code of that room.
DOORS: Final = frozenset({"meeting_url"})


def without_links(value: JSON, name: str = "") -> JSON:
    """A value of JSON's kinds whose links, at any depth, have no query, and open nothing."""
    if isinstance(value, str):
        return _kept(value, door=name in DOORS)
    if isinstance(value, Mapping):
        return {_kept(key): without_links(member, key) for key, member in value.items()}
    if isinstance(value, list):
        return [without_links(member, name) for member in value]
    return value


def without_keys(text: str) -> str:
    """What somebody wrote in their own words as it may stand where others read it, and in the log.

    Links lead where they led, and let nobody in: not into a meeting, a stream or a file; tokens are gone.
    """
    said = _RUN.sub(_cut_link, _STREAM.sub(rf"\1{CUT}", text)) if "://" in text else text
    said = _MEETING.sub(rf"\1{CUT}", said)
    for key in (OF_SLACK, OF_HMS, LONG):
        said = key.sub(CUT, said)
    return said


def _cut_link(found: re.Match[str]) -> str:
    """A run of signs in somebody's words, which are cut only where it is a link."""
    return _cut(found, door=False) if "://" in found[0] else found[0]


def _kept(text: str, *, door: bool = False) -> str:
    """A text without what follows the address in each link; JSON inside a text is one more depth."""
    if not _MAY_BE_LINK.search(text):
        return text
    if text[:1] in {"{", "["}:
        try:
            return json.dumps(without_links(json.loads(text)))
        except (ValueError, RecursionError):
            pass  # no JSON after all
    return _RUN.sub(partial(_cut, door=door), text)


def _cut(found: re.Match[str], *, door: bool) -> str:
    """One run of signs up to where its query begins, if it is a link or its query says so."""
    run = found[0]
    assigns = _ASSIGNS.search(run)
    query = _QUERY.search(run)
    if query and (assigns or _IS_LINK.search(run)):
        run = run[: query.start()]
    signs = _SIGNS.search(run) if assigns else None
    run = run[: signs.start()] if signs else run
    if "://" not in run:
        return run
    run = _USER.sub("", run, count=1)
    return _PATH.sub(r"\1", run, count=1) if door or run.lower().startswith(_PUSHES) else run
