"""What is different between two states of a template, or of a part of it, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.features.template.calling import CALLED, MEANING
from bot.features.template.flat import At, Unshown, Whole, flat
from bot.reply import NOT_SET, Code, Counted, Phrase, Reply, Term

MOST_TOLD = 40  # lines: a card is read before somebody says yes to it
EMPTY = (None, False, "", 0, ())  # 100ms leaves out what is false, none or nothing
YES, NO = Term("yes"), Term("no")
NEW, GONE = Term("is new"), Term("is gone")
# What is a thing by itself, with a name: it comes and goes as a whole.
FAMILIES = frozenset({"roles", "rtmpDestinations", "hlsDestinations", "transcriptions", "browserRecordings"})


@dataclass(frozen=True)
class Difference:
    """One value that is another now, or a whole thing that came or went; None where there is none."""

    at: At
    before: Any = None
    now: Any = None


def differences(before: Whole, now: Whole) -> list[Difference]:
    """Everything that is different, in the order in which it stands there."""
    was, is_now = flat(before), flat(now)
    apart = [*_things(before, now)]
    things = {one.at for one in apart}
    several = [
        Difference(at, was.get(at), is_now.get(at))
        for at in dict.fromkeys([*is_now, *was])
        if things.isdisjoint({at[:2], at[:3]}) and _differ(was.get(at), is_now.get(at))
    ]
    return [*apart, *several]


def told(several: Iterable[Difference], whose: str = "") -> list[Reply]:
    """A line each, as somebody reads it before they say yes: "guest: may publish video: yes → no"."""
    lines = [_line(one, whose) for one in several]
    if len(lines) <= MOST_TOLD:
        return lines
    more = Counted(len(lines) - MOST_TOLD, "other difference", "other differences")
    return [*lines[:MOST_TOLD], Reply("\n{more}", more=more)]


def held(whole: Whole, whose: str = "") -> tuple[tuple[Any, Any], ...]:
    """Every value by what people call it: what a yes to a change of it is given to."""
    return tuple(
        (_named(at, whose), _said(at, value))
        for at, value in flat(whole).items()
        if not isinstance(value, Unshown) and value not in EMPTY
    )


def _things(before: Whole, now: Whole) -> Iterator[Difference]:
    """The roles and destinations that are there on one side alone."""
    for at in [(family,) for family in sorted(FAMILIES)] + [
        ("destinations", one) for one in sorted(FAMILIES)
    ]:
        was, is_now = _inside(before, at), _inside(now, at)
        yield from (Difference((*at, name), None, now=True) for name in is_now if name not in was)
        yield from (Difference((*at, name), before=True) for name in was if name not in is_now)


def _inside(whole: Whole, at: At) -> Mapping[str, Any]:
    found: Any = whole
    for name in at:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _differ(before: Any, now: Any) -> bool:
    return before != now and not (before in EMPTY and now in EMPTY)


def _line(one: Difference, whose: str) -> Reply:
    if one.at[-2:-1] and one.at[-2] in FAMILIES:
        return Reply("\n{whose} {becomes}", whose=one.at[-1], becomes=NEW if one.now else GONE)
    before, now = _said(one.at, one.before, one.now), _said(one.at, one.now, one.before)
    return Reply("\n{what}: {before} → {now}", what=_named(one.at, whose), before=before, now=now)


def _named(at: At, whose: str) -> Phrase | Term | Code:
    """What people call a value, and whose it is."""
    owner, place = _owner(at)
    what = CALLED.get(".".join(place)) or Code(".".join(place))
    owner = owner or whose
    return Phrase("{whose}: {what}", whose=owner, what=what) if owner else what


def _owner(at: At) -> tuple[str, At]:
    """Whose value it is, and its place there: a role's by itself, a destination's by what it is."""
    below = at[1:] if at[0] == "destinations" else at
    if below[0] in FAMILIES and len(below) > 2:
        return below[1], below[2:] if below[0] == "roles" else (below[0], *below[2:])
    return "", at


def _said(at: At, value: Any, other: Any = None) -> Any:
    """A value as people read it, beside what it was or becomes."""
    if isinstance(value, Unshown):
        return Term("a key that is not shown")
    if isinstance(value, bool) or (value is None and isinstance(other, bool)):
        return YES if value else NO
    if value in EMPTY:
        return MEANING.get((at[-1], value)) or NOT_SET
    return MEANING.get((at[-1], value)) or (value if isinstance(value, tuple) else str(value))
