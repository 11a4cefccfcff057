"""Control of the emulated 100ms: what people do in the apps, and what goes wrong on purpose."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.hms.api_error import not_found
from sandbox.hms.control import inspection
from sandbox.hms.operation import Call, checked, operation
from sandbox.hms.settings import Settings
from sandbox.hms.state.peer import Peer
from sandbox.hms.state.poll.poll_run import Vote
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, stamp


class JoinBody(BaseModel, strict=True):
    """Who comes in."""

    name: str
    role: str = "guest"
    user_id: str | None = None
    metadata: str = ""
    another: bool = False


class LeaveBody(BaseModel, strict=True):
    """Who goes out, and why."""

    peer_id: str
    reason: str = "client request"


class DropBody(BaseModel, strict=True):
    """Whose line is lost."""

    peer_id: str


class TrackBody(BaseModel, strict=True):
    """Whose microphone, camera or screen goes off or on."""

    peer_id: str
    type: Literal["audio", "video", "screen"]
    mute: bool


class PeerBody(BaseModel, strict=True):
    """What a host changes about somebody in the app."""

    peer_id: str
    role: str | None = None
    metadata: str | None = None
    by: str = ""


class EndBody(BaseModel, strict=True):
    """Who ends the session in the app."""

    by: str = ""


class VoteBody(BaseModel, strict=True):
    """Who answers which question of a poll, and how: by numbers, by a word, or not at all."""

    poll_id: str
    peer_id: str
    question: int
    options: list[int] = []
    text: str = ""


class BeamBody(BaseModel, strict=True):
    """Why what runs breaks."""

    fail: Annotated[str, Field(min_length=1)]


class ClockBody(BaseModel, strict=True):
    """How far to move the emulated clock."""

    advance: Annotated[float, Field(ge=0)]


class FaultBody(BaseModel, strict=True):
    """How the next answers fail."""

    path: str
    method: str | None = None
    status: Annotated[int | None, Field(ge=200, le=599)] = None
    body: object = None
    headers: dict[str, str] = {}
    delay_s: Annotated[float, Field(ge=0)] = 0
    drop: bool = False
    times: Annotated[int, Field(ge=1)] = 1


@operation("control.join", "POST", "/rooms/{room_id}/join")
def join(world: World, call: Call) -> Answer:
    """Come in; the first one opens the session."""
    body = call.read(JoinBody)
    room = world.room(call.path["room_id"])
    user_id = world.engine.uuid() if body.another else body.user_id
    return {"id": room.join(body.name, body.role, user_id, body.metadata).id}


@operation("control.leave", "POST", "/rooms/{room_id}/leave")
def leave(world: World, call: Call) -> Answer:
    """Go out; the session closes behind the last one."""
    body = call.read(LeaveBody)
    room = world.room(call.path["room_id"])
    room.leave(room.once_here(body.peer_id), reason=body.reason)
    return {}


@operation("control.drop", "POST", "/rooms/{room_id}/drop")
def drop(world: World, call: Call) -> Answer:
    """Lose somebody's line: they are listed for another minute, and gone then."""
    room, lost = _found(world, call, call.read(DropBody).peer_id)
    room.drop(lost)
    return {}


@operation("control.track", "POST", "/rooms/{room_id}/track")
def track(world: World, call: Call) -> Answer:
    """Switch a microphone, a camera or a screen off or on."""
    body = call.read(TrackBody)
    room, peer = _found(world, call, body.peer_id)
    return {"id": room.mute(peer, body.type, mute=body.mute).id}


@operation("control.peer", "POST", "/rooms/{room_id}/peer")
def peer(world: World, call: Call) -> Answer:
    """Change somebody's role or metadata as a host does in the app."""
    body = call.read(PeerBody)
    room, changed = _found(world, call, body.peer_id)
    room.change(changed, role=body.role, metadata=body.metadata, by=body.by)
    return inspection.person(changed)


@operation("control.end", "POST", "/rooms/{room_id}/end")
def end(world: World, call: Call) -> Answer:
    """End the session as a host does in the app."""
    world.room(call.path["room_id"]).end(by=call.read(EndBody).by)
    return {}


@operation("control.vote", "POST", "/rooms/{room_id}/vote")
def vote(world: World, call: Call) -> Answer:
    """Answer a question of a poll as people do in the apps."""
    body = call.read(VoteBody)
    room, voter = _found(world, call, body.peer_id)
    answered = Vote(options=body.options, text=body.text)
    response = world.polls.vote(room, world.polls.find(body.poll_id), voter, body.question, answered)
    return {"id": response.id}


@operation("control.beam", "POST", "/rooms/{room_id}/beam")
def beam(world: World, call: Call) -> Answer:
    """Break whatever runs in the room."""
    error = call.read(BeamBody).fail
    running = [each for each in world.room(call.path["room_id"]).beams if each.holds_slot]
    if not running:
        raise not_found("beam")
    for each in running:
        each.fail(error)
    return {"failed": [each.id for each in running]}


@operation("control.clock", "POST", "/clock")
def clock(world: World, call: Call) -> Answer:
    """Move the emulated clock forward, and with it what runs."""
    world.advance(call.read(ClockBody).advance)
    return {"now": stamp(world.now())}


@operation("control.fault", "POST", "/fault")
def fault(world: World, call: Call) -> Answer:
    """Let the next answers fail."""
    world.fault(**call.read(FaultBody).model_dump())
    return {}


@operation("control.settings", "PUT", "/settings")
def settings(world: World, call: Call) -> Answer:
    """Read what the documentation leaves open otherwise; answers how all of it is read now."""
    said = {name: value for name, value in call.body.items() if value is not None}
    world.bend(checked(Settings, {**world.settings.model_dump(), **said}))
    return world.settings.model_dump()


@operation("control.reset", "POST", "/reset")
def reset(world: World, call: Call) -> Answer:  # noqa: ARG001 - every operation takes a call
    """Begin anew."""
    world.reset()
    return {}


def _found(world: World, call: Call, peer_id: str) -> tuple[Room, Peer]:
    room = world.room(call.path["room_id"])
    return room, room.peer(peer_id)
