"""Tables, and the formatted text that their cells may hold."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sandbox.slack.blocks.texts import Id, Link, Strict

CELL_TEXT = 10_000


class RawText(Strict):
    """A cell of plain words."""

    type: Literal["raw_text"]
    text: Annotated[str, Field(min_length=1)]


class RichStyle(Strict):
    """How a piece of formatted text looks."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False


class RichWords(Strict):
    """Words in formatted text."""

    type: Literal["text"]
    text: Annotated[str, Field(min_length=1)]
    style: RichStyle | None = None


class RichLink(Strict):
    """A link in formatted text."""

    type: Literal["link"]
    url: Link
    text: str | None = None
    style: RichStyle | None = None


class RichUser(Strict):
    """Somebody named in formatted text."""

    type: Literal["user"]
    user_id: str
    style: RichStyle | None = None


class RichChannel(Strict):
    """A channel named in formatted text."""

    type: Literal["channel"]
    channel_id: str
    style: RichStyle | None = None


RichPiece = Annotated[RichWords | RichLink | RichUser | RichChannel, Field(discriminator="type")]


class RichSection(Strict):
    """A run of formatted text."""

    type: Literal["rich_text_section"]
    elements: list[RichPiece]


class RichText(Strict):
    """A cell of formatted text."""

    type: Literal["rich_text"]
    elements: Annotated[list[RichSection], Field(min_length=1)]


Cell = Annotated[RawText | RichText, Field(discriminator="type")]
Row = Annotated[list[Cell], Field(min_length=1, max_length=20)]


class Column(Strict):
    """How a column is laid out."""

    align: Literal["left", "center", "right"] = "left"
    is_wrapped: bool = False


class Table(Strict):
    """Rows of cells; the first row is the heading."""

    type: Literal["table"]
    rows: Annotated[list[Row], Field(min_length=1, max_length=100)]
    column_settings: Annotated[list[Column | None], Field(max_length=20)] | None = None
    block_id: Id | None = None

    @model_validator(mode="after")
    def _not_too_long(self) -> Self:
        length = sum(_length(cell) for row in self.rows for cell in row)
        if length > CELL_TEXT:
            raise PydanticCustomError("cells", "cells must hold less than 10001 characters together")
        return self


def _length(cell: RawText | RichText) -> int:
    if isinstance(cell, RawText):
        return len(cell.text)
    pieces = [piece for section in cell.elements for piece in section.elements]
    return sum(len(piece.text or "") for piece in pieces if not isinstance(piece, RichUser | RichChannel))
