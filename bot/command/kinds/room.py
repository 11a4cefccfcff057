"""A room by name or id."""

import re
from collections.abc import Sequence
from typing import Annotated

from bot.command.errors import Ambiguous
from bot.command.kinds.base import Input, Kind, Pinned, Slot, Turn
from bot.command.matching import OFFERED
from bot.command.ports import Names
from bot.command.references import RoomRef
from bot.command.vault import HIDDEN
from bot.errors import UserError
from bot.reply import Channel, Code

_CHANNEL = re.compile(r"<#(\w+)(?:\|[^<>]*)?>")
_LINK = re.compile(
    r"https?://[^\s/]+/(?:(?:meeting|preview|streaming)/){1,2}(?P<code>[\w-]{3,64})(?:[/?#]\S*)?"
)
_BEHIND = re.compile(r"(?P<host>https?://[^\s/]+/)\S+")
_AROUND = "#?!,; "  # no room's name has them: 100ms takes letters, digits and . - : _


class RoomKind(Kind):
    """A room by name or id; the room of the channel where none is named."""

    annotation, form = RoomRef, Input.SEARCH
    many, option = True, "room"
    implied, remark = RoomRef(), "Left empty, it is the room of the channel."
    turn = Turn.PLACE

    def read(self, words: str) -> RoomRef:
        """Keep the words until ``pin`` looks the room up."""
        return RoomRef(words=words)

    def write(self, value: RoomRef) -> str:
        """Its id once it is known."""
        return value.exact

    def show(self, value: RoomRef) -> str:
        """Its name; of a link only where it leads, since whoever has all of it can come in."""
        return _BEHIND.sub(rf"\g<host>{HIDDEN}", value.shown)

    def blank(self, value: RoomRef | None) -> bool:
        """No room was named."""
        return not value or not value.exact

    async def pin(self, value: RoomRef | None, slot: Slot) -> Pinned:
        """Look the room up, or which is that of the place where it was asked."""
        if not value or value.id:
            return Pinned(value)
        room = await (_called(value.words, slot.names) if value.words else slot.names.room_here())
        if not room:
            raise await _no_room(value.words, slot)
        return Pinned(room)

    async def offers(self, names: Names, place: RoomRef | None) -> Sequence[RoomRef]:  # noqa: ARG002 -- it is one
        """The likeliest first."""
        return await names.rooms()


class OrEvery:
    """Marks a room in whose place a ``*`` may stand, or ``all``, which means every room there is."""


EVERY = RoomRef(words="*")
ALL = frozenset({"all", "every", "everything"})  # unless a room is called so
RoomOrEvery = Annotated[RoomRef, OrEvery]


class RoomOrEveryKind(RoomKind):
    """A room by name or id, or every room: then it takes the right to all of them."""

    mark = OrEvery

    def among(self, value: RoomRef, *, last: bool) -> Sequence[str]:  # noqa: ARG002 -- words to choose from follow
        """By its option: a room may be called as one of the words that stand behind it."""
        return self.behind(self.option, value)

    async def pin(self, value: RoomRef | None, slot: Slot) -> Pinned:
        """Look the room up; what means every room means no other one."""
        every = value == EVERY or (value and await _means_all(value.words, slot.names))
        return Pinned(EVERY) if every else await super().pin(value, slot)


async def _means_all(words: str, names: Names) -> bool:
    return words.casefold() in ALL and not await names.room_called(words)


async def _called(words: str, names: Names) -> RoomRef | None:
    """The room of this name or id, or the one a channel speaks for; ``standup?`` ends a question."""
    channel = _CHANNEL.fullmatch(words.strip(_AROUND))
    if channel:
        return await _spoken_for(channel[1], names)
    link = _LINK.fullmatch(words)
    if link:
        return await names.room_linked(link["code"])
    for said in filter(None, dict.fromkeys((words, words.strip(_AROUND)))):
        room = await names.room_called(said)
        if room:
            return room
    return None


async def _spoken_for(channel: str, names: Names) -> RoomRef:
    room = await names.room_of(channel)
    if not room:
        raise UserError(
            "{channel} speaks for no room. Name the room, or let an admin bind one there: `/hms room bind`.",
            channel=Channel(channel),
        )
    return room


async def _no_room(words: str, slot: Slot) -> UserError:
    link = _LINK.fullmatch(words)
    near = await slot.names.rooms_near(words) if words and not link else ()
    rooms = near or await slot.names.rooms()
    buttons = [slot.button(room.said(), Pinned(room)) for room in rooms[:OFFERED]]
    if link:
        return Ambiguous("No room that you may look into has this link. Which room?").offering(buttons)
    if not rooms:
        return UserError("There is no room yet. An admin can make one: `/hms room create`.")
    if not words:
        return Ambiguous("Which room? Nothing here says so. Choose one, or name it with --room.").offering(
            buttons
        )
    if not near:
        return _nothing_near(words, slot)
    return Ambiguous("There is no room called “{words}”. Do you mean this one?", words=words).offering(
        buttons
    )


def _nothing_near(words: str, slot: Slot) -> UserError:
    """Say so, or which option was read as a name: ``end-room in 5m``."""
    if slot.option(words):
        return UserError(
            "There is no room called “{words}”. An option has two dashes: {option}.",
            words=words,
            option=Code(f"--{words}"),
        )
    return UserError(
        "There is no room called “{words}”. See which there are: {list}.",
        words=words,
        list=Code("/hms room list"),
    )
