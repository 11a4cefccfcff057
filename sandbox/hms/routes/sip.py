"""SIP: telephones that are called into a room."""

from typing import Annotated

from pydantic import BaseModel, Field

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.operation import Call, Token, operation
from sandbox.hms.state.trunk import Trunk
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer

_DIGITS = frozenset("0123456789*#abcd")


class TrunkBody(BaseModel, strict=True):
    """How to reach the telephone company."""

    username: str = ""
    password: str = Field(default="", repr=False)
    address: str = ""
    caller: Annotated[str, Field(alias="from")] = ""


class CallBody(BaseModel, strict=True):
    """Whom to call, and into which room."""

    to: str = ""
    room_code: str = ""
    trunk_id: str = ""
    name: str = ""
    user_id: str = ""
    video: bool = False
    headers: dict[str, str] = {}


class DtmfBody(BaseModel, strict=True):
    """Which keys to press."""

    digits: list[str] = []


@operation("sip.create_trunk", "POST", "/sip/outbound/trunks")
def create_trunk(world: World, call: Call) -> Answer:
    """Make a trunk."""
    return _keep(world, call, world.engine.object_id())


@operation("sip.update_trunk", "POST", "/sip/outbound/trunks/{trunk_id}")
def update_trunk(world: World, call: Call) -> Answer:
    """Write all of a trunk anew."""
    _check_trunk(world, call.path["trunk_id"])
    return _keep(world, call, call.path["trunk_id"])


@operation("sip.start_call", "POST", "/sip/outbound/call")
def start_call(world: World, call: Call) -> Answer:
    """Call somebody; who answers is in the room before this does."""
    body = call.read(CallBody)
    _need({"to": body.to, "room_code": body.room_code, "trunk_id": body.trunk_id})
    if any("\n" in text or "\r" in text for header in body.headers.items() for text in header):
        raise ApiError(400, choices.LINE_BREAK)
    _check_trunk(world, body.trunk_id)
    code = world.room_codes.find(body.room_code)
    if not code.enabled:
        raise ApiError(403, choices.CODE_DISABLED)
    if body.to == choices.NEVER_ANSWERS:
        raise ApiError(408, "timed out")
    code.room.join(body.name or body.to, code.role, body.user_id, kind="sip")
    return {"id": world.engine.uuid()}


@operation("sip.send_dtmf", "POST", "/sip/dtmf", token=Token.APP)
def send_dtmf(world: World, call: Call) -> Answer:
    """Press keys on every telephone in the room that the token is for."""
    digits = call.read(DtmfBody).digits
    if not digits:
        raise ApiError(400, "digits are mandatory")
    if not {*digits} <= _DIGITS:
        raise ApiError(400, "invalid digit")
    for peer in world.live_room(str(call.claims.get("room_id"))).people:
        if peer.type == "sip":
            peer.digits.extend(digits)
    world.engine.changed()
    return {}


def _keep(world: World, call: Call, trunk_id: str) -> Answer:
    body = call.read(TrunkBody)
    _need(
        {"username": body.username, "password": body.password, "address": body.address, "from": body.caller}
    )
    world.trunks[trunk_id] = Trunk(id=trunk_id, **body.model_dump())
    world.engine.changed()
    return {"id": trunk_id}


def _need(members: dict[str, str]) -> None:
    for name, value in members.items():
        if not value:
            raise ApiError(400, f"{name} is mandatory")


def _check_trunk(world: World, trunk_id: str) -> None:
    if trunk_id not in world.trunks:
        raise not_found("trunk")
