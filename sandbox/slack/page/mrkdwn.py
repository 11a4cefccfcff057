"""Slack's mrkdwn as HTML, escaped; what it does not know it shows as it was written."""

import re
from collections.abc import Callable, Mapping
from itertools import groupby
from types import MappingProxyType

from markupsafe import Markup, escape

from sandbox.slack.page import dates
from sandbox.slack.page.emoji import EMOJI
from sandbox.slack.page.reader import Reader

_FENCE = re.compile(r"```(.*?)```", re.DOTALL)
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_EMOJI = re.compile(r":([a-z0-9_+-]+):")
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_BROADCASTS = frozenset({"channel", "everyone", "here"})


def _styled(name: str, mark: str) -> str:
    """Write the rule of one style: its mark hugs the words and stands apart from letters outside."""
    return rf"(?<![\w{mark}]){mark}(?P<{name}>(?=\S)(?:<[^<>]*>|[^{mark}\n])+?(?<=\S)){mark}(?![\w{mark}])"


_INLINE = re.compile(
    "|".join(
        (
            r"`(?P<code>[^`\n]+)`",
            r"<(?P<token>[^<>]+)>",
            _styled("strong", r"\*"),
            _styled("em", "_"),
            _styled("s", "~"),
            r"(?<![\w:]):(?P<emoji>[a-z0-9_+-]+):(?!\w)",
        )
    )
)


def mrkdwn(text: str, reader: Reader) -> Markup:
    """Draw a ``mrkdwn`` text as the reader sees it in Slack."""
    parts = _FENCE.split(text)
    return Markup().join(
        _pre(part) if odd % 2 else _lines(part, reader) for odd, part in enumerate(parts) if part.strip("\n")
    )


def plain(text: str) -> Markup:
    """Draw a ``plain_text`` text: nothing is a mark in it but emoji."""
    return Markup().join(
        _emoji(part) if odd % 2 else escape(_unescaped(part)) for odd, part in enumerate(_EMOJI.split(text))
    )


def _unescaped(text: str) -> str:
    """Turn the three entities that Slack knows, and no other, back into what was meant."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _emoji(name: str) -> Markup:
    drawn = EMOJI.get(name)
    if drawn is None:
        return escape(f":{name}:")
    return Markup('<span role="img" aria-label="{}">{}</span>').format(name.replace("_", " "), drawn)


def _pre(text: str) -> Markup:
    return Markup("<pre>{}</pre>").format(_unescaped(text.strip("\n")))


def _lines(text: str, reader: Reader) -> Markup:
    """Gather neighbouring lines that begin with ``>`` into one quote."""
    drawn = Markup()
    for quoted, lines in groupby(text.strip("\n").split("\n"), key=lambda line: bool(_QUOTE.match(line))):
        bare = (_QUOTE.sub("", line, count=1) if quoted else line for line in lines)
        paragraph = Markup("<br>").join(_inline(line, reader) for line in bare)
        drawn += Markup("<blockquote>{}</blockquote>").format(paragraph) if quoted else paragraph
    return drawn


def _inline(text: str, reader: Reader) -> Markup:
    drawn, start = Markup(), 0
    for found in _INLINE.finditer(text):
        drawn += escape(_unescaped(text[start : found.start()])) + _mark(found, reader)
        start = found.end()
    return drawn + escape(_unescaped(text[start:]))


def _mark(found: re.Match[str], reader: Reader) -> Markup:
    kind = found.lastgroup or ""
    inside = found[kind]
    if kind == "code":
        return Markup("<code>{}</code>").format(_unescaped(inside))
    if kind == "token":
        return _token(inside, reader)
    if kind == "emoji":
        return _emoji(inside)
    return Markup("<{0}>{1}</{0}>").format(kind, _inline(inside, reader))


def _token(token: str, reader: Reader) -> Markup:
    """Draw what stands between angle brackets: a person, a channel, a date, a group, a link."""
    draw = _TOKENS.get(token[0], _link)
    return draw(token, reader)


def _person(token: str, reader: Reader) -> Markup:
    user_id, _, label = token[1:].partition("|")
    mine = " mention-me" if user_id == reader.user_id else ""
    name = reader.people.get(user_id) or _unescaped(label) or user_id
    return Markup('<span class="mention{}">@{}</span>').format(mine, name)


def _channel(token: str, reader: Reader) -> Markup:
    channel_id, _, label = token[1:].partition("|")
    name = reader.channels.get(channel_id) or _unescaped(label)
    if not name:
        return Markup('<span class="mention">private channel</span>')
    return Markup('<span class="mention">#{}</span>').format(name)


def _special(token: str, reader: Reader) -> Markup:
    command, _, label = token[1:].partition("|")
    name, *arguments = command.split("^")
    if name == "date":
        return _date(arguments, _unescaped(label), reader)
    if name in _BROADCASTS:
        return Markup('<span class="mention mention-me">@{}</span>').format(name)
    return Markup('<span class="mention">{}</span>').format(_unescaped(label) or f"@{name}")


def _date(arguments: list[str], fallback: str, reader: Reader) -> Markup:
    timestamp, template, link = (*arguments, "", "", "")[:3]
    text = dates.formatted(timestamp, _unescaped(template), reader)
    if text is None:
        return escape(fallback)
    drawn = Markup('<time title="{}">{}</time>').format(fallback or text, text)
    return _anchor(link, drawn) if link else drawn


def _link(token: str, _reader: Reader) -> Markup:
    address, _, label = token.partition("|")
    if not _WEB.match(address):
        return escape(f"<{_unescaped(token)}>")
    return _anchor(address, escape(_unescaped(label or address.removeprefix("mailto:"))))


def _anchor(address: str, text: Markup) -> Markup:
    """Link to the web and to mail only: a script in an address stays text."""
    if not _WEB.match(address):
        return text
    opened = Markup('<a href="{}" target="_blank" rel="noreferrer noopener">{}</a>')
    return opened.format(_unescaped(address), text)


_TOKENS: Mapping[str, Callable[[str, Reader], Markup]] = MappingProxyType(
    {"@": _person, "#": _channel, "!": _special}
)
