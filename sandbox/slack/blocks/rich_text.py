"""Formatted text: a block of its own, a title, or a cell of a table."""

from typing import Annotated, Literal

from pydantic import Field

from sandbox.slack.blocks.texts import Id, Link, Strict

Border = Literal[0, 1]
Words = Annotated[str, Field(min_length=1)]


class RichStyle(Strict):
    """How a piece of formatted text looks."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    underline: bool = False


class Piece(Strict):
    """What every piece of formatted text has in common."""

    style: RichStyle | None = None


class RichWords(Piece):
    """Words."""

    type: Literal["text"]
    text: Words


class RichLink(Piece):
    """A link."""

    type: Literal["link"]
    url: Link
    text: str | None = None
    unsafe: bool = False


class RichUser(Piece):
    """Somebody named."""

    type: Literal["user"]
    user_id: Words


class RichGroup(Piece):
    """A group of people named."""

    type: Literal["usergroup"]
    usergroup_id: Words


class RichChannel(Piece):
    """A channel named."""

    type: Literal["channel"]
    channel_id: Words


class RichEmoji(Piece):
    """An emoji by its name."""

    type: Literal["emoji"]
    name: Words


class RichBroadcast(Piece):
    """Everybody called."""

    type: Literal["broadcast"]
    range: Literal["here", "channel", "everyone"]


class RichDate(Piece):
    """A moment, in seconds since 1970, in the zone of whoever reads."""

    type: Literal["date"]
    timestamp: int
    format: Words
    fallback: str | None = None
    url: Link | None = None


AnyPiece = Annotated[
    RichWords | RichLink | RichUser | RichGroup | RichChannel | RichEmoji | RichBroadcast | RichDate,
    Field(discriminator="type"),
]
PlainPiece = Annotated[RichWords | RichLink, Field(discriminator="type")]
Pieces = Annotated[list[AnyPiece], Field(min_length=1)]


class RichSection(Strict):
    """A run of formatted text."""

    type: Literal["rich_text_section"]
    elements: Pieces


class RichList(Strict):
    """Runs of formatted text below one another."""

    type: Literal["rich_text_list"]
    style: Literal["bullet", "ordered"]
    elements: Annotated[list[RichSection], Field(min_length=1)]
    indent: Annotated[int, Field(ge=0, le=8)] = 0
    offset: Annotated[int, Field(ge=0)] = 0
    border: Border = 0


class RichCode(Strict):
    """Formatted text as it was typed."""

    type: Literal["rich_text_preformatted"]
    elements: Annotated[list[PlainPiece], Field(min_length=1)]
    border: Border = 0


class RichQuote(Strict):
    """What somebody else said."""

    type: Literal["rich_text_quote"]
    elements: Pieces
    border: Border = 0


class RichCell(Strict):
    """Formatted text on a line, in a cell or a title."""

    type: Literal["rich_text"]
    elements: Annotated[list[RichSection], Field(min_length=1)]


class RichText(Strict):
    """Formatted text as a block."""

    type: Literal["rich_text"]
    elements: Annotated[
        list[Annotated[RichSection | RichList | RichCode | RichQuote, Field(discriminator="type")]],
        Field(min_length=1),
    ]
    block_id: Id | None = None


def length(cell: RichCell) -> int:
    """Count the characters that somebody wrote; names are Slack's."""
    pieces = [piece for section in cell.elements for piece in section.elements]
    return sum(len(piece.text or "") for piece in pieces if isinstance(piece, RichWords | RichLink))
