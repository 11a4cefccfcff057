"""Stream keys: with one, a studio sends its picture into a room over RTMP. Not every account has them."""

from pydantic import SecretStr

from bot.hms.call import at
from bot.hms.objects import Notice, Object, Page, Timestamp
from bot.hms.resource import Resource


class StreamKey(Object):
    """The key of a room and the address it is sent to; whoever has both streams into the room.

    It never expires. Source: 100ms docs, live-streams/create-rtmp-stream-key.
    """

    id: str
    url: SecretStr = SecretStr("")
    key: SecretStr = SecretStr("")
    room_id: str = ""
    customer_id: str = ""
    app_id: str = ""
    enabled: bool = False
    created_at: Timestamp = None
    updated_at: Timestamp = None


class StreamKeys(Resource):
    """Making, reading and disabling the one stream key of a room. All raise Forbidden for a disabled room."""

    async def create(self, room_id: str) -> StreamKey:
        """Make a key; to change it, disable the old one first.

        Raises Invalid while the room has an active key, NotFound, Forbidden.
        Source: 100ms docs, live-streams/create-rtmp-stream-key.
        """
        path = at("/stream-keys/room/{room_id}", room_id=room_id)
        return await self._post("stream_keys.create", path, StreamKey)

    async def get(self, room_id: str) -> StreamKey | None:
        """Read the active key; None when the list that 100ms answers with is empty.

        Raises NotFound for an unknown room or one without an active key, Forbidden.
        Source: 100ms docs, live-streams/get-rtmp-stream-key.
        """
        path = at("/stream-keys/room/{room_id}", room_id=room_id)
        keys = await self._get("stream_keys.get", path, Page[StreamKey])
        return next(iter(keys.data), None)

    async def disable(self, room_id: str) -> Notice:
        """Make the active key useless for the next stream.

        Raises NotFound for an unknown room or one without an active key, Forbidden.
        Source: 100ms docs, live-streams/disable-rtmp-stream-key.
        """
        path = at("/stream-keys/room/{room_id}/disable", room_id=room_id)
        return await self._post("stream_keys.disable", path, Notice)
