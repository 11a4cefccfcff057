"""Room codes: made, found, switched off, and exchanged for a token."""

from pydantic import BaseModel

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.operation import Body, Call, Host, Token, operation
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.room.room_code import RoomCode
from sandbox.hms.state.world import World
from sandbox.hms.tokens import Claims
from sandbox.hms.wire import Answer, stamp


class CodeBody(BaseModel, strict=True, extra="forbid"):
    """Which code to switch on or off."""

    code: str
    enabled: bool


class ExchangeBody(BaseModel, strict=True):
    """Which code to exchange, and for whom."""

    code: str
    user_id: str = ""


@operation("room_codes.create_all", "POST", "/room-codes/room/{room_id}", body=Body.IGNORED)
def create_all(world: World, call: Call) -> Answer:
    """Bring the codes of a room in step with its roles and show all of them."""
    return {"data": [_shown(code) for code in world.room_codes.sync(_room(world, call))]}


@operation("room_codes.create_for_role", "POST", "/room-codes/room/{room_id}/role/{role}", body=Body.IGNORED)
def create_for_role(world: World, call: Call) -> Answer:
    """Make one more code for a role."""
    room = _room(world, call)
    return _shown(world.room_codes.add(room, _role(room, call.path["role"])))


@operation("room_codes.list", "GET", "/room-codes/room/{room_id}")
def list_room_codes(world: World, call: Call) -> Answer:
    """Page through the codes of a room; the filters combine."""
    room, query = _room(world, call), call.query
    role, enabled = query.get("role"), query.flag("enabled")
    if role:
        _role(room, role)
    found = [
        code
        for code in world.room_codes.of(room)
        if role in {"", code.role} and enabled in {None, code.enabled}
    ]
    return query.page(found, _shown, default=choices.CODES_OF_A_PAGE)


@operation("room_codes.update", "POST", "/room-codes/code", body=Body.REQUIRED)
def update(world: World, call: Call) -> Answer:
    """Switch one code on or off."""
    return switched(world, call)


def switched(world: World, call: Call) -> Answer:
    """Switch a code on or off; on only while there is a room and a role behind it."""
    body = call.read(CodeBody)
    code = world.room_codes.find(body.code)
    if body.enabled and not code.opens:
        raise ApiError(403, choices.NO_PERMISSION)
    world.room_codes.enable(code, enabled=body.enabled)
    return _shown(code)


@operation("room_codes.auth_token", "POST", "/token", body=Body.REQUIRED, host=Host.AUTH, token=Token.NONE)
def auth_token(world: World, call: Call) -> Answer:
    """Exchange a code for the token with which an app comes in."""
    body = call.read(ExchangeBody)
    code = world.room_codes.find(body.code)
    code.room.check_enabled()
    if not code.enabled or not code.opens:
        raise ApiError(403, choices.CODE_DISABLED)
    return {"token": call.account.sign(_claims(world, call, code, body.user_id))}


def _claims(world: World, call: Call, code: RoomCode, user_id: str) -> Claims:
    now = int(world.engine.machine().timestamp())
    return {
        "access_key": call.account.access_key,
        "type": Token.APP.value,
        "version": 2,
        "room_id": code.room.id,
        "role": code.role,
        "user_id": user_id or world.engine.uuid(),
        "jti": world.engine.uuid(),
        "iat": now,
        "nbf": now,
        "exp": now + int(choices.TOKEN_OF_A_CODE.total_seconds()),
    }


def _room(world: World, call: Call) -> Room:
    room = world.room(call.path["room_id"])
    room.check_enabled()
    return room


def _role(room: Room, role: str) -> str:
    if role in room.template.roles:
        return role
    raise not_found("role")


def _shown(code: RoomCode) -> Answer:
    return {
        "code": code.code,
        "room_id": code.room.id,
        "role": code.role,
        "enabled": code.enabled,
        "created_at": stamp(code.created_at),
        "updated_at": stamp(code.updated_at),
    }
