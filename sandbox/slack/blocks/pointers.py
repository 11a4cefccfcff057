"""Saying what was wrong with a block in Slack's words, with a pointer to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

WORDS = {
    "string_too_long": "must be less than {max_length+1} characters",
    "string_too_short": "must be more than {min_length-1} characters",
    "too_long": "no more than {max_length} items allowed",
    "too_short": "no fewer than {min_length} items allowed",
    "string_type": "must provide a string",
    "bool_type": "must provide a boolean",
    "int_type": "must provide an integer",
    "float_type": "must provide a number",
    "list_type": "must provide an array",
    "model_type": "must provide an object",
    "model_attributes_type": "must provide an object",
    "dict_type": "must provide an object",
    "union_tag_not_found": "missing required field: type",
}


def explained(error: ValidationError, data: object, root: str = "") -> list[str]:
    """List each fault of ``data``, which stands at ``root``, as ``[ERROR] what [json-pointer:/where]``."""
    return [_explain(details, data, root) for details in error.errors(include_url=False)]


def fault(message: str, pointer: str) -> str:
    """Write one fault as Slack does."""
    return f"[ERROR] {message} [json-pointer:{pointer}]"


def _explain(error: ErrorDetails, data: object, root: str) -> str:
    path = [*root.split("/")[1:], *_path(error["loc"], data)]
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return fault(f"unknown field: {path[-1]}", _pointer(path))
        case "missing":
            return fault(f"missing required field: {path[-1]}", _pointer(path[:-1]))
        case "union_tag_invalid":
            return fault(f"unsupported type: {context['tag']}", _pointer([*path, "type"]))
        case "literal_error" | "enum":
            return fault(f"must be one of: {context['expected']}", _pointer(path))
        case "text_too_long":
            return fault(error["msg"], _pointer([*path, "text"]))
        case kind:
            return fault(_words(kind, context) or error["msg"], _pointer(path))


def _words(kind: str, context: Mapping[str, Any]) -> str:
    longest, shortest = context.get("max_length", 0), context.get("min_length", 0)
    counted = {
        "max_length+1": longest + 1,
        "max_length": longest,
        "min_length-1": shortest - 1,
        "min_length": shortest,
    }
    words = WORDS.get(kind, "")
    for name, number in counted.items():
        words = words.replace(f"{{{name}}}", str(number))
    return words


def _path(loc: Sequence[int | str], data: object) -> list[int | str]:
    """Drop the names of union members, which pydantic puts between the keys: what was sent has none."""
    path: list[int | str] = []
    for position, step in enumerate(loc):
        if isinstance(data, dict) and data.get("type") == step:
            within = loc[position + 1 : position + 2]  # a piece of type "text" has a field of that name too
            if step not in data or (within and within[0] in data):
                continue
        path.append(step)
        data = _inside(data, step)
    return path


def _inside(data: object, step: int | str) -> object:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int):
        return data[step]
    return None


def _pointer(path: Sequence[int | str]) -> str:
    return "".join(f"/{step}" for step in path)
