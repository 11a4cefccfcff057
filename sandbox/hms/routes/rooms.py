"""Rooms: made, found, changed and closed; never deleted."""

from pydantic import BaseModel

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.bodies import room_body
from sandbox.hms.operation import Call, operation
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.template import Template
from sandbox.hms.state.world import World
from sandbox.hms.wire import NEVER, Answer, stamp


class EnabledBody(BaseModel, strict=True):
    """Whether anybody may come in."""

    enabled: bool


@operation("rooms.list", "GET", "/rooms")
def list_rooms(world: World, call: Call) -> Answer:
    """Page through rooms; the filters combine."""
    query = call.query
    enabled, name = world.unless_said(query.flag("enabled")), query.get("name").lower()
    after, before, template_id = query.moment("after"), query.moment("before"), query.get("template_id")
    found = [
        room
        for room in world.rooms.values()
        if enabled in {None, room.enabled}
        and (not after or room.created_at >= after)
        and (not before or room.created_at <= before)
        and (not name or _is_called(world, room, name))
        and template_id in {"", room.template.id}
    ]
    return query.page(found, _listed, lowest=choices.LOWEST_LIMIT)


@operation("rooms.create", "POST", "/rooms")
def create(world: World, call: Call) -> Answer:
    """Make a room, or change and return the one that has this name already."""
    name = call.body.get("name")
    known = world.room_named(name) if name and isinstance(name, str) else None
    body = room_body.read(call, known)
    template = _template(world, body.template_id)
    if not known:
        return shown(world.add_room(body.name, template=template, **body.fields()))
    known.template = template or known.template
    world.change_room(known, **body.fields())
    return shown(known)


@operation("rooms.retrieve", "GET", "/rooms/{room_id}")
def retrieve(world: World, call: Call) -> Answer:
    """Find one room by its id."""
    return shown(world.room(call.path["room_id"]))


@operation("rooms.update", "POST", "/rooms/{room_id}")
def update(world: World, call: Call) -> Answer:
    """Change what was sent and keep the rest."""
    room = world.room(call.path["room_id"])
    body = room_body.read(call, room)
    if body.name:
        world.rename(room, body.name)
    world.change_room(room, **body.change())
    return shown(room)


@operation("rooms.set_enabled", "POST", "/rooms/{room_id}", members={"enabled"})
def set_enabled(world: World, call: Call) -> Answer:
    """Let people in again, or nobody new; who is in stays in."""
    room = world.room(call.path["room_id"])
    world.change_room(room, enabled=call.read(EnabledBody).enabled)
    return shown(room)


_OPTIONAL = (
    "recording_source_template",
    "enabled_source_template",
    "size",
    "max_duration_seconds",
    "polls",
    "webhook",
)


def shown(room: Room) -> Answer:
    """Show a room; an optional number that is zero and what was never set are left out."""
    answer: Answer = {
        "id": room.id,
        "name": room.name,
        "enabled": room.enabled,
        "description": room.description,
        "customer_id": choices.CUSTOMER_ID,
        "app_id": choices.APP_ID,
        "recording_info": room.recording_info or {"enabled": False},
        "recording_source_template": room.recording_info is None,
        "enabled_source_template": False,
        "template_id": room.template.id,
        "template": room.template.name,
        "customer": choices.CUSTOMER_ID,
        "region": room.region,
        "large_room": room.large_room,
        "size": room.size,
        "max_duration_seconds": room.max_duration_seconds,
        "polls": room.polls,
        "webhook": room.webhook,
        "created_at": stamp(room.created_at),
        "updated_at": stamp(room.updated_at) if room.updated_at else NEVER,
    }
    return room.engine.settings.written(answer, optional=_OPTIONAL, older=("template", "customer"))


def _listed(room: Room) -> Answer:
    return shown(room) | {"key": f"{choices.CUSTOMER_ID}:{room.name}"}


def _is_called(world: World, room: Room, name: str) -> bool:
    known = room.name.lower()
    return name == known if world.settings.name_filter == "exact" else name in known


def _template(world: World, template_id: str) -> Template | None:
    if template_id and template_id not in world.templates:
        raise ApiError(400, "Error: template not found", "Error: template not found")
    return world.templates.get(template_id)
