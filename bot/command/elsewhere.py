"""A room that stands behind somebody's name, among the words of the reason: ``remove Gus from yoga``."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.command.matching import bare
from bot.command.ports import Names
from bot.command.references import PersonRef, RoomRef
from bot.command.tokens import Token, cut, verbatim

_CHANNEL = re.compile(r"<#(\w+)>")
_ENDS = ",.;:!?"
_GOES_ON = re.compile(r"(?:[-–—]+|[:,].*|for|because|reason:?)", re.IGNORECASE)  # noqa: RUF001 -- phones


def may_name_a_room(tokens: Sequence[Token]) -> bool:
    """Whether a room may stand among these words; only who knows the rooms can tell."""
    return any(True for _ in _places(tokens))


async def elsewhere(words: str, names: Names) -> tuple[RoomRef, str] | None:
    """The room that the last ``from …`` of somebody's words names, and the words without it.

    None where it names no room, or where it is a part of the name of somebody who is here.
    """
    tokens = cut(words)
    for at in reversed(list(_places(tokens))):
        said = tokens[at + 1].word.strip(_ENDS + "#")
        room = await _room(said, names)
        if room and not await _is_part_of_a_name(said, names):
            return room, verbatim(words, [*tokens[:at], *tokens[at + 2 :]])
    return None


def _places(tokens: Sequence[Token]) -> Iterator[int]:
    """Where a ``from`` stands with one word behind it, after which nothing or the reason follows."""
    for at, (token, place) in enumerate(pairwise(tokens[1:]), start=1):
        if token.quote or token.text.casefold() != "from" or place.quote or place.option:
            continue
        behind = tokens[at + 2 :]
        if (
            not behind
            or place.text[-1:] in _ENDS
            or (not behind[0].quote and _GOES_ON.fullmatch(behind[0].text))
        ):
            yield at


async def _room(said: str, names: Names) -> RoomRef | None:
    channel = _CHANNEL.fullmatch(said)
    if channel:
        return await names.room_of(channel[1])
    return await names.room_called(said) if said else None


async def _is_part_of_a_name(said: str, names: Names) -> bool:
    """Somebody may be called *Gus from yoga*."""
    here = await names.room_here()
    people: Sequence[PersonRef] = await names.people(here.id) if here else ()
    return any(f"from {bare(said)}" in bare(someone.name) for someone in people)
