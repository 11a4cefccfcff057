"""A room by name or id."""

from collections.abc import Sequence

from bot.command.errors import Ambiguous
from bot.command.kinds.base import Input, Kind, Pinned, Slot, Turn
from bot.command.matching import alike
from bot.command.ports import Names
from bot.command.references import RoomRef
from bot.errors import UserError
from bot.reply import Code

_OFFERED = 20  # more buttons than that are no choice


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
        """Its name."""
        return value.shown

    def blank(self, value: RoomRef | None) -> bool:
        """No room was named."""
        return not value or not value.exact

    async def pin(self, value: RoomRef | None, slot: Slot) -> Pinned:
        """Look the room up, or which is that of the place where it was asked."""
        if not value or value.id:
            return Pinned(value)
        room = await (slot.names.room_called(value.words) if value.words else slot.names.room_here())
        if not room:
            raise _no_room(value.words, await slot.names.rooms(), slot)
        return Pinned(room)

    async def offers(self, names: Names) -> Sequence[RoomRef]:
        """The likeliest first."""
        return await names.rooms()


def _no_room(words: str, rooms: Sequence[RoomRef], slot: Slot) -> UserError:
    near = [room for room in rooms if not words or alike(words, room.name)][:_OFFERED]
    if not rooms:
        return UserError("There is no room yet. An admin can make one: /hms room create.")
    if not near:
        return _nothing_near(words, slot)
    buttons = [slot.button(room.said(), Pinned(room)) for room in near]
    if words:
        return Ambiguous("There is no room called “{words}”. Do you mean this one?", words=words).offering(
            buttons
        )
    return Ambiguous("Which room? Nothing here says so. Choose one, or name it with --room.").offering(
        buttons
    )


def _nothing_near(words: str, slot: Slot) -> UserError:
    """Say so, or which option was read as a name: ``end-room in 5m``."""
    if words.partition(" ")[0] in slot.options:
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
