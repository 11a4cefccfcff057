"""What Slack tells, in the shape that its pages give it: whatever else comes is acked and let go.

Only what is read here is stated. Bolt and those behind it may then take members for what they are; a change
of Slack's shows in the log by its place, and not as a defect of ours.
Source: Slack docs, interactivity/handling, reference/interaction-payloads, apis/events-api, slash commands.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from bot.slack.drawing import limits

UNREAD = "unread"
# Of which events what is read, and whether it has to be there.
SAID = {"user": False, "text": False, "channel": False, "channel_type": False, "thread_ts": False}
READ_OF: Mapping[object, Mapping[str, bool]] = {
    "app_mention": SAID | {"user": True, "text": True, "channel": True},
    "message": SAID | {"parent_user_id": False},
    "app_home_opened": {"user": True, "channel": False},
    "channel_id_changed": {"old_channel_id": True, "new_channel_id": True},
}
Id = Annotated[str, StringConstraints(min_length=1, max_length=limits.EXTERNAL_ID)]
Value = Annotated[str, StringConstraints(max_length=limits.VALUE)]


def _kept(text: str) -> str:
    """What we wrote into a view when we made it."""
    held = json.loads(text or "{}")
    if not isinstance(held, dict):
        raise ValueError("it is no object")  # noqa: TRY004 -- pydantic takes a ValueError for a misfit
    _Kept.model_validate(held)
    return text


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Kept(_Part):
    words: str = ""
    values: dict[str, Any] = {}
    labels: dict[str, str] = {}
    inside: dict[str, str] = {}
    channel: str = ""
    thread: str = ""


class _Named(_Part):
    id: Id


class _Words(_Part):
    text: str


class _Option(_Part):
    value: Value
    text: _Words


class _Filled(_Part):
    """What somebody has filled in; which member counts is said by the type."""

    type: str
    value: str | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None
    selected_user: Id | None = None
    selected_date_time: int | None = None


class _Pressed(_Filled):
    action_id: Id
    action_ts: Id
    block_id: str
    value: Value | None = None


class _Block(_Part):
    type: str
    block_id: str


class _State(_Part):
    values: dict[str, dict[str, _Filled]]


class _View(_Part):
    id: Id
    type: str
    hash: str
    external_id: str | None = None
    clear_on_close: bool = False
    private_metadata: Annotated[str, AfterValidator(_kept)] = ""
    blocks: list[_Block]
    state: _State


class _Form(_View):
    callback_id: str


class _Container(_Part):
    channel_id: str = ""
    message_ts: str = ""
    thread_ts: str = ""
    is_ephemeral: bool = False


class _Place(_Part):
    id: str | None = None


class _Interaction(_Part):
    user: _Named
    team: _Place | None = None
    view: _View | None = None


class _Click(_Interaction):
    actions: Annotated[list[_Pressed], Field(min_length=1)]
    container: _Container = _Container()
    channel: _Place | None = None
    response_url: str = ""
    trigger_id: str = ""


class _Search(_Interaction):
    action_id: Id
    block_id: str
    value: str = ""


class _HandedIn(_Interaction):
    trigger_id: str = ""
    view: _Form


class _Happened(_Part):
    """What is read of an event depends on its type; of others the same names may mean other things."""

    type: Id

    @model_validator(mode="before")
    @classmethod
    def _is_whole(cls, happened: Any) -> Any:
        read = READ_OF.get(happened.get("type"), {}) if isinstance(happened, dict) else {}
        for name, needed in read.items():
            if not isinstance(happened.get(name, None if needed else ""), str):
                raise ValueError(f"{name} is no text")  # noqa: TRY004 -- as above
        return happened


class _Authorization(_Part):
    team_id: str | None = None


class _Told(_Part):
    event: _Happened
    event_id: Id
    event_time: int | None = None
    team_id: str | None = None
    authorizations: list[_Authorization] | None = None


class _Typed(_Part):
    command: Id
    text: str = ""
    user_id: Id
    channel_id: Id
    trigger_id: Id
    team_id: str | None = None
    response_url: str = ""


class _Challenge(_Part):
    challenge: str


SHAPES: Mapping[str, type[_Part]] = {
    "block_actions": _Click,
    "block_suggestion": _Search,
    "view_submission": _HandedIn,
    "event_callback": _Told,
    "url_verification": _Challenge,
    "": _Typed,  # a slash command says no type
}
# What stands in for one that cannot be read, so that it is acked as its kind is.
STAND_INS: Mapping[str, Mapping[str, Any]] = {
    "block_actions": {"actions": [{"type": "button", "action_id": UNREAD, "block_id": UNREAD}]},
    "block_suggestion": {"action_id": UNREAD, "block_id": UNREAD},
    "view_submission": {"view": {"type": "modal", "callback_id": UNREAD, "blocks": []}},
    "event_callback": {"event": {"type": UNREAD}},
}


def misfit(body: Mapping[str, Any]) -> str:
    """Where a payload is not as Slack's pages say, or of a kind that nobody here listens to; else empty."""
    shape = SHAPES.get(_kind(body))
    if shape is None:
        return "type"
    try:
        shape.model_validate(body)
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False, include_context=False)[0]
        return ".".join(map(str, first["loc"])) or first["type"]
    return ""


def stated(body: Mapping[str, Any]) -> dict[str, Any]:
    """What is stated of a payload that fits: the rest is read by nobody here, and must not trip up Bolt."""
    shape = SHAPES[_kind(body)]
    return {name: body[name] for name in ("type", *shape.model_fields) if name in body}


def stand_in(body: Mapping[str, Any]) -> dict[str, Any]:
    """What is handed on in place of a payload that cannot be read."""
    kind = _kind(body)
    if kind == "" and isinstance(body.get("command"), str):
        return {"command": body["command"]}
    known = kind if kind in STAND_INS else "event_callback"
    return {"type": known, **STAND_INS[known]}


def _kind(body: Mapping[str, Any]) -> str:
    kind = body.get("type", "")
    return kind if isinstance(kind, str) else UNREAD
