"""The V1 calls of 100ms, deprecated: it announced their end for 30 June 2025. Use ``rooms`` instead.

They are here for accounts whose rooms are still made this way.
"""

from typing import TypedDict, Unpack

from bot.hms.call import Call, Host
from bot.hms.objects import Object, Timestamp
from bot.hms.resource import Resource, given
from bot.hms.rooms import RecordingInfo

ROOMS = "/api/v2/rooms"


class LegacyRoom(Object):
    """A room as V1 shows it: ``active`` where V2 says ``enabled``, and no template id."""

    id: str
    name: str = ""
    description: str = ""
    active: bool = False
    recording_info: RecordingInfo | None = None
    recording_source_template: bool = False
    user: str = ""
    customer: str = ""
    created_at: Timestamp = None
    updated_at: Timestamp = None


class LegacySettings(TypedDict, total=False):
    """What V1 can set of a new room; ``template`` is the name of one."""

    description: str
    template: str
    region: str
    recording_info: RecordingInfo


class LegacyV1(Resource):
    """Deprecated: making and closing rooms the old way, on a host of its own."""

    async def create_room(self, name: str | None = None, **settings: Unpack[LegacySettings]) -> LegacyRoom:
        """Create a room, or fetch the one that has this name. Deprecated: use ``rooms.create``.

        Raises Invalid. Source: 100ms docs, legacy-api-v1/room.
        """
        return await self._ask_v1("legacy_v1.create_room", {"name": name, **settings})

    async def disable_room(self, name: str) -> LegacyRoom:
        """Close a room to whoever is not inside yet. Deprecated: use ``rooms.set_enabled``.

        Raises NotFound. Source: 100ms docs, legacy-api-v1/room.
        """
        return await self._ask_v1("legacy_v1.disable_room", {"name": name, "active": False})

    async def _ask_v1(self, operation: str, members: dict[str, object]) -> LegacyRoom:
        call = Call(operation, "POST", ROOMS, body=given(members), host=Host.LEGACY)
        return await self._ask(call, LegacyRoom)
