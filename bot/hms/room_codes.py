"""Room codes: short codes that let people into a room with a role."""

from collections.abc import AsyncIterator
from typing import Any

from jwt import decode
from pydantic import SecretStr

from bot.hms.call import Call, Host, at
from bot.hms.objects import Object, Page, Timestamp
from bot.hms.paging import LARGEST_PAGE, each_of
from bot.hms.resource import Resource, given


class RoomCode(Object):
    """A code for one role of one room; whoever has it can join. It never expires, but it can be disabled.

    Source: 100ms docs, room-codes/room-code-object.
    """

    code: SecretStr
    room_id: str = ""
    role: str = ""
    enabled: bool = False
    created_at: Timestamp = None
    updated_at: Timestamp = None


class AuthToken(Object):
    """What a client joins with; it holds the room and the role of its code."""

    token: SecretStr

    @property
    def room_id(self) -> str:
        """The room that its code opens."""
        return str(self._claims.get("room_id", ""))

    @property
    def role(self) -> str:
        """The role it lets in with."""
        return str(self._claims.get("role", ""))

    @property
    def _claims(self) -> dict[str, Any]:
        """What it says; whoever reads it here need not believe it, since 100ms just made it."""
        return decode(self.token.get_secret_value(), options={"verify_signature": False})


class RoomCodes(Resource):
    """Making, finding, opening and closing room codes. Most raise Forbidden while the room is disabled."""

    async def list(
        self,
        room_id: str,
        *,
        role: str | None = None,
        enabled: bool | None = None,
        limit: int | None = None,
        start: str | None = None,
    ) -> Page[RoomCode]:
        """Fetch one page of a room's codes.

        Raises NotFound for an unknown room or role, Forbidden for a disabled room.
        Source: 100ms docs, room-codes/get-room-code-api.
        """
        path = at("/room-codes/room/{room_id}", room_id=room_id)
        return await self._get(
            "room_codes.list", path, Page[RoomCode], role=role, enabled=enabled, limit=limit, start=start
        )

    def each(
        self, room_id: str, *, role: str | None = None, enabled: bool | None = None
    ) -> AsyncIterator[RoomCode]:
        """Walk all codes of a room."""
        return each_of(
            lambda start: self.list(room_id, role=role, enabled=enabled, limit=LARGEST_PAGE, start=start)
        )

    async def create_all(self, room_id: str) -> tuple[RoomCode, ...]:
        """Bring the codes in step with the roles, and return all the room has.

        Roles without an enabled code get one, codes of roles that are gone are disabled. Raises NotFound, and
        Forbidden for a disabled room. Source: 100ms docs, room-codes/create-room-code-api.
        """
        path = at("/room-codes/room/{room_id}", room_id=room_id)
        return (await self._post_for_all("room_codes.create_all", path, Page[RoomCode])).data

    async def create_for_role(self, room_id: str, role: str) -> RoomCode:
        """Make one more code for a role; a room has at most 100 codes.

        Raises NotFound for an unknown room or role, Forbidden for a disabled room, Invalid when the room is
        full of codes. Source: 100ms docs, room-codes/create-room-code-api.
        """
        path = at("/room-codes/room/{room_id}/role/{role}", room_id=room_id, role=role)
        return await self._post("room_codes.create_for_role", path, RoomCode)

    async def update(self, code: SecretStr, *, enabled: bool) -> RoomCode:
        """Let a code work, or no longer.

        Raises NotFound, and Forbidden when its role or room is gone.
        Source: 100ms docs, room-codes/update-room-code-api.
        """
        return await self._post("room_codes.update", "/room-codes/code", RoomCode, code=code, enabled=enabled)

    async def auth_token(self, code: SecretStr, *, user_id: str | None = None) -> AuthToken:
        """Exchange a code for the token that a client joins with, in the name of ``user_id``.

        Another host serves this, without our own token. Raises NotFound, and Forbidden for a disabled code or
        room. Source: 100ms docs, room-codes/room-code-overview.
        """
        body = given({"code": code, "user_id": user_id})
        return await self._ask(
            Call("room_codes.auth_token", "POST", "/token", body=body, host=Host.AUTH), AuthToken
        )
