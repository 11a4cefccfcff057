"""Rooms: where sessions happen."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from pydantic import Field, SecretStr

from bot.hms.call import at
from bot.hms.errors import Unknown
from bot.hms.objects import Object, Page, Timestamp
from bot.hms.paging import LARGEST_PAGE, each_of
from bot.hms.resource import Resource


class UploadCredentials(Object):
    """Keys to somebody's bucket; 100ms echoes them."""

    key: SecretStr
    secret: SecretStr


class UploadInfo(Object):
    """Where recordings go; ``type`` is ``s3``, ``gs``, ``oss`` or ``azure``."""

    type: str
    location: str
    prefix: str = ""
    options: dict[str, str] = Field(default_factory=dict)
    credentials: UploadCredentials | None = None


class RecordingInfo(Object):
    """The older kind of recording; sent, it replaces the whole of what the room had."""

    enabled: bool = False
    upload_info: UploadInfo | None = None


class Webhook(Object):
    """An endpoint that gets this room's events instead of the workspace's; its headers carry secrets."""

    url: str
    headers: dict[str, SecretStr] = Field(default_factory=dict)


class Room(Object):
    """A room; disabled, nobody new can join and a running session goes on.

    ``size`` is the most people it holds. Source: 100ms docs, Rooms/object.
    """

    id: str
    name: str = ""
    enabled: bool = False
    description: str = ""
    customer_id: str = ""
    app_id: str = ""
    recording_info: RecordingInfo | None = None
    recording_source_template: bool = False
    template_id: str = ""
    template: str = ""
    region: str = ""
    large_room: bool = False
    size: int = 0
    max_duration_seconds: int = 0
    polls: tuple[str, ...] = ()
    webhook: Webhook | None = None
    created_at: Timestamp = None
    updated_at: Timestamp = None


class RoomSettings(TypedDict, total=False):
    """What can be set of a room; ``size`` goes to 2,500, with ``large_room`` to 20,000."""

    name: str
    description: str
    region: str
    size: int
    large_room: bool
    max_duration_seconds: int
    recording_info: RecordingInfo
    webhook: Webhook
    polls: Sequence[str]


class WhichRooms(TypedDict, total=False):
    """What a list of rooms can be narrowed to; ``after`` and ``before`` bound their creation."""

    name: str
    enabled: bool
    template_id: str
    after: datetime
    before: datetime


class Rooms(Resource):
    """Making, finding, changing, opening and closing rooms."""

    async def create(self, *, template_id: str | None = None, **settings: Unpack[RoomSettings]) -> Room:
        """Create a room, or change and return the one that already has this name, whatever its case.

        Raises Invalid for a template, region, size or duration that 100ms does not take.
        Source: 100ms docs, Rooms/create-via-api.
        """
        return await self._post("rooms.create", "/rooms", Room, template_id=template_id, **settings)

    async def retrieve(self, room_id: str) -> Room:
        """Fetch one room. Raises NotFound. Source: 100ms docs, Rooms/retrieve-room."""
        return await self._get("rooms.retrieve", at("/rooms/{room_id}", room_id=room_id), Room)

    async def update(self, room_id: str, **settings: Unpack[RoomSettings]) -> Room:
        """Change what is given and keep the rest; the template changes by ``create`` with the room's name.

        Raises NotFound, and Invalid as ``create`` does. Source: 100ms docs, Rooms/update-a-room.
        """
        path = at("/rooms/{room_id}", room_id=room_id)
        return await self._post("rooms.update", path, Room, **settings)

    async def set_enabled(self, room_id: str, *, enabled: bool) -> Room:
        """Open the room, or close it to whoever is not inside yet.

        Raises NotFound, and Unknown when the answer is not of that room as it was to be.
        Source: 100ms docs, Rooms/disable-or-enable.
        """
        path = at("/rooms/{room_id}", room_id=room_id)
        found = await self._post("rooms.set_enabled", path, Room, enabled=enabled)
        if found.id != room_id or "enabled" not in found.model_fields_set or found.enabled is not enabled:
            raise Unknown("rooms.set_enabled", "100ms answered with something else")
        return found

    async def list(
        self, *, limit: int | None = None, start: str | None = None, **which: Unpack[WhichRooms]
    ) -> Page[Room]:
        """Fetch one page, newest first; ``limit`` 10 to 100.

        Raises Invalid for a limit out of range. Source: 100ms docs, Rooms/list-rooms.
        """
        return await self._get("rooms.list", "/rooms", Page[Room], limit=limit, start=start, **which)

    def each(self, **which: Unpack[WhichRooms]) -> AsyncIterator[Room]:
        """Walk all rooms, newest first."""
        return each_of(lambda start: self.list(limit=LARGEST_PAGE, start=start, **which))
