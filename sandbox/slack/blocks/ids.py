"""The ids that Slack makes up where the app gave none, and the defaults it writes out."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

Json = Mapping[str, Any]
DEFAULTS = {"plain_text": ("emoji", True), "mrkdwn": ("verbatim", False)}
SILENT = frozenset({"image", "plain_text", "mrkdwn"})


def with_ids(blocks: Sequence[Json]) -> list[dict[str, Any]]:
    """Copy checked blocks with every ``block_id`` and ``action_id`` filled in."""
    taken = {block["block_id"] for _, block in _walk(blocks, "") if "block_id" in block}
    fresh = (name for name in map("auto{}".format, count(1)) if name not in taken)
    return [_block(block, fresh) for block in blocks]


def repeated(blocks: Sequence[Json], root: str) -> list[tuple[str, str]]:
    """List each ``block_id`` that is used a second time, with a pointer to it."""
    found, seen = [], set()
    for pointer, block in _walk(blocks, root):
        block_id = block.get("block_id")
        if block_id in seen:
            found.append((f"`block_id` {block_id} already exists", f"{pointer}/block_id"))
        if block_id is not None:
            seen.add(block_id)
    return found


def _walk(blocks: Sequence[Json], root: str) -> Iterator[tuple[str, Json]]:
    for position, block in enumerate(blocks):
        yield f"{root}/{position}", block
        yield from _walk(block.get("child_blocks", ()), f"{root}/{position}/child_blocks")


def _block(block: Json, fresh: Iterator[str]) -> dict[str, Any]:
    filled = {"block_id": block.get("block_id") or next(fresh)}
    for name, value in block.items():
        if name == "child_blocks":
            filled[name] = [_block(child, fresh) for child in value]
        elif name in {"elements", "actions"} and block["type"] in {"actions", "card"}:
            filled[name] = [_element(element, fresh) for element in value]
        elif name in {"element", "accessory"}:
            filled[name] = _element(value, fresh)
        elif name == "rows":
            filled[name] = [[_cell(cell, fresh) for cell in row] for row in value]
        else:
            filled.setdefault(name, _written_out(value))
    return filled


def _cell(cell: Json, fresh: Iterator[str]) -> dict[str, Any]:
    written: dict[str, Any] = _written_out(cell)
    return {**written, "element": _element(cell["element"], fresh)} if cell["type"] == "action" else written


def _element(element: Json, fresh: Iterator[str]) -> dict[str, Any]:
    written = {name: _written_out(value) for name, value in element.items()}
    if element["type"] not in SILENT and "action_id" not in element:
        written["action_id"] = next(fresh)
    return written


def _written_out(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_written_out(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    written = {name: _written_out(item) for name, item in value.items()}
    default = DEFAULTS.get(value.get("type", ""))
    return written if default is None else {default[0]: default[1], **written}
