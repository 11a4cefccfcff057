"""The name of one of several things that are known by their names, such as a role in a room."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Self

from bot.command.errors import Ambiguous
from bot.command.kinds.base import Input, Kind, Pinned, Slot, Stated, Turn
from bot.command.matching import OFFERED, Spellings, Spelt
from bot.command.ports import Names
from bot.command.references import RoomRef

KnownNames = Callable[[Names, RoomRef | None], Awaitable[Sequence[str]]]
"""The names that there are, of the command's room where they are a room's."""


@dataclass(frozen=True)
class OneOf:
    """Marks a text that is one of the ``known`` names; ``unlike`` asks about one that is nearly so.

    Without that, one that nobody knows yet is as good.
    """

    known: KnownNames
    unlike: Callable[[str, RoomRef | None], Ambiguous] | None


async def _roles(names: Names, room: RoomRef | None) -> Sequence[str]:
    return tuple(await names.roles(room.id)) if room else ()


async def _targets(names: Names, room: RoomRef | None) -> Sequence[str]:
    return await names.targets(room.id) if room else ()


async def _trunks(names: Names, _: RoomRef | None) -> Sequence[str]:
    return await names.trunks()


async def _template_roles(names: Names, _: RoomRef | None) -> Sequence[str]:
    return await names.template_roles()


def _no_role(role: str, room: RoomRef | None) -> Ambiguous:
    return Ambiguous("There is no role “{role}” in {room}. Do you mean this one?", role=role, room=room)


def _no_target(name: str, room: RoomRef | None) -> Ambiguous:
    return Ambiguous("{room} has no target “{name}”. Do you mean this one?", name=name, room=room)


def _no_trunk(name: str, _: RoomRef | None) -> Ambiguous:
    return Ambiguous("There is no trunk “{name}”. Do you mean this one?", name=name)


def _no_template_role(role: str, _: RoomRef | None) -> Ambiguous:
    return Ambiguous("The template has no role “{role}”. Do you mean this one?", role=role)


RoleName = Annotated[str, OneOf(_roles, _no_role)]
TargetName = Annotated[str, OneOf(_targets, _no_target)]
TrunkName = Annotated[str, OneOf(_trunks, _no_trunk)]
TemplateRole = Annotated[str, OneOf(_template_roles, _no_template_role)]
NewTemplateRole = Annotated[str, OneOf(_template_roles, None)]


@dataclass(frozen=True)
class NamedKind(Kind):
    """A known name, in any case; one that is like none of them stays for the command to refuse."""

    mark, turn = OneOf, Turn.INSIDE
    prose, form = True, Input.SEARCH
    one_of: OneOf

    @classmethod
    def of(cls, stated: Stated) -> Self | None:
        """A text that is marked as one."""
        marks = (mark for mark in stated.marks if isinstance(mark, OneOf))
        return next((cls(mark) for mark in marks), None)

    def read(self, words: str) -> str:
        """Keep the words until ``pin`` looks which names there are."""
        return words

    def blank(self, value: str | None) -> bool:
        """Spaces say nothing."""
        return not (value or "").strip()

    async def pin(self, value: str, slot: Slot) -> Pinned:
        """Write it as it is known."""
        if self.blank(value):
            return Pinned(value)
        room = slot.place or await slot.names.room_here()
        known = await self.one_of.known(slot.names, room)
        named = Spellings((name, name) for name in known)
        same = [value] if value in known else named.called(Spelt.of(value))
        near = same or named.near(Spelt.of(value))
        if len(same) == 1 or not near or self.one_of.unlike is None:
            return Pinned(same[0] if len(same) == 1 else value)
        buttons = [slot.button(name, Pinned(name)) for name in near[:OFFERED]]
        raise self.one_of.unlike(value, room).offering(buttons)

    @property
    def takes_new(self) -> bool:
        """Whether one that nobody knows yet may be said."""
        return self.one_of.unlike is None

    async def offers(self, names: Names, place: RoomRef | None) -> Sequence[str]:
        """Those that there are."""
        return await self.one_of.known(names, place)
