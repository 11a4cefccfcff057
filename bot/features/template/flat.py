"""A template, or a part of one, as values by their places: how JSON is read, compared and changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

At = tuple[str, ...]
Whole = Mapping[str, Any]

# Lists of which only matters what is in them: what may be sent stands there as a yes of its own.
SETS = frozenset({("publishParams", "allowed")})
SECRET = frozenset({"rtmpUrls", "credentials"})  # they let anybody stream there, or into somebody's storage
# Made by 100ms, and changed by it whenever anything else is.
OF_100MS = frozenset({"id", "_id", "customerId", "customer", "appId", "createdAt", "updatedAt"})


@dataclass(frozen=True)
class Unshown:
    """Something that can be told from another, and is shown to nobody."""

    value: Any = field(repr=False)


def flat(whole: Whole, at: At = ()) -> dict[At, Any]:
    """Every value by its place; a list of texts is one value, and so is what must not be shown."""
    found: dict[At, Any] = {}
    for name, value in whole.items():
        if at or name not in OF_100MS:
            found |= _flat((*at, name), value)
    return found


def patched(whole: Whole, patch: Whole) -> dict[str, Any]:
    """The whole with what a JSON merge patch (RFC 7396) says: ``null`` takes a member away."""
    merged = dict(whole)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, Mapping):
            before = merged.get(name)
            merged[name] = patched(before if isinstance(before, Mapping) else {}, value)
        else:
            merged[name] = value
    return merged


def placed(whole: Whole, at: At, value: Any) -> dict[str, Any]:
    """The whole with one value at its place; what may be sent is put into its list, or taken out."""
    name, *below = at
    if not below:
        return {**whole, name: value}
    inside = whole.get(name)
    if isinstance(inside, list | tuple) or (inside is None and len(below) == 1 and _is_set(at)):
        others = [one for one in inside or () if one != below[0]]
        return {**whole, name: [*others, below[0]] if value else others}
    return {**whole, name: placed(inside if isinstance(inside, Mapping) else {}, tuple(below), value)}


def secrets(patch: Any) -> Iterator[str]:
    """What stands in a patch that must not be written down."""
    if isinstance(patch, Mapping):
        yield from (name for name in patch if name in SECRET)
    inside = patch.values() if isinstance(patch, Mapping) else patch if isinstance(patch, list) else ()
    for each in inside:
        yield from secrets(each)


def without_secrets(whole: Any) -> Any:
    """The same without what must not be shown: a patch made of it leaves that as it is."""
    if isinstance(whole, Mapping):
        return {name: without_secrets(each) for name, each in whole.items() if name not in SECRET}
    return [without_secrets(each) for each in whole] if isinstance(whole, list | tuple) else whole


def _flat(at: At, value: Any) -> dict[At, Any]:
    if at[-1] in SECRET:
        return {at: Unshown(value)}
    if isinstance(value, Mapping):
        return flat(value, at)
    if isinstance(value, list | tuple):
        return _of_list(at, value)
    return {at: value}


def _of_list(at: At, several: Sequence[Any]) -> dict[At, Any]:
    if at[-2:] in SETS:
        return {(*at, str(one)): True for one in several}
    if any(isinstance(one, Mapping | list | tuple) for one in several):
        return flat({str(number): one for number, one in enumerate(several, start=1)}, at)
    return {at: tuple(several)}


def _is_set(at: At) -> bool:
    return at[:1] in {one[-1:] for one in SETS}
