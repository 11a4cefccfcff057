"""A room that stands behind somebody's name, among the words of the reason: ``remove Gus from yoga``."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.command.matching import bare, folded
from bot.command.ports import Names
from bot.command.references import PersonRef, RoomRef
from bot.command.tokens import Token, cut, verbatim

_CHANNEL = re.compile(r"<#(\w+)>")
_ENDS = ",.;:!?"
_LEADS = ("from", "in")
_GOES_ON = re.compile(r"(?:[-–—]+|[:,].*|for|because|reason:?)", re.IGNORECASE)  # noqa: RUF001 -- phones


def may_name_a_room(tokens: Sequence[Token]) -> bool:
    """Whether a room may stand among these words; only who knows the rooms can tell."""
    return any(True for _ in _places(tokens)) or _behind_a_name(tokens) is not None


async def elsewhere(words: str, names: Names) -> tuple[RoomRef, str] | None:
    """The room that the last ``from …`` of somebody's words names, and the words without it.

    None where it names no room, or where it is a part of the name of somebody who is here. With more behind
    it, as in ``Gus from yoga rude``, it is meant where what stands before it is somebody's name there.
    """
    tokens = cut(words)
    for at in reversed(list(_places(tokens))):
        room = await _meant(tokens[at : at + 2], names)
        if room:
            return room, verbatim(words, [*tokens[:at], *tokens[at + 2 :]])
    lead = _behind_a_name(tokens)
    room = await _meant(tokens[lead : lead + 2], names) if lead else None
    if lead and room and await _is_there(_name(words, tokens[:lead]), room, names):
        return room, verbatim(words, [*tokens[:lead], *tokens[lead + 2 :]])
    return None


async def _meant(said: Sequence[Token], names: Names) -> RoomRef | None:
    """The room of ``from yoga``; none where that is a part of the name of somebody who is here."""
    called = said[1].word.strip(_ENDS + "#")
    room = await _room(called, names)
    return None if room is None or await _is_part_of_a_name(f"{said[0].text} {called}", names) else room


async def _is_there(name: str, room: RoomRef, names: Names) -> bool:
    """Whether somebody of this name is in a room."""
    return any(folded(someone.name) == name for someone in await names.people(room.id))


def _behind_a_name(tokens: Sequence[Token]) -> int | None:
    """Where the first ``from`` or ``in`` stands with a word behind it, before which may be a name."""
    for at, (token, place) in enumerate(pairwise(tokens[1:]), start=1):
        if not token.quote and token.text.casefold() in _LEADS:
            return None if place.quote or place.option else at
    return None


def _name(words: str, tokens: Sequence[Token]) -> str:
    """What stands before it, as names are held against each other."""
    return folded(tokens[0].word if len(tokens) == 1 else verbatim(words, tokens))


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
    return any(bare(said) in bare(someone.name) for someone in people)
