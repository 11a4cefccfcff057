"""A place where things have names: one room bound to the channel, people in it, a list that was shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.command import PersonRef, RoomRef

STANDUP = RoomRef(id="r1", name="standup")
BIG_HALL = RoomRef(id="r2", name="Big Hall")
GUS = PersonRef(peer_id="p1", user_id="u1", name="Gus", role="guest")
IVY = PersonRef(peer_id="p2", user_id="u2", name="Ivy", role="host")


@dataclass
class Place:
    here: RoomRef | None = STANDUP
    known: Sequence[RoomRef] = (STANDUP, BIG_HALL)
    inside: Sequence[PersonRef] = (GUS, IVY)
    rows: dict[int, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    now: datetime = datetime(2030, 1, 15, 10, 0, tzinfo=UTC)

    async def zone(self) -> str:
        return "Europe/Berlin"

    async def room_called(self, words: str) -> RoomRef | None:
        return next(
            (room for room in self.known if words.casefold() in (room.id, room.name.casefold())), None
        )

    async def room_here(self) -> RoomRef | None:
        return self.here

    async def rooms(self) -> Sequence[RoomRef]:
        return self.known

    async def people(self, room: str) -> Sequence[PersonRef]:
        return self.inside

    async def row(self, number: int) -> str | None:
        return self.rows.get(number)

    async def linked(self, slack_user: str) -> str | None:
        return self.links.get(slack_user)
