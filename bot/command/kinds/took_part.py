"""Somebody who took part in a session, also in one that is over."""

from collections.abc import Sequence
from typing import Annotated

from bot.command.errors import Ambiguous
from bot.command.kinds.base import Input, Kind, Pinned, Slot, Turn
from bot.command.kinds.person import told_apart
from bot.command.matching import called
from bot.command.ports import Names
from bot.command.references import PersonRef, RoomRef
from bot.errors import UserError


class OfSession:
    """Marks a person who is one of those that took part in a session, not of those who are there."""


TookPart = Annotated[PersonRef, OfSession]


class TookPartKind(Kind):
    """Somebody who took part in the last session that ended, or in the one that the command names."""

    mark, form = OfSession, Input.SEARCH
    many = prose = True
    turn = Turn.INSIDE

    def read(self, words: str) -> PersonRef:
        """Keep the words until ``pin`` looks who took part."""
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

    async def pin(self, value: PersonRef | None, slot: Slot) -> Pinned:
        """Find them among those who took part."""
        room = slot.place or await slot.names.room_here()
        if not value or value.key or not value.words or not room:
            return Pinned(value)
        people = await slot.names.took_part(room.id, slot.session)
        if not people:
            raise _nobody(room, slot.session)
        pointed = [one for one in people if value.words in {f"user:{one.user_id}", f"peer:{one.peer_id}"}]
        found = await called(value.words, people)
        named = list({one.key: one for one in pointed or [someone for someone, _ in found.people]}.values())
        if len(named) == 1 and (pointed or found.exact):
            return Pinned(named[0])
        raise _several(value, named, room, slot)

    async def offers(self, names: Names, place: RoomRef | None) -> Sequence[PersonRef]:
        """Everybody who took part in the last session that ended, once."""
        people = await names.took_part(place.id) if place else ()
        return list({someone.key: someone for someone in people}.values())

    def labels(self, values: Sequence[PersonRef]) -> Sequence[str]:
        """With the role, and with the id where two would read alike."""
        return told_apart(values)


def _nobody(room: RoomRef, session: str) -> UserError:
    if session:
        return UserError(
            "{room} has had no session {session}. See which it had: `/hms session list`.",
            room=room,
            session=session,
        )
    return UserError(
        "No session of {room} has ended yet. Whose line was bad 100ms can tell once one has.", room=room
    )


def _several(value: PersonRef, named: Sequence[PersonRef], room: RoomRef, slot: Slot) -> UserError:
    if not named:
        return UserError(
            "Nobody called “{words}” took part in that session of {room}. See who did: `/hms session show`.",
            words=value.words,
            room=room,
        )
    buttons = [
        slot.button(label, Pinned(one))
        for label, one in zip(told_apart(named, quoted=True), named, strict=True)
    ]
    return Ambiguous("Several people of that session are called so. Whom do you mean?").offering(buttons)
