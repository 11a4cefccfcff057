"""The emulated world: every room, everything that runs, and the verbs on them."""

import asyncio
from collections.abc import Callable, Container
from datetime import datetime, timedelta
from typing import Unpack

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.engine import Clock, Engine, machine_clock
from sandbox.hms.events.event_type import EventType
from sandbox.hms.events.history import History
from sandbox.hms.events.journal import Event, Journal
from sandbox.hms.events.webhooks import Webhooks
from sandbox.hms.settings import Settings
from sandbox.hms.state.archive import Archive
from sandbox.hms.state.poll.poll_book import PollBook
from sandbox.hms.state.record import Fault, FaultFields, RecordedCall
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.room.room_code import RoomCodes
from sandbox.hms.state.room.room_profile import RoomChange, RoomFields
from sandbox.hms.state.template import HOST, Role, Template, classroom_roles
from sandbox.hms.state.trunk import Trunk


class World(Archive):
    """Rooms and the people in them, on a clock that tests own."""

    def __init__(
        self, clock: Clock = machine_clock, *, furnish: Callable[["World"], None] | None = None
    ) -> None:
        super().__init__()
        self.engine = Engine(clock)
        self._names: dict[str, Room] = {}
        self.templates: dict[str, Template] = {}
        self.calls: list[RecordedCall] = []
        self._faults: list[Fault] = []
        self._furnish = furnish
        self._lasting: dict[tuple[str, str], str] = {}
        self._begin()

    def reset(self) -> None:
        """Begin anew: the default template, what ``furnish`` adds, the machine's time, nothing recorded.

        A template or room that has a name again has its id again, so that what points there still does.
        """
        for kept in (self.rooms, self._names, self.templates, self.calls, self._faults):
            kept.clear()
        self.engine.reset()
        self._begin()

    def _begin(self) -> None:
        self.room_codes = RoomCodes(self.engine)
        self.polls = PollBook(self.engine)
        self.trunks: dict[str, Trunk] = {}
        self.webhooks = Webhooks(self.engine)
        self.history = History(self.engine, self.webhooks)
        self.journal = Journal(self.engine, (self.webhooks.send, self._poll))
        self.add_template("classroom", classroom_roles(), subdomain="classroom", default=True)
        if self._furnish:
            self._furnish(self)

    def _poll(self, event: Event) -> None:
        session_id = str(event.data.get("session_id"))
        if event.type is EventType.SESSION_OPEN:
            self.polls.session_opened(self.rooms[event.room_id], session_id)
        if event.type is EventType.SESSION_CLOSE:
            self.polls.session_closed(session_id)

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

    # --- what the documentation leaves open

    @property
    def settings(self) -> Settings:
        """How this world reads what the documentation leaves open; tests set one attribute."""
        return self.engine.settings

    def unless_said(self, flag: bool | None) -> bool | None:  # noqa: FBT001 - it is the value of a filter
        """Tell what a list is narrowed to whose filter is not given: to nothing, or to what is."""
        return True if flag is None and self.settings.list_default == "enabled" else flag

    def bend(self, settings: Settings) -> None:
        """Read it otherwise from now on."""
        self.engine.settings = settings
        self.engine.changed()

    # --- rooms and templates

    def add_template(
        self, name: str, roles: dict[str, Role], *, subdomain: str = "", default: bool = False
    ) -> Template:
        """Make a template."""
        now = self.now()
        template = Template(
            id=self._id_of("template", name, self.templates),
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
            journal=self.journal,
            id=self._id_of("room", name, self.rooms),
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

    def _id_of(self, thing: str, name: str, others: Container[str]) -> str:
        born = self.engine.object_id()
        known = self._lasting.setdefault((thing, name.lower()), born)
        return born if not name or known in others else known

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

    def template_named(self, name: str) -> Template | None:
        """Find a template by its name."""
        return next((each for each in self.templates.values() if name and each.name == name), None)

    def template_changed(self, template: Template) -> None:
        """Note that something was changed about a template."""
        template.updated_at = self.now()
        self.engine.changed()

    # --- what tests look at, and what they break

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
