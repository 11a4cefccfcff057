"""The emulated world: every room, everything that runs, and the verbs on them."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.beam import Beam, Kind
from sandbox.hms.engine import Clock, Engine, machine_clock
from sandbox.hms.message import Message
from sandbox.hms.record import Fault, FaultFields, RecordedCall
from sandbox.hms.room import Room
from sandbox.hms.session import Session
from sandbox.hms.template import HOST, Role, Template, classroom_roles
from sandbox.hms.wire import Json


class RoomFields(TypedDict, total=False):
    """What may be said about a room."""

    description: str
    recording_info: Mapping[str, Json]
    region: str
    large_room: bool
    size: int
    max_duration_seconds: int
    polls: list[str]
    webhook: Mapping[str, Json]


class RoomChange(RoomFields, total=False):
    """What may be changed about a room."""

    enabled: bool


class World:
    """Rooms and the people in them, on a clock that tests own."""

    def __init__(
        self, clock: Clock = machine_clock, *, furnish: Callable[["World"], None] | None = None
    ) -> None:
        self.engine = Engine(clock)
        self.rooms: dict[str, Room] = {}
        self._names: dict[str, Room] = {}
        self.templates: dict[str, Template] = {}
        self.calls: list[RecordedCall] = []
        self._faults: list[Fault] = []
        self._furnish = furnish
        self._begin()

    def reset(self) -> None:
        """Begin anew: the default template, what ``furnish`` adds, the machine's time, nothing recorded."""
        for kept in (self.rooms, self._names, self.templates, self.calls, self._faults):
            kept.clear()
        self.engine.reset()
        self._begin()

    def _begin(self) -> None:
        self.add_template("classroom", classroom_roles(), subdomain="classroom", default=True)
        if self._furnish:
            self._furnish(self)

    # --- time and news

    def now(self) -> datetime:
        """Tell the emulated time."""
        return self.engine.now()

    def advance(self, seconds: float) -> None:
        """Move the emulated clock forward, and with it what runs."""
        self.engine.advance(timedelta(seconds=seconds))

    def tick(self) -> None:
        """Bring what runs up to the clock."""
        self.engine.tick()

    @property
    def revision(self) -> int:
        """A number that rises with every change."""
        return self.engine.revision

    def subscribe(self) -> asyncio.Queue[int]:
        """Wait for changes: the queue gives the latest revision."""
        return self.engine.subscribe()

    def unsubscribe(self, listener: asyncio.Queue[int]) -> None:
        """Stop waiting for changes."""
        self.engine.unsubscribe(listener)

    # --- rooms and templates

    def add_template(
        self, name: str, roles: dict[str, Role], *, subdomain: str = "", default: bool = False
    ) -> Template:
        """Make a template."""
        now = self.now()
        template = Template(
            id=self.engine.object_id(),
            name=name,
            roles=roles,
            subdomain=subdomain,
            default=default,
            created_at=now,
            updated_at=now,
        )
        self.templates[template.id] = template
        return template

    def add_room(
        self,
        name: str = "",
        *,
        live: bool = False,
        enabled: bool = True,
        template: Template | None = None,
        **fields: Unpack[RoomFields],
    ) -> Room:
        """Make a room; ``live`` lets a host called Hana in, so that a session runs."""
        self._check_name(name)
        room = Room(
            engine=self.engine,
            id=self.engine.object_id(),
            name=name or self.engine.uuid(),
            template=template or next(each for each in self.templates.values() if each.default),
            created_at=self.now(),
            **fields,
        )
        self.rooms[room.id] = self._names[room.name.lower()] = room
        if live:
            room.join("Hana", role=HOST)
        room.enabled = enabled
        self.engine.changed()
        return room

    def change_room(self, room: Room, **fields: Unpack[RoomChange]) -> None:
        """Change what was said about a room; what is not named stays."""
        for name, value in fields.items():
            setattr(room, name, value)
        room.updated_at = self.now()
        self.engine.changed()

    def rename(self, room: Room, name: str) -> None:
        """Give a room another name that no other room has."""
        self._check_name(name, room)
        del self._names[room.name.lower()]
        room.name = name
        self._names[name.lower()] = room
        self.engine.changed()

    def _check_name(self, name: str, room: Room | None = None) -> None:
        if self.room_named(name) not in {None, room}:
            raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: a room with this name exists")

    def room(self, room_id: str) -> Room:
        """Find a room by its id."""
        if room_id in self.rooms:
            return self.rooms[room_id]
        raise not_found("room")

    def room_named(self, name: str) -> Room | None:
        """Find a room by its name, capitals or not."""
        return self._names.get(name.lower())

    def live_room(self, room_id: str) -> Room:
        """Find a room with a running session."""
        room = self.room(room_id)
        if room.session:
            return room
        raise not_found("session")

    def room_for_beam(self, room_id: str) -> Room:
        """Find a room to start or stop something in; an unknown one is refused as somebody else's."""
        if room_id in self.rooms:
            return self.rooms[room_id]
        raise ApiError(403, choices.NO_PERMISSION)

    def template(self, template_id: str) -> Template:
        """Find a template by its id."""
        if template_id in self.templates:
            return self.templates[template_id]
        raise not_found("template")

    # --- what ran

    @property
    def sessions(self) -> list[Session]:
        """Every session there ever was."""
        return [session for room in self.rooms.values() for session in room.sessions]

    def session(self, session_id: str) -> Session:
        """Find a session by its id."""
        for session in self.sessions:
            if session.id == session_id:
                return session
        raise not_found("session")

    def beams(self, kind: Kind) -> list[Beam]:
        """Every job of a kind there ever was."""
        return [beam for room in self.rooms.values() for beam in room.beams if beam.order.kind is kind]

    def beam(self, kind: Kind, beam_id: str) -> Beam:
        """Find a job by its id."""
        for beam in self.beams(kind):
            if beam.id == beam_id:
                return beam
        raise not_found("beam")

    # --- what tests look at, and what they break

    @property
    def messages(self) -> dict[str, list[Message]]:
        """What was said into each room over the API, by the room's id."""
        return {room.id: room.messages for room in self.rooms.values()}

    def calls_of(self, operation: str) -> list[RecordedCall]:
        """What was asked of one operation, named as in ``active_rooms.end_room``."""
        return [call for call in self.calls if call.operation == operation]

    def fault(self, path: str = "/", **fields: Unpack[FaultFields]) -> None:
        """Let the next answers whose path starts so fail; see `Fault` for how."""
        self._faults.append(Fault(path=path, **fields))

    def take_fault(self, method: str, path: str) -> Fault | None:
        """Use up one time of the first fault that is meant for this call."""
        for fault in self._faults:
            if fault.befalls(method, path):
                fault.times -= 1
                return fault
        return None
