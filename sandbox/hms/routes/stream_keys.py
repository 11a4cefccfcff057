"""Stream keys: what lets somebody send a picture into a room over RTMP."""

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.operation import Body, Call, operation
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.room.stream_key import StreamKey
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, stamp


@operation("stream_keys.create", "POST", "/stream-keys/room/{room_id}", body=Body.IGNORED)
def create(world: World, call: Call) -> Answer:
    """Make the key of a room; a second one only after the first was disabled."""
    room = _room(world, call)
    if room.stream_key:
        raise ApiError(400, choices.KEY_EXISTS)
    now, engine = world.now(), world.engine
    key = StreamKey(id=engine.object_id(), key=engine.uuid(), created_at=now, updated_at=now)
    room.stream_keys.append(key)
    engine.changed()
    return _shown(room, key)


@operation("stream_keys.get", "GET", "/stream-keys/room/{room_id}")
def get(world: World, call: Call) -> Answer:
    """Show the key that works, as a list."""
    room = _room(world, call)
    key = _active(room)
    return {"data": [_shown(room, key)], "last": key.id}


@operation(
    "stream_keys.disable", "POST", "/stream-keys/room/{room_id}/disable", body=Body.IGNORED, status=201
)
def disable(world: World, call: Call) -> Answer:
    """Let the key work no longer."""
    key = _active(_room(world, call))
    key.enabled, key.updated_at = False, world.now()
    world.engine.changed()
    return {"message": "key disabled successfully"}


def _room(world: World, call: Call) -> Room:
    room = world.room(call.path["room_id"])
    room.check_enabled()
    return room


def _active(room: Room) -> StreamKey:
    if room.stream_key:
        return room.stream_key
    raise not_found("stream key")


def _shown(room: Room, key: StreamKey) -> Answer:
    return {
        "id": key.id,
        "url": choices.INGEST_URL,
        "key": key.key,
        "room_id": room.id,
        "customer_id": choices.CUSTOMER_ID,
        "app_id": choices.APP_ID,
        "enabled": key.enabled,
        "created_at": stamp(key.created_at),
        "updated_at": stamp(key.updated_at),
    }
