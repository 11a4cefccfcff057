"""A place where things have names: one room bound to the channel, people in it, a list that was shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.command import PersonRef, RoomRef
from bot.command.matching import Spellings, Spelt
from bot.command.times import Zone

STANDUP = RoomRef(id="r1", name="standup")
BIG_HALL = RoomRef(id="r2", name="Big Hall")
GUS = PersonRef(peer_id="p1", user_id="u1", name="Gus", role="guest")
IVY = PersonRef(peer_id="p2", user_id="u2", name="Ivy", role="host")


def person(name: str, role: str = "guest") -> PersonRef:
    """Somebody of whom nothing but the name matters."""
    return PersonRef(peer_id=f"peer-{name}", user_id=f"user-{name}", name=name, role=role)


@dataclass
class Place:
    here: RoomRef | None = STANDUP
    known: Sequence[RoomRef] = (STANDUP, BIG_HALL)
    inside: Sequence[PersonRef] = (GUS, IVY)
    rows: dict[int, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    linking: dict[str, RoomRef] = field(default_factory=dict)
    spoken_for: dict[str, RoomRef] = field(default_factory=dict)
    meant: Zone = field(default_factory=lambda: Zone("Europe/Berlin"))
    now: datetime = datetime(2030, 1, 15, 10, 0, tzinfo=UTC)

    async def zone(self) -> Zone:
        return self.meant

    async def room_called(self, words: str) -> RoomRef | None:
        return next(
            (room for room in self.known if words.casefold() in (room.id, room.name.casefold())), None
        )

    async def room_linked(self, code: str) -> RoomRef | None:
        return self.linking.get(code)

    async def room_here(self) -> RoomRef | None:
        return self.here

    async def room_of(self, channel: str) -> RoomRef | None:
        return self.spoken_for.get(channel)

    async def rooms(self) -> Sequence[RoomRef]:
        return self.known

    async def rooms_near(self, words: str) -> Sequence[RoomRef]:
        return Spellings((room.name, room) for room in self.known).near(Spelt.of(words))

    async def people(self, room: str) -> Sequence[PersonRef]:
        return self.inside

    async def row(self, number: int) -> str | None:
        return self.rows.get(number)

    async def linked(self, slack_user: str) -> str | None:
        return self.links.get(slack_user)
