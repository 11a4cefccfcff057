"""V1: rooms as they were made before V2, on an address of its own."""

from typing import Annotated, cast

from pydantic import BaseModel, Field

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.bodies import room_body
from sandbox.hms.operation import Call, Host, operation
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.room.room_profile import RoomFields
from sandbox.hms.state.template import Template
from sandbox.hms.state.world import World
from sandbox.hms.wire import NEVER, Answer, Json, stamp, without_empty

_USUAL_REGION = "ap-south-1"


class RoomBody(BaseModel, strict=True):
    """Everything that V1 lets one say about a room; ``template`` is a name."""

    name: str = ""
    description: str = ""
    template: str = ""
    recording_info: dict[str, object] = {}
    region: Annotated[str, Field(pattern="^(in|us|eu|auto)$")] = "auto"
    active: bool = True


class DisableBody(BaseModel, strict=True):
    """Which room nobody may come into any more."""

    name: Annotated[str, Field(min_length=1)]
    active: bool


@operation("legacy_v1.create_room", "POST", "/api/v2/rooms", host=Host.LEGACY)
def create_room(world: World, call: Call) -> Answer:
    """Make a room, or return the one that has this name already, as it is."""
    body = call.read(RoomBody)
    known = world.room_named(body.name) if body.name else None
    return _shown(known or _made(world, body))


@operation("legacy_v1.disable_room", "POST", "/api/v2/rooms", host=Host.LEGACY, members={"name", "active"})
def disable_room(world: World, call: Call) -> Answer:
    """Let nobody new into the room of this name, or let people in again."""
    body = call.read(DisableBody)
    room = world.room_named(body.name)
    if not room:
        raise not_found("room")
    world.change_room(room, enabled=body.active)
    return _shown(room)


def _made(world: World, body: RoomBody) -> Room:
    room_body.check_name(body.name)
    fields = RoomFields(description=body.description, region=body.region)
    if body.recording_info:
        fields["recording_info"] = _recording_info(body.recording_info)
    template = _template(world, body.template)
    return world.add_room(body.name, template=template, enabled=body.active, **fields)


def _template(world: World, name: str) -> Template | None:
    template = world.template_named(name)
    if name and not template:
        raise ApiError(400, "Error: template not found", "Error: template not found")
    return template


def _recording_info(sent: dict[str, object]) -> dict[str, Json]:
    """Check where recordings go: V1 knows one kind of storage, and where it lies when nobody says."""
    room_body.check_upload(sent)
    info = cast("dict[str, Json]", sent)
    upload = info.get("upload_info")
    if not isinstance(upload, dict):
        return info
    if upload.get("type") != "s3":
        raise ApiError(400, "Invalid upload configuration", "Invalid upload configuration")
    options: dict[str, Json] = {"region": _USUAL_REGION}
    return {**info, "upload_info": {"options": options, **upload}}


def _shown(room: Room) -> Answer:
    answer: Answer = {
        "id": room.id,
        "name": room.name,
        "description": room.description,
        "active": room.enabled,
        "recording_info": room.recording_info or {"enabled": False},
        "recording_source_template": room.recording_info is None,
        "user": choices.USER_ID,
        "customer": choices.CUSTOMER_ID,
        "created_at": stamp(room.created_at),
        "updated_at": stamp(room.updated_at) if room.updated_at else NEVER,
    }
    return without_empty(answer, "recording_source_template")
