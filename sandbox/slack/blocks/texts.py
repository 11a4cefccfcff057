"""The small objects inside blocks: texts, options, confirmations."""

import re
from collections.abc import Hashable
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """A part of Block Kit: refuses fields it does not know and values of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


BARE_DATE = re.compile(r"<!date\^[^|>]*(\|\s*)?>")


def _something(text: str) -> str:
    """Refuse blanks: Slack takes them for nothing."""
    if not text.strip():
        raise PydanticCustomError("blank", "must be more than 0 characters")
    return text


def _dates_can_be_read(text: str) -> str:
    if BARE_DATE.search(text):
        raise PydanticCustomError("date", "a date needs a fallback")
    return text


Said = Annotated[str, Field(max_length=3000), AfterValidator(_something)]


class PlainText(Strict):
    """Text without formatting."""

    type: Literal["plain_text"]
    text: Said
    emoji: bool = True


class Mrkdwn(Strict):
    """Text with Slack's own marks."""

    type: Literal["mrkdwn"]
    text: Annotated[Said, AfterValidator(_dates_can_be_read)]
    verbatim: bool = False


Text = Annotated[PlainText | Mrkdwn, Field(discriminator="type")]
AnyText = TypeVar("AnyText", PlainText, Mrkdwn, PlainText | Mrkdwn)


def at_most(limit: int) -> AfterValidator:
    """Limit how long the text of a text object may be, for the place it stands in."""

    def check(text: AnyText) -> AnyText:
        if len(text.text) > limit:
            raise PydanticCustomError(
                "text_too_long", "must be less than {limit} characters", {"limit": limit + 1}
            )
        return text

    return AfterValidator(check)


Plain24 = Annotated[PlainText, at_most(24)]
Plain30 = Annotated[PlainText, at_most(30)]
Plain75 = Annotated[PlainText, at_most(75)]
Plain150 = Annotated[PlainText, at_most(150)]
Plain2000 = Annotated[PlainText, at_most(2000)]
Text75 = Annotated[Text, at_most(75)]
Text150 = Annotated[Text, at_most(150)]
Text200 = Annotated[Text, at_most(200)]
Text2000 = Annotated[Text, at_most(2000)]

Id = Annotated[str, Field(min_length=1, max_length=255)]
Link = Annotated[str, Field(max_length=3000, pattern=r"^https?://")]
Style = Literal["primary", "danger"]


def distinct(keys: list[Hashable], what: str) -> None:
    """Refuse two of the same; what is None was left out and counts for nothing."""
    given = [key for key in keys if key is not None]
    for position, key in enumerate(given):
        if key in given[:position]:
            raise PydanticCustomError(
                "duplicate", "{what} `{key}` already exists", {"what": what, "key": str(key)}
            )


class Confirm(Strict):
    """The question asked before an element acts."""

    title: Annotated[PlainText, at_most(100)]
    text: Annotated[Text, at_most(300)]
    confirm: Plain30
    deny: Plain30
    style: Style = "primary"


class Option(Strict):
    """One choice of a menu."""

    text: Plain75
    value: Annotated[str, Field(min_length=1, max_length=150)]
    description: Plain75 | None = None


class OverflowOption(Option):
    """One choice of an overflow menu, which may also lead elsewhere."""

    url: Link | None = None


class MarkedOption(Strict):
    """One choice of checkboxes or radio buttons, whose text may be formatted."""

    text: Text75
    value: Annotated[str, Field(min_length=1, max_length=150)]
    description: Text75 | None = None


class OptionGroup(Strict):
    """Choices of a menu under one label."""

    label: Plain75
    options: Annotated[list[Option], Field(min_length=1, max_length=100)]
