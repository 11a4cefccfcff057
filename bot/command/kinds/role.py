"""The name of a role in a room."""

from collections.abc import Sequence
from typing import Annotated

from bot.command.errors import Ambiguous
from bot.command.kinds.base import Input, Kind, Pinned, Slot, Turn
from bot.command.matching import OFFERED, Spellings, Spelt
from bot.command.ports import Names
from bot.command.references import RoomRef


class OfRoom:
    """Marks a text that is the name of a role in the command's room."""


RoleName = Annotated[str, OfRoom]


class RoleKind(Kind):
    """The name of a role, in any case; one that the room does not have stays for the command to refuse."""

    mark, turn = OfRoom, Turn.INSIDE
    prose, form = True, Input.SEARCH

    def read(self, words: str) -> str:
        """Keep the words until ``pin`` looks which roles there are."""
        return words

    def blank(self, value: str | None) -> bool:
        """Spaces say nothing."""
        return not (value or "").strip()

    async def pin(self, value: str, slot: Slot) -> Pinned:
        """Write it as the room's template does."""
        room = slot.place or await slot.names.room_here()
        if self.blank(value) or not room:
            return Pinned(value)
        roles = await slot.names.roles(room.id)
        if value in roles or not roles:
            return Pinned(value)
        named = Spellings((role, role) for role in roles)
        same = named.called(Spelt.of(value))
        near = same or named.near(Spelt.of(value))
        if len(same) == 1 or not near:
            return Pinned(same[0] if same else value)
        buttons = [slot.button(role, Pinned(role)) for role in near[:OFFERED]]
        template = "There is no role “{role}” in {room}. Do you mean this one?"
        raise Ambiguous(template, role=value, room=room).offering(buttons)

    async def offers(self, names: Names, place: RoomRef | None) -> Sequence[str]:
        """Those that the room's template has."""
        return list(await names.roles(place.id)) if place else []
