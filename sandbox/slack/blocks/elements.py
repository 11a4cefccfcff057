"""What a person can press, choose or fill in."""

from datetime import date, time
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from sandbox.slack.blocks.texts import (
    Confirm,
    Id,
    Link,
    MarkedOption,
    Option,
    OptionGroup,
    OverflowOption,
    Plain75,
    Plain150,
    Strict,
    Style,
)

Options = Annotated[list[Option], Field(min_length=1, max_length=100)]
Groups = Annotated[list[OptionGroup], Field(min_length=1, max_length=100)]
MarkedOptions = Annotated[list[MarkedOption], Field(min_length=1, max_length=10)]


class Image(Strict):
    """A picture beside text."""

    type: Literal["image"]
    image_url: Link
    alt_text: Annotated[str, Field(min_length=1, max_length=2000)]


class Button(Strict):
    """Something to press."""

    type: Literal["button"]
    text: Plain75
    action_id: Id | None = None
    value: Annotated[str, Field(max_length=2000)] | None = None
    url: Link | None = None
    style: Style | None = None
    confirm: Confirm | None = None
    accessibility_label: Annotated[str, Field(max_length=75)] | None = None


class Element(Strict):
    """What every element but a button has in common."""

    action_id: Id | None = None
    confirm: Confirm | None = None
    focus_on_load: bool = False


class Menu(Element):
    """What every menu has in common."""

    placeholder: Plain150 | None = None


class StaticSelect(Menu):
    """A menu whose choices the app gives at once."""

    type: Literal["static_select"]
    options: Options | None = None
    option_groups: Groups | None = None
    initial_option: Option | None = None

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        if (self.options is None) == (self.option_groups is None):
            raise PydanticCustomError("options", "must provide either options or option_groups")
        grouped = [option for group in self.option_groups or [] for option in group.options]
        if self.initial_option is not None and self.initial_option not in [*(self.options or []), *grouped]:
            raise PydanticCustomError("initial", "initial_option must match one of the options")
        return self


class ExternalSelect(Menu):
    """A menu whose choices the app gives while somebody types."""

    type: Literal["external_select"]
    min_query_length: Annotated[int, Field(ge=0)] = 3
    initial_option: Option | None = None


class MultiExternalSelect(Menu):
    """The same where several may be chosen."""

    type: Literal["multi_external_select"]
    min_query_length: Annotated[int, Field(ge=0)] = 3
    initial_options: Annotated[list[Option], Field(min_length=1, max_length=100)] | None = None
    max_selected_items: Annotated[int, Field(ge=1)] | None = None


class UsersSelect(Menu):
    """A menu of people."""

    type: Literal["users_select"]
    initial_user: str | None = None


class ConversationFilter(Strict):
    """Which conversations a menu offers."""

    include: list[Literal["im", "mpim", "private", "public"]] | None = None
    exclude_external_shared_channels: bool = False
    exclude_bot_users: bool = False


class ConversationsSelect(Menu):
    """A menu of channels and direct messages."""

    type: Literal["conversations_select"]
    initial_conversation: str | None = None
    default_to_current_conversation: bool = False
    filter: ConversationFilter | None = None


class ChannelsSelect(Menu):
    """A menu of public channels."""

    type: Literal["channels_select"]
    initial_channel: str | None = None


class Overflow(Strict):
    """A menu behind three dots."""

    type: Literal["overflow"]
    action_id: Id | None = None
    options: Annotated[list[OverflowOption], Field(min_length=1, max_length=5)]
    confirm: Confirm | None = None


class DispatchConfig(Strict):
    """When typing tells the app."""

    trigger_actions_on: list[Literal["on_enter_pressed", "on_character_entered"]]


class PlainTextInput(Strict):
    """A line or more to write."""

    type: Literal["plain_text_input"]
    action_id: Id | None = None
    initial_value: Annotated[str, Field(max_length=3000)] | None = None
    multiline: bool = False
    min_length: Annotated[int, Field(ge=0, le=3000)] = 0
    max_length: Annotated[int, Field(ge=1, le=3000)] = 3000
    dispatch_action_config: DispatchConfig | None = None
    focus_on_load: bool = False
    placeholder: Plain150 | None = None


class NumberInput(Strict):
    """A number to write; limits are written as text."""

    type: Literal["number_input"]
    is_decimal_allowed: bool
    action_id: Id | None = None
    initial_value: str | None = None
    min_value: str | None = None
    max_value: str | None = None
    dispatch_action_config: DispatchConfig | None = None
    focus_on_load: bool = False
    placeholder: Plain150 | None = None


class Checkboxes(Element):
    """Choices of which any number may be ticked."""

    type: Literal["checkboxes"]
    options: MarkedOptions
    initial_options: MarkedOptions | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        if any(option not in self.options for option in self.initial_options or []):
            raise PydanticCustomError("initial", "initial_options must match the options")
        return self


class RadioButtons(Element):
    """Choices of which one may be picked."""

    type: Literal["radio_buttons"]
    options: MarkedOptions
    initial_option: MarkedOption | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.initial_option is not None and self.initial_option not in self.options:
            raise PydanticCustomError("initial", "initial_option must match one of the options")
        return self


def _a_date(text: str) -> str:
    try:
        written = date.fromisoformat(text).isoformat()
    except ValueError:
        written = ""
    if written != text:
        raise PydanticCustomError("date", "must be a date as YYYY-MM-DD")
    return text


def _a_time(text: str) -> str:
    try:
        written = time.fromisoformat(text).strftime("%H:%M")
    except ValueError:
        written = ""
    if written != text:
        raise PydanticCustomError("time", "must be a time as HH:mm")
    return text


def _a_zone(text: str) -> str:
    if text not in available_timezones():
        raise PydanticCustomError("zone", "must be a time zone")
    return text


class DatePicker(Menu):
    """A day."""

    type: Literal["datepicker"]
    initial_date: Annotated[str, AfterValidator(_a_date)] | None = None


class TimePicker(Menu):
    """A time of day."""

    type: Literal["timepicker"]
    initial_time: Annotated[str, AfterValidator(_a_time)] | None = None
    timezone: Annotated[str, AfterValidator(_a_zone)] | None = None


class DateTimePicker(Element):
    """A moment, in seconds since 1970."""

    type: Literal["datetimepicker"]
    initial_date_time: Annotated[int, Field(ge=10**9, lt=10**10)] | None = None


Select = StaticSelect | ExternalSelect | UsersSelect | ConversationsSelect | ChannelsSelect
Picker = DatePicker | TimePicker
Choice = Checkboxes | RadioButtons
Accessory = Annotated[
    Image | Button | Overflow | Select | MultiExternalSelect | Picker | Choice, Field(discriminator="type")
]
Action = Annotated[Button | Overflow | Select | Picker | DateTimePicker | Choice, Field(discriminator="type")]
Input = Annotated[
    PlainTextInput | NumberInput | Select | MultiExternalSelect | Picker | DateTimePicker | Choice,
    Field(discriminator="type"),
]
