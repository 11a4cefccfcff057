"""A place where things have names: one room bound to the channel, people in it, a list that was shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.command.ports import NamedRoom, Someone

STANDUP = NamedRoom("r1", "standup")
BIG_HALL = NamedRoom("r2", "Big Hall")
GUS = Someone("p1", "u1", "Gus", "guest")
IVY = Someone("p2", "u2", "Ivy", "host")


@dataclass
class Place:
    here: NamedRoom | None = STANDUP
    known: Sequence[NamedRoom] = (STANDUP, BIG_HALL)
    inside: Sequence[Someone] = (GUS, IVY)
    rows: dict[int, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    now: datetime = datetime(2030, 1, 15, 10, 0, tzinfo=UTC)
    zone: str = "Europe/Berlin"

    async def room_called(self, words: str) -> NamedRoom | None:
        return next(
            (room for room in self.known if words.casefold() in (room.id, room.name.casefold())), None
        )

    async def room_here(self) -> NamedRoom | None:
        return self.here

    async def rooms(self) -> Sequence[NamedRoom]:
        return self.known

    async def people(self, room: str) -> Sequence[Someone]:
        return self.inside

    async def row(self, number: int) -> str | None:
        return self.rows.get(number)

    async def linked(self, slack_user: str) -> str | None:
        return self.links.get(slack_user)
