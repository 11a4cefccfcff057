"""A line cut into words, the way a phone types them.

Curly quotes quote, a long dash before a word is ``--``, an apostrophe inside a name is only that. Nothing
is ever unreadable here: a quote that nobody closed is a word like any other.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

_END = r"(?=\s|\Z)"
_QUOTED = (
    r'"(?P<straight>(?:\\["\\<]|[^"\\]|\\(?!["\\<])|"(?!\s|\Z))*)"'
    r"|[“”„‟](?P<curly>.*?)[“”‟\"]"
    r"|«(?P<angle>.*?)»"
    r"|'(?P<single>.*?)'"
    r"|[‘’‚‛](?P<comma>.*?)[‘’‛']"  # noqa: RUF001 -- the quotes that phones type
)
_CLOSING = {  # by the sign that opens a quote: what closes it, and what only looks like it
    sign: re.compile(pattern)
    for signs, pattern in {
        '"': rf'\\["\\<]|"{_END}',
        "“”„‟": rf'[“”‟"]{_END}',
        "«": rf"»{_END}",
        "'": rf"'{_END}",
        "‘’‚‛": rf"[‘’‛']{_END}",  # noqa: RUF001 -- as above
    }.items()
    for sign in signs
}
_OPENING = tuple(_CLOSING)
_DASHES = r"(?:--+|-?[—–]-?)"  # noqa: RUF001 -- the dashes that phones type
_WORD = re.compile(rf"(?:{_QUOTED}){_END}|(?P<bare>\S+)", re.DOTALL)
_BARE = re.compile(r"(?P<bare>\S+)")
_PLAIN = re.compile(rf"\s*([^\s\-—–{''.join(_OPENING)}]\S*)")  # noqa: RUF001 -- no quote and no option
_SIGN = re.compile(r"\S|\Z")
_OPTION = re.compile(rf"{_DASHES}(?P<option>[^\W\d_][\w-]*)(?:(?P<equals>=)|{_END})")
_SPECIAL = re.compile(rf"""["“”„‟«'‘’‚‛]|{_DASHES}""")  # noqa: RUF001 -- as above
_MENTION = re.compile(r"\\(?P<escaped>[\"\\<])|<(?P<sign>[@#])(?P<id>\w+)(?:\|(?P<name>[^<>]*))?>")
_LINK = re.compile(r"<(?![@#])(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_NAMED = re.compile(r"<[@#]\w+\|[^<>]*>")
_TO_ESCAPE = re.compile(r'["\\]|<(?=[@#])')


class Token(NamedTuple):
    """One word or quoted text, or an option with the ``value`` behind its ``=``.

    ``start`` and ``end`` are its place in the line; ``option`` is the name behind the dashes.
    """

    start: int
    end: int
    text: str = ""
    quote: str = ""
    option: str = ""
    value: "Token | None" = None

    @property
    def unclosed(self) -> bool:
        """Whether a quote was opened here and never closed."""
        return not self.quote and self.text.startswith(_OPENING)

    @property
    def prose(self) -> str:
        """What it says as part of a text: people and channels by name."""
        return self._said(lambda found: found["sign"] + (found["name"] or found["id"]))

    @property
    def word(self) -> str:
        """What it says as the name of something: people and channels by id."""
        return self._said(lambda found: f"<{found['sign']}{found['id']}>")

    def _said(self, mention: Callable[[re.Match[str]], str]) -> str:
        escapes = self.quote == "straight"

        def said(found: re.Match[str]) -> str:
            if not found["escaped"]:
                return mention(found)
            return found["escaped"] if escapes else found[0]

        return _MENTION.sub(said, self.text)


@lru_cache(maxsize=2)  # a line is asked about more than once before it is answered
def cut(line: str) -> tuple[Token, ...]:
    """Cut a line into its words."""
    last_closing = cache(partial(_last_closing, line))
    tokens: list[Token] = []
    at = 0
    while at < len(line):
        plain = _PLAIN.match(line, at)
        if plain:
            tokens.append(Token(plain.start(1), plain.end(1), plain[1]))
        elif (at := _next(line, at)) < len(line):
            tokens.append(_token(line, at, last_closing))
        at = tokens[-1].end if at < len(line) else at
    return tuple(tokens)


def prose(line: str, tokens: Sequence[Token]) -> str:
    """The text of several words: as it was typed, without the options that stood between.

    Text that is quoted as a whole is what the quotes hold.
    """
    if len(tokens) == 1 and tokens[0].quote:
        return tokens[0].prose
    return Token(0, 0, verbatim(line, tokens)).prose


def verbatim(line: str, tokens: Sequence[Token]) -> str:
    """Several words as they were typed, quotes and all, without the options that stood between."""
    said, end = "", tokens[0].start if tokens else 0
    for token in tokens:
        gap = line[end : token.start]
        said += (" " if gap.strip() else gap) + line[token.start : token.end]
        end = token.end
    return said


def quoted(text: str, *, if_needed: bool = True) -> str:
    """Write a text so that it reads back as this text, quoted ``if_needed`` or always."""
    words = text.split(" ")
    plain = text and all(word.split() == [word] and not _SPECIAL.match(word) for word in words)
    if if_needed and plain and "<" not in text:
        return text
    return '"' + _TO_ESCAPE.sub(r"\\\g<0>", text) + '"'


def leaves_open(text: str) -> bool:
    """Whether a quote begins in a text that something behind it could close."""
    return any(sign in text for sign in _OPENING) and any(token.unclosed for token in cut(text))


def unescape(text: str) -> str:
    """Decode a line as Slack sends it; its mentions stay recognisable, each as one word.

    ``<@U1|mo>`` is kept, what Slack made a link of becomes what was typed, and only then ``&lt;`` is ``<``.
    """
    text = _LINK.sub(_typed, _NAMED.sub(_one_word, text))
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def _typed(link: re.Match[str]) -> str:
    """The label is what was typed; without one it was the address, or a call such as ``@here``."""
    target = link["target"].removeprefix("mailto:").removeprefix("tel:")
    return link["label"] or (
        "@" + target.rpartition("^")[2].lstrip("!") if target.startswith("!") else target
    )


def _one_word(mention: re.Match[str]) -> str:
    return "_".join(mention[0].split())


def _next(line: str, start: int) -> int:
    found = _SIGN.search(line, start)
    return found.start() if found else len(line)


def _token(line: str, start: int, last_closing: "Closing") -> Token:
    option = _OPTION.match(line, start)
    if not option:
        return _word(line, start, last_closing)
    name = option["option"].casefold().replace("_", "-")
    if not option["equals"]:
        return Token(start, option.end(), option=name)
    value = _word(line, option.end(), last_closing)
    return Token(start, value.end, option=name, value=value)


def _word(line: str, start: int, last_closing: "Closing") -> Token:
    # To look from every quote that nobody closed to the end of the line would take the square of its length.
    sign = line[start : start + 1]
    quotes = sign in _CLOSING and last_closing(sign) > start
    found = (_WORD if quotes else _BARE).match(line, start)
    if not found:  # an option with nothing behind its "="
        return Token(start, start)
    kind = found.lastgroup or "bare"
    return Token(start, found.end(), found[kind], "" if kind == "bare" else kind)


def _last_closing(line: str, sign: str) -> int:
    """Where the last quote ends that this sign can open; -1 where none does."""
    closing = [found.start() for found in _CLOSING[sign].finditer(line) if not found[0].startswith("\\")]
    return closing[-1] if closing else -1


Closing = Callable[[str], int]
