"""What a person chose in an element, as Slack reports it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sandbox.slack.refusal import Refusal

Json = Mapping[str, Any]
Values = Mapping[str, Mapping[str, Any]]

# The field of a payload that holds what was chosen, for each type of element that keeps a single raw value.
RAW_FIELDS = {
    "plain_text_input": "value",
    "number_input": "value",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
INITIAL_FIELDS = {
    "plain_text_input": "initial_value",
    "number_input": "initial_value",
    "users_select": "initial_user",
    "conversations_select": "initial_conversation",
    "channels_select": "initial_channel",
    "datepicker": "initial_date",
    "timepicker": "initial_time",
    "datetimepicker": "initial_date_time",
}
SEARCHED = frozenset({"external_select", "multi_external_select"})
SEVERAL_OPTIONS = frozenset({"checkboxes", "multi_external_select"})
ONE_OPTION = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})


def elements_of(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Walk every element a person can use, each with the block that holds it."""
    for block in blocks:
        if block["type"] == "container":
            yield from elements_of(block["child_blocks"])
        held = [
            block.get("accessory"),
            block.get("element"),
            *block.get("elements", ()),
            *block.get("actions", ()),
            *(cell.get("element") for row in block.get("rows", ()) for cell in row),
        ]
        for element in held:
            if element is not None and "action_id" in element:
                yield block, element


def find_element(blocks: Sequence[Json], action_id: str, block_id: str | None = None) -> tuple[Json, Json]:
    """Find the element with this id, and its block; refuses where nothing like it is shown."""
    for block, element in elements_of(blocks):
        if element["action_id"] == action_id and block_id in {None, block["block_id"]}:
            return block, element
    raise Refusal("no_such_element", messages=[f"nothing here has the action_id {action_id!r}"])


def chosen(element: Json, raw: object, suggested: Sequence[Json] = ()) -> dict[str, Any]:
    """Report ``raw`` as chosen in an element.

    ``raw`` is text, a date, an id, an option's value, a list of values where there may be several, or None
    for nothing; ``suggested`` are the options that the app offered last in an ``external_select``.
    """
    kind = element["type"]
    if kind in SEVERAL_OPTIONS:
        return {"selected_options": [_option(element, value, suggested) for value in _values(raw)]}
    if kind in ONE_OPTION:
        return {"selected_option": None if raw in {None, ""} else _option(element, raw, suggested)}
    return {RAW_FIELDS[kind]: _typed(kind, raw)}


def initially(element: Json) -> dict[str, Any] | None:
    """Report what an element shows before anybody touched it; None for a button, which keeps nothing."""
    kind = element["type"]
    if kind in {"button", "overflow"}:
        return None
    if kind in SEVERAL_OPTIONS:
        return {"selected_options": list(element.get("initial_options", ()))}
    if kind in ONE_OPTION:
        return {"selected_option": element.get("initial_option")}
    return {RAW_FIELDS[kind]: element.get(INITIAL_FIELDS[kind])}


def is_empty(report: Json) -> bool:
    """Say whether a report (of ``chosen`` or ``initially``) means that nothing was filled in."""
    return all(value in (None, "", []) for value in report.values())


def options_of(element: Json) -> list[Json]:
    """List the options an element holds itself, those in groups included."""
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    return [*element.get("options", ()), *grouped]


def _values(raw: object) -> list[object]:
    if isinstance(raw, list | tuple):
        return list(raw)
    return [] if raw in {None, ""} else [raw]


def _option(element: Json, value: object, suggested: Sequence[Json] = ()) -> Json:
    if "initial_option" in element:
        suggested = [*suggested, element["initial_option"]]
    suggested = [*suggested, *element.get("initial_options", ())]
    for option in [*options_of(element), *suggested]:
        if option.get("value") == value:
            return option
    raise Refusal("no_such_option", messages=[f"{element['action_id']!r} offers no {value!r}"])


def _typed(kind: str, raw: object) -> object:
    if raw in {None, ""}:
        return None
    return int(str(raw)) if kind == "datetimepicker" else str(raw)
