"""Somebody in a room: a name, a row of the list that was shown last, a link or an id."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.command.elsewhere import may_name_a_room
from bot.command.errors import Ambiguous
from bot.command.kinds.base import Input, Kind, Pinned, Slot, Turn
from bot.command.matching import Found, called
from bot.command.ports import Names
from bot.command.references import PersonRef, RoomRef
from bot.command.tokens import Token, cut, verbatim
from bot.errors import UserError
from bot.reply import Code, Mention

_POINTED = re.compile(r"(?:user|peer):\S.*|#\d{1,6}|<@\w+>")
_ROWS = re.compile(r"#\d{1,6}(?:(?:\s*[,&+]\s*|\s+and\s+|\s+(?=#))#?\d{1,6})+(?=\s|\Z)", re.IGNORECASE)
_AND_ANOTHER = re.compile(r"(?:and\b|[&+])\s*(?=[\"“„«])", re.IGNORECASE)  # a name in quotes, and one more
_HELD = 150  # characters, in what is chosen from a list
_WHO = Code("/hms who")


class PersonKind(Kind):
    """Somebody in the room."""

    annotation, form = PersonRef, Input.SEARCH
    many = before_text = True
    turn = Turn.INSIDE

    def read(self, words: str) -> PersonRef:
        """Keep the words until ``pin`` looks who is there."""
        return PersonRef(words=words)

    def write(self, value: PersonRef) -> str:
        """Their id once it is known."""
        return value.exact

    def show(self, value: PersonRef) -> str:
        """Their name."""
        return value.shown

    def blank(self, value: PersonRef | None) -> bool:
        """Nobody was named."""
        return not value or not value.exact

    def take_before_text(self, line: str, tokens: Sequence[Token]) -> tuple[Any, Sequence[Token]]:
        """Tell the name from the text if the words show it; else they stay whole, and who is there tells.

        They also stay whole where a room may stand behind the name.
        """
        told = len(tokens) == 1 or tokens[0].quote or _points(tokens[0].word)
        several = _ROWS.match(verbatim(line, tokens)) or _AND_ANOTHER.match(verbatim(line, tokens[1:]))
        if told and not (may_name_a_room(tokens) or several):
            return super().take_before_text(line, tokens)
        return PersonRef(words=verbatim(line, tokens), holds_text=True), ()

    def holds_text(self, value: PersonRef | None) -> bool:
        """Whether who is there has yet to tell the name from the text."""
        return bool(value and value.holds_text)

    def among(self, value: PersonRef, *, last: bool) -> Sequence[str]:
        """Words that hold a text stand as they were typed."""
        return [value.words] if value.holds_text else super().among(value, last=last)

    async def pin(self, value: PersonRef | None, slot: Slot) -> Pinned:
        """Find them among those who are in the command's room, with the text behind their name."""
        if not value or value.key or not value.words:
            return Pinned(value)
        room = await _room(slot)
        found = await _find(value, room, slot.names)
        meant = [Pinned(someone, slot.behind(typed)) for someone, typed in found.people]
        if found.exact and len(meant) == 1:
            return meant[0]
        raise _several(meant, room, slot, exact=found.exact)

    def fill(self, value: PersonRef) -> str:
        """An id that a list can hold: whoever is called by a longer one is called by their connection."""
        held = self.write(value)
        return f"peer:{value.peer_id}" if len(held) > _HELD and value.peer_id else held

    async def offers(self, names: Names, place: RoomRef | None) -> Sequence[PersonRef]:
        """Everybody who is there now, once."""
        people = await names.people(place.id) if place else ()
        return list({someone.key: someone for someone in people}.values())

    def labels(self, values: Sequence[PersonRef]) -> Sequence[str]:
        """With the role, and with the id where two would read alike."""
        return told_apart(values)


def _points(words: str) -> bool:
    """Whether the words name one person by themselves, so that what follows is something else."""
    return bool(_POINTED.fullmatch(words))


async def _room(slot: Slot) -> RoomRef:
    room = slot.place or await slot.names.room_here()
    if not room:
        raise UserError("No room is bound to this channel. Name one with {option}.", option=Code("--room"))
    return room


def _several(meant: Sequence[Pinned], room: RoomRef, slot: Slot, *, exact: bool) -> Ambiguous:
    template = "That names several people in {room}. Whom do you mean?"
    if not exact:
        template = "Nobody in {room} is called exactly so. Do you mean this person?"
    labels = told_apart([one.value for one in meant], quoted=True)
    buttons = [slot.button(label, one) for label, one in zip(labels, meant, strict=True)]
    return Ambiguous(template, room=room).offering(buttons)


async def _find(ref: PersonRef, room: RoomRef, names: Names) -> Found:
    """Find who may be meant among the people who are in the room now.

    Raises UserError when nobody is, or when a row or a link leads nowhere.
    """
    people = await names.people(room.id)
    if not people:
        raise UserError(
            "Nobody is in {room}: no session is running there. See the other rooms: `/hms room list`.",
            room=room,
        )
    rows = _ROWS.match(ref.words)
    if rows:
        numbers = dict.fromkeys(re.findall(r"\d+", rows[0]))
        each = [await _pointed(f"#{number}", people, room, names) for number in numbers]
        behind = ref.words[rows.end() :].strip()
        return Found(tuple((one, behind) for found in each for one, _ in found.people), exact=True)
    told, typed = _told(ref)
    if told:
        found = await _find(PersonRef(words=told), room, names)
        also, typed = await _another(typed, people)
        found = replace(found, people=(*found.people, *also))
        return replace(found, people=tuple((someone, typed) for someone, _ in found.people))
    if _points(ref.words):
        return await _pointed(ref.words, people, room, names)
    found = await called(ref.words, people, holds_text=ref.holds_text)
    if not found.people:
        raise UserError(
            "Nobody called “{words}” is in {room}. See who is there: {who}.",
            words=ref.words,
            room=room,
            who=_WHO,
        )
    return found


async def _another(typed: str, people: Sequence[PersonRef]) -> tuple[Sequence[tuple[PersonRef, str]], str]:
    """Who else is named behind a name in quotes, ``and "ivy" rude``, and what stands behind them all."""
    more = _AND_ANOTHER.match(typed)
    if more is None:
        return (), typed
    other = cut(typed[more.end() :])[0]
    found = await called(other.word, people)
    if not found.exact:
        return (), typed
    also, behind = await _another(typed[more.end() + other.end :].strip(), people)
    return (*found.people, *also), behind


def _told(ref: PersonRef) -> tuple[str, str]:
    """The first of somebody's words, where they end the name by themselves, and what stands behind it."""
    first = cut(ref.words)[0] if ref.holds_text else None
    if first is None or not (first.quote or _points(first.word)):
        return "", ""
    return first.word, ref.words[first.end :].strip()


def told_apart(people: Sequence[PersonRef], *, quoted: bool = False) -> list[str]:
    """A label each, with the role, and with the id where two would read alike."""
    names = [f"“{someone.said().quotable}”" if quoted else someone.shown for someone in people]
    labels = [
        " · ".join(filter(None, (name, someone.role))) for name, someone in zip(names, people, strict=True)
    ]
    times = Counter(labels)
    return [
        label if times[label] == 1 else f"{label} · {someone.key}"
        for label, someone in zip(labels, people, strict=True)
    ]


async def _pointed(words: str, people: Sequence[PersonRef], room: RoomRef, names: Names) -> Found:
    means = await _meaning(words, names)
    found = {someone.key: someone for someone in reversed(people) if means(someone)}
    if not found:
        raise UserError(
            "{words} is not in {room} now. See who is there: {who}.", words=words, room=room, who=_WHO
        )
    return Found(tuple((someone, "") for someone in reversed(found.values())), exact=True)


async def _meaning(words: str, names: Names) -> Callable[[PersonRef], bool]:
    if words.startswith("#"):
        key = await _row(int(words[1:]), names)
        return lambda someone: someone.key == key
    if words.startswith("<@"):
        user = await _linked(words.strip("<@>"), names)
        return lambda someone: someone.user_id == user
    kind, _, id_ = words.partition(":")
    return lambda someone: id_ == (someone.user_id if kind == "user" else someone.peer_id)


async def _row(number: int, names: Names) -> str:
    key = await names.row(number)
    if not key:
        raise UserError(
            "Row {number} is of no list I showed you in the last ten minutes. Look again: {who}.",
            number=number,
            who=_WHO,
        )
    return key


async def _linked(slack_user: str, names: Names) -> str:
    user = await names.linked(slack_user)
    if not user:
        mention = Mention(slack_user, slack_user)
        raise UserError(
            "I do not know who {mention} is in the room. Name them as the room does: {who}.",
            mention=mention,
            who=_WHO,
        )
    return user
