"""What may be in a text: what no store takes goes where it comes in, what nobody sees where it is shown."""

import re
import unicodedata
from typing import Any

# PostgreSQL takes no NUL, UTF-8 no half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]")
# They shape their neighbours: between such letters and between emoji they stay, elsewhere they are tricks.
_JOINERS = "\u200c\u200d"
_SHAPED = "[^\x00-\u024f\u2000-\u206f\ufeff\\s]"
_JOINS = re.compile(f"(?<={_SHAPED})[{_JOINERS}](?={_SHAPED})")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f")
# Format characters that are seen: the number signs of Arabic, Syriac and Kaithi.
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
# Letters and signs that show nothing: the fillers of Hangul, and the Braille pattern without a dot.
_EMPTY = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def storable(value: Any) -> Any:
    """Take what no store can keep out of every text in a value that came from outside, of JSON's kinds."""
    if isinstance(value, str):
        return value if value.isprintable() else _UNSTORABLE.sub("", value)
    if isinstance(value, dict):
        return {storable(name): storable(member) for name, member in value.items()}
    return [storable(member) for member in value] if isinstance(value, list | tuple) else value


def printable(text: str) -> str:
    """Text as a terminal or Slack may have it: its lines stay, nothing in them moves or hides anything."""
    if text.isprintable():  # what most texts are
        return text
    kept = {at for found in (*_JOINS.finditer(text), *_FLAG.finditer(text)) for at in range(*found.span())}
    spaced = _SPACES.sub(" ", text.replace("\u2028", "\n").replace("\u2029", "\n"))
    return "".join(sign for at, sign in enumerate(spaced) if at in kept or not _is_dropped(sign))


def clean(text: str) -> str:
    """Somebody's words on one line, so that they cannot look like ours or like anybody else's."""
    return " ".join(printable(text).split())


def visible(text: str) -> bool:
    """Whether anything of a text is seen; marks alone would sit on what stands before them."""
    return any(_is_seen(sign) for sign in text)


def _is_dropped(sign: str) -> bool:
    return sign != "\n" and sign not in _SEEN and unicodedata.category(sign) in _DROPPED


def _is_seen(sign: str) -> bool:
    unseen = sign.isspace() or sign in _EMPTY or _is_dropped(sign)
    return not unseen and not unicodedata.category(sign).startswith("M")
