"""Charts, as Slack draws them."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sandbox.slack.blocks.texts import Id, Strict, distinct

SERIES = 12
Label = Annotated[str, Field(min_length=1, max_length=20)]
Title = Annotated[str, Field(min_length=1, max_length=50)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Segment(Strict):
    """A slice of a pie."""

    label: Label
    value: Annotated[Number, Field(gt=0)]


class Pie(Strict):
    """A whole and its parts."""

    type: Literal["pie"]
    segments: Annotated[list[Segment], Field(min_length=1, max_length=SERIES)]


class Point(Strict):
    """The value of one category."""

    label: Label
    value: Number


class Series(Strict):
    """One line, or the bars of one colour."""

    name: Label
    data: Annotated[list[Point], Field(min_length=1, max_length=20)]


class Axes(Strict):
    """What the categories are, and the words along the axes."""

    categories: Annotated[list[Label], Field(min_length=1, max_length=20)]
    x_label: Title | None = None
    y_label: Title | None = None


class Plot(Strict):
    """Series over the same categories."""

    type: Literal["bar", "area", "line"]
    series: Annotated[list[Series], Field(min_length=1, max_length=SERIES)]
    axis_config: Axes

    @model_validator(mode="after")
    def _same_categories(self) -> Self:
        distinct([series.name for series in self.series], "series")
        for series in self.series:
            if [point.label for point in series.data] != self.axis_config.categories:
                raise PydanticCustomError(
                    "points", "labels of every series must match axis_config.categories"
                )
        return self


class DataVisualization(Strict):
    """A chart under a short title."""

    type: Literal["data_visualization"]
    title: Title
    chart: Annotated[Pie | Plot, Field(discriminator="type")]
    block_id: Id | None = None
