"""The blocks: what a message or a view is stacked from."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sandbox.slack.blocks.charts import DataVisualization
from sandbox.slack.blocks.elements import Accessory, Action, Button, Image, Input
from sandbox.slack.blocks.rich_text import RichCell, RichText
from sandbox.slack.blocks.tables import DataTable, Table
from sandbox.slack.blocks.texts import (
    Id,
    Link,
    Mrkdwn,
    Plain150,
    Plain2000,
    PlainText,
    Strict,
    Text,
    Text150,
    Text200,
    Text2000,
    distinct,
)


class Block(Strict):
    """What every block has in common."""

    block_id: Id | None = None


class Section(Block):
    """Text, alone or in columns, with one element beside it."""

    type: Literal["section"]
    text: Text | None = None
    fields: Annotated[list[Text2000], Field(min_length=1, max_length=10)] | None = None
    accessory: Accessory | None = None
    expand: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.text is None and self.fields is None:
            raise PydanticCustomError("text", "must provide either text or fields")
        return self


class Header(Block):
    """A line in large letters."""

    type: Literal["header"]
    text: Plain150


class Context(Block):
    """Small print."""

    type: Literal["context"]
    elements: Annotated[
        list[Annotated[Image | PlainText | Mrkdwn, Field(discriminator="type")]],
        Field(min_length=1, max_length=10),
    ]


class Divider(Block):
    """A line across."""

    type: Literal["divider"]


class Actions(Block):
    """A row of elements."""

    type: Literal["actions"]
    elements: Annotated[list[Action], Field(min_length=1, max_length=25)]

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        distinct([element.action_id for element in self.elements], "action_id")
        return self


class InputBlock(Block):
    """Something to fill in, under its label."""

    type: Literal["input"]
    label: Plain2000
    element: Input
    hint: Plain2000 | None = None
    optional: bool = False
    dispatch_action: bool = False


class ImageBlock(Block):
    """A picture of its own."""

    type: Literal["image"]
    image_url: Link
    alt_text: Annotated[str, Field(min_length=1, max_length=2000)]
    title: Plain2000 | None = None


class Markdown(Block):
    """Text in ordinary Markdown."""

    type: Literal["markdown"]
    text: Annotated[str, Field(min_length=1, max_length=12_000)]


Icon = Literal[
    "archive", "book", "bookmark", "bot", "bug", "calendar", "call", "caret-left", "caret-right",
    "check", "clipboard", "code", "comment", "compass", "copy", "cube", "download", "edit", "email",
    "eye-closed", "eye-open", "file", "flag", "folder", "gear", "globe", "heart", "help", "image",
    "info", "key", "lightbulb", "link", "map", "mobile", "new-window", "pin", "plus", "refine",
    "refresh", "rocket", "save", "screen", "share", "sparkle", "star", "star-filled", "tag",
    "thumbs-down", "thumbs-up", "trash", "upload", "user", "warning",
]  # fmt: skip


class SlackIcon(Strict):
    """One of Slack's own icons."""

    type: Literal["icon"]
    name: Icon


class Card(Block):
    """A small self-contained summary."""

    type: Literal["card"]
    hero_image: Image | None = None
    icon: Image | None = None
    slack_icon: SlackIcon | None = None
    title: Text150 | None = None
    subtitle: Text150 | None = None
    body: Text200 | None = None
    subtext: Text200 | None = None
    actions: Annotated[list[Button], Field(min_length=1, max_length=3)] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.hero_image or self.title or self.body or self.actions):
            raise PydanticCustomError("card", "must provide hero_image, title, body or actions")
        if self.icon and self.slack_icon:
            raise PydanticCustomError("card", "must not provide both icon and slack_icon")
        return self


Simple = Section | Header | Context | Divider | Actions | InputBlock | ImageBlock | RichText
Child = Annotated[Simple | Table, Field(discriminator="type")]


class Container(Block):
    """Blocks grouped under a title, which may fold them away."""

    type: Literal["container"]
    title: Plain150 | None = None
    rich_text_title: RichCell | None = None
    child_blocks: Annotated[list[Child], Field(min_length=1, max_length=10)]
    subtitle: Text150 | None = None
    width: Literal["narrow", "standard", "wide", "full"] = "standard"
    icon: Image | None = None
    is_collapsible: bool = False
    default_collapsed: bool = False
    has_header_divider: bool = False

    @model_validator(mode="after")
    def _folds(self) -> Self:
        if not (self.title or self.rich_text_title):
            raise PydanticCustomError("container", "must provide title or rich_text_title")
        if self.default_collapsed and not self.is_collapsible:
            raise PydanticCustomError("container", "default_collapsed requires is_collapsible")
        if self.has_header_divider and self.is_collapsible:
            raise PydanticCustomError(
                "container", "has_header_divider cannot be set when is_collapsible is true"
            )
        return self


InMessage = Annotated[
    Simple | Table | DataTable | Markdown | DataVisualization | Container | Card, Field(discriminator="type")
]
InModal = Annotated[Simple, Field(discriminator="type")]
InHome = Annotated[Simple | DataVisualization | Container, Field(discriminator="type")]
