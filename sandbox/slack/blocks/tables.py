"""Tables: plain ones, and those that sort, turn pages and hold buttons."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sandbox.slack.blocks.elements import Button
from sandbox.slack.blocks.rich_text import RichCell, length
from sandbox.slack.blocks.texts import Id, Strict, distinct

CELL_TEXT = 10_000
DATA_TEXT = 20_000


class RawText(Strict):
    """A cell of plain words."""

    type: Literal["raw_text"]
    text: Annotated[str, Field(min_length=1)]


class RawNumber(Strict):
    """A cell with a figure, and how it is written."""

    type: Literal["raw_number"]
    value: Annotated[int | float, Field(allow_inf_nan=False)]
    text: Annotated[str, Field(min_length=1)]


Raw = Annotated[RawText | RawNumber, Field(discriminator="type")]


class ActionCell(Strict):
    """A cell with a button; ``fallback`` is for clients that show none."""

    type: Literal["action"]
    element: Button
    fallback: Raw | None = None


Cell = Annotated[RawText | RawNumber | RichCell, Field(discriminator="type")]
DataCell = Annotated[RawText | RawNumber | RichCell | ActionCell, Field(discriminator="type")]
Row = Annotated[list[Cell], Field(min_length=1, max_length=20)]
DataRow = Annotated[list[DataCell], Field(min_length=1, max_length=20)]


class Column(Strict):
    """How a column is laid out."""

    align: Literal["left", "center", "right"] = "left"
    is_wrapped: bool = False


class Table(Strict):
    """Rows of cells; the first row is the heading."""

    type: Literal["table"]
    rows: Annotated[list[Row], Field(min_length=1, max_length=100)]
    column_settings: Annotated[list[Column], Field(max_length=20)] | None = None
    block_id: Id | None = None

    @model_validator(mode="after")
    def _not_too_long(self) -> Self:
        _at_most(CELL_TEXT, [cell for row in self.rows for cell in row])
        return self


class DataTable(Strict):
    """Rows of cells that sort and turn pages; the first row is the heading."""

    type: Literal["data_table"]
    caption: Annotated[str, Field(min_length=1)]
    rows: Annotated[list[DataRow], Field(min_length=2, max_length=201)]
    page_size: Annotated[int, Field(ge=1, le=100)] = 5
    row_header_column_index: Annotated[int, Field(ge=0)] = 0
    block_id: Id | None = None

    @model_validator(mode="after")
    def _in_shape(self) -> Self:
        heading, *rows = self.rows
        if any(len(row) != len(heading) for row in rows):
            raise PydanticCustomError("rows", "all rows must have the same number of cells")
        if not all(isinstance(cell, RawText | RawNumber) for cell in heading):
            raise PydanticCustomError("rows", "the first row takes only raw cells")
        if self.row_header_column_index >= len(heading):
            raise PydanticCustomError("rows", "row_header_column_index must be that of a column")
        return self

    @model_validator(mode="after")
    def _not_too_long(self) -> Self:
        cells = [cell for row in self.rows for cell in row]
        _at_most(DATA_TEXT, [cell for cell in cells if not isinstance(cell, ActionCell)])
        distinct([cell.element.action_id for cell in cells if isinstance(cell, ActionCell)], "action_id")
        return self


def _at_most(limit: int, cells: list[RawText | RawNumber | RichCell]) -> None:
    total = sum(length(cell) if isinstance(cell, RichCell) else len(cell.text) for cell in cells)
    if total > limit:
        raise PydanticCustomError(
            "cells", "cells must hold less than {limit} characters together", {"limit": limit + 1}
        )
