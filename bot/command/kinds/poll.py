"""A poll of a room by its title or id."""

import re
from collections.abc import Sequence

from bot.command.errors import Ambiguous
from bot.command.kinds.base import Input, Kind, Pinned, Slot, Turn
from bot.command.matching import OFFERED, Spellings, Spelt
from bot.command.ports import Names
from bot.command.references import PollRef, RoomRef
from bot.errors import UserError
from bot.reply import Name

_ID = re.compile(r"[0-9a-f]{24}")


class PollKind(Kind):
    """A poll by its title among those that are known of the room, or by its id."""

    annotation, form = PollRef, Input.SEARCH
    many = prose = True
    turn = Turn.INSIDE

    def read(self, words: str) -> PollRef:
        """Keep the words until ``pin`` looks which polls there are."""
        return PollRef(words=words)

    def write(self, value: PollRef) -> str:
        """Its id once it is known."""
        return value.exact

    def show(self, value: PollRef) -> str:
        """Its title."""
        return value.shown

    def blank(self, value: PollRef | None) -> bool:
        """No poll was named."""
        return not value or not value.exact

    def labels(self, values: Sequence[PollRef]) -> Sequence[str]:
        """Those with the same title are told apart by the end of their ids."""
        shown = [value.shown for value in values]
        return [
            f"{title} · {value.id[-6:]}" if shown.count(title) > 1 else title
            for title, value in zip(shown, values, strict=True)
        ]

    async def pin(self, value: PollRef | None, slot: Slot) -> Pinned:
        """Look the title up; an id that is not known of the room stays for the command to look for."""
        if not value or value.id or not value.words:
            return Pinned(value)
        room = slot.place or await slot.names.room_here()
        known = await slot.names.polls(room.id) if room else ()
        if _ID.fullmatch(value.words):
            unknown = PollRef(id=value.words)
            return Pinned(next((one for one in known if one.id == value.words), unknown))
        named = await Spellings.of((one.title, one) for one in known)
        found = named.called(Spelt.of(value.words))
        if len(found) == 1:
            return Pinned(found[0])
        raise self._unclear(
            value.words, found or named.near(Spelt.of(value.words)), slot, several=bool(found)
        )

    async def offers(self, names: Names, place: RoomRef | None) -> Sequence[PollRef]:
        """Those that are known of the room."""
        return await names.polls(place.id) if place else []

    def _unclear(self, words: str, near: Sequence[PollRef], slot: Slot, *, several: bool) -> UserError:
        title, room = Name(words), slot.place or ""
        if not near:
            return UserError(
                "{room} has no poll {title}. See which it has: `/hms poll list`.", title=title, room=room
            )
        chosen = zip(self.labels(near), near, strict=True)
        buttons = [slot.button(label, Pinned(one)) for label, one in chosen][:OFFERED]
        if several:
            return Ambiguous("{room} has several polls {title}. Which one?", title=title, room=room).offering(
                buttons
            )
        return Ambiguous(
            "{room} has no poll {title}. Do you mean this one?", title=title, room=room
        ).offering(buttons)
