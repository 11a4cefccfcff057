"""What may stand in a message, in a form, on Home and in the answer of an ``external_select``."""

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from sandbox.slack.blocks.ids import repeated, with_ids
from sandbox.slack.blocks.layout import InHome, InMessage, InModal
from sandbox.slack.blocks.pointers import explained, fault
from sandbox.slack.blocks.texts import Option, OptionGroup, Plain24, Strict
from sandbox.slack.refusal import Refusal

Json = Mapping[str, Any]
CHART = "data_visualization"
CHARTS = 2
MESSAGE_TEXT = 12_000
VIEW_BYTES = 250_000


class MessageBlocks(Strict):
    """The blocks of a message."""

    blocks: Annotated[list[InMessage], Field(max_length=50)]


class AnyView(Strict):
    """What forms and Homes have in common."""

    private_metadata: Annotated[str, Field(max_length=3000)] = ""
    callback_id: Annotated[str, Field(max_length=255)] = ""
    external_id: Annotated[str, Field(max_length=255)] = ""


class Modal(AnyView):
    """A form."""

    type: Literal["modal"]
    title: Plain24
    blocks: Annotated[list[InModal], Field(min_length=1, max_length=100)]
    submit: Plain24 | None = None
    close: Plain24 | None = None
    clear_on_close: bool = False
    notify_on_close: bool = False
    submit_disabled: bool = False


class Home(AnyView):
    """The app's own page."""

    type: Literal["home"]
    blocks: Annotated[list[InHome], Field(min_length=1, max_length=100)]


class Offered(Strict):
    """The answer to a ``block_suggestion``."""

    options: Annotated[list[Option], Field(max_length=100)] | None = None
    option_groups: Annotated[list[OptionGroup], Field(max_length=100)] | None = None


def checked_message(blocks: object) -> tuple[Json, ...]:
    """Give the blocks of a message back with every id filled in.

    Refuses with ``invalid_blocks`` and pointers, or ``msg_blocks_too_long`` when their texts together are.
    """
    sent = list(blocks) if isinstance(blocks, list | tuple) else []
    faults = _faults(MessageBlocks, {"blocks": sent or blocks or []}) or _message_faults(sent)
    if faults:
        raise Refusal("invalid_blocks", messages=faults)
    if sum(len(text) for text in _texts(sent)) > MESSAGE_TEXT:
        raise Refusal("msg_blocks_too_long")
    return tuple(with_ids(sent))


def checked_view(view: object, *, expected: str) -> Json:
    """Give a view back with every id filled in; ``expected`` is ``modal`` or ``home``.

    Refuses with ``invalid_arguments`` and pointers, or ``view_too_large`` from 250 kB on.
    """
    model = Modal if expected == "modal" else Home
    faults = _faults(model, view, "/view")
    if faults or not isinstance(view, Mapping):
        raise Refusal("invalid_arguments", messages=faults)
    faults = _view_faults(view)
    if faults:
        raise Refusal("invalid_arguments", messages=faults)
    if len(json.dumps(view, separators=(",", ":"), ensure_ascii=False).encode()) > VIEW_BYTES:
        raise Refusal("view_too_large")
    return {**view, "blocks": with_ids(view["blocks"])}


def refuse_unknown(blocks: Sequence[Json], kinds: Container[str], root: str, code: str) -> None:
    """Refuse with ``code`` where a block is of one of these kinds, as where Slack does not know them yet."""
    told = [
        fault(f"unsupported type: {block['type']}", f"{root}/{at}/type")
        for at, block in enumerate(blocks)
        if block["type"] in kinds
    ]
    if told:
        raise Refusal(code, messages=told)


def checked_options(body: object) -> list[Json]:
    """Give the options that an app offers, those in groups included; refuses with ``invalid_options``."""
    faults = _faults(Offered, body)
    if faults or not isinstance(body, Mapping):
        raise Refusal("invalid_options", messages=faults)
    grouped = [option for group in body.get("option_groups", ()) for option in group["options"]]
    return [*body.get("options", ()), *grouped]


def _faults(model: type[BaseModel], data: object, root: str = "") -> list[str]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        return explained(error, data, root)
    return []


def _message_faults(blocks: Sequence[Json]) -> list[str]:
    found = [fault(what, pointer) for what, pointer in repeated(blocks, "/blocks")]
    kinds = [block["type"] for block in blocks]
    if kinds.count(CHART) > CHARTS:
        found.append(fault(f"no more than {CHARTS} {CHART} blocks allowed", "/blocks"))
    if kinds.count("table") > 1:
        found.append(fault("only_one_table_allowed", "/blocks"))
    return found


def _view_faults(view: Json) -> list[str]:
    blocks = view["blocks"]
    found = [fault(what, pointer) for what, pointer in repeated(blocks, "/view/blocks")]
    if (
        view["type"] == "modal"
        and not view.get("submit")
        and any(block["type"] == "input" for block in blocks)
    ):
        found.append(fault("missing required field: submit", "/view"))
    if sum(element.get("focus_on_load", False) for element in _elements(blocks)) > 1:
        found.append(fault("only one element may set focus_on_load", "/view/blocks"))
    return found


def _elements(blocks: Sequence[Json]) -> Iterator[Json]:
    for block in blocks:
        held = [block.get("element"), block.get("accessory"), *block.get("elements", ())]
        yield from (element for element in held if element is not None)


def _texts(part: object) -> Iterator[str]:
    """Walk what counts for the whole message: a data table is measured alone, and may hold more."""
    if isinstance(part, Mapping) and part.get("type") != "data_table":
        if isinstance(part.get("text"), str):
            yield part["text"]
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)
