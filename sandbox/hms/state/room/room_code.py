"""Room codes: short words that let somebody into one room with one role."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.engine import Engine
from sandbox.hms.state.room.room import Room


@dataclass(eq=False, kw_only=True)
class RoomCode:
    """One code; it never expires, but it can be disabled."""

    id: str = field(repr=False)
    code: str = field(repr=False)
    room: Room = field(repr=False)
    role: str
    created_at: datetime
    updated_at: datetime
    enabled: bool = True

    @property
    def opens(self) -> bool:
        """Whether its room and its role are still there for somebody to come in."""
        return self.room.enabled and self.role in self.room.template.roles


class RoomCodes:
    """Every code of every room."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._codes: dict[str, RoomCode] = {}

    def of(self, room: Room) -> list[RoomCode]:
        """List the codes of a room, oldest first."""
        return [code for code in self._codes.values() if code.room is room]

    def find(self, code: str) -> RoomCode:
        """Find a code by its word."""
        if code in self._codes:
            return self._codes[code]
        raise not_found("code")

    def sync(self, room: Room) -> list[RoomCode]:
        """Give every role a code that works, and disable those of roles that are gone."""
        for code in self.of(room):
            if code.enabled and code.role not in room.template.roles:
                self.enable(code, enabled=False)
        served = {code.role for code in self.of(room) if code.enabled}
        for role in room.template.roles:
            if role not in served:
                self.add(room, role)
        return self.of(room)

    def add(self, room: Room, role: str) -> RoomCode:
        """Make one more code for a role."""
        if len(self.of(room)) >= choices.CODES_OF_A_ROOM:
            raise ApiError(
                400, choices.BAD_BODY, f"{choices.BAD_BODY}: room has {choices.CODES_OF_A_ROOM} codes"
            )
        now, number = self._engine.now(), self._engine.object_id()
        code = RoomCode(id=number, code=_word(number), room=room, role=role, created_at=now, updated_at=now)
        self._codes[code.code] = code
        self._engine.changed()
        return code

    def enable(self, code: RoomCode, *, enabled: bool) -> None:
        """Let a code work, or not."""
        if code.enabled != enabled:
            code.enabled, code.updated_at = enabled, self._engine.now()
            self._engine.changed()


def _word(number: str) -> str:
    """Make ten letters of a number, the same in every run: ``abc-defg-hij``."""
    digest = hashlib.sha256(number.encode()).digest()[: choices.CODE_CHARACTERS]
    letters = "".join(chr(ord("a") + byte % 26) for byte in digest)
    return f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
