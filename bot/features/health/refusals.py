"""Who could not come in, and what mends that: a burst of them is one message."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.command import RoomRef
from bot.hms import Role
from bot.reply import Button, Counted, Invocation, Reply
from bot.store import JSON

SPAN = timedelta(minutes=10)  # of one burst; by the clock, so that order and repeats change nothing
BURST = 3  # people; of one or two their app says itself why
NOT_ALLOWED, BROKE, TAKEN = "role not allowed", "network disconnection", "duplicate peer id"
NAMED = 5


@dataclass(frozen=True)
class RefusedJoin:
    """One person who could not come in: in which role, and why as 100ms says it."""

    who: str
    role: str
    why: str

    @classmethod
    def of(cls, said: Mapping[str, JSON]) -> "RefusedJoin":
        """Read one event; who tries again has another connection, and is the same person."""
        who, role, why = (_text(said, name) for name in ("user_id", "role", "error_message"))
        return cls(who or _text(said, "user_name") or _text(said, "peer_id"), role, why)


@dataclass(frozen=True)
class Burst:
    """Those who could not come in within a while, each counted once."""

    refusals: tuple[RefusedJoin, ...]

    @classmethod
    def of(cls, said: Iterable[Mapping[str, JSON]]) -> "Burst":
        """Of events in whatever order; of somebody who tried often the last in the order of words counts."""
        by_person = {
            one.who: one for one in sorted(map(RefusedJoin.of, said), key=lambda one: (one.why, one.role))
        }
        return cls(tuple(by_person.values()))

    @property
    def is_one(self) -> bool:
        """Whether they are so many that it is said."""
        return len(self.refusals) >= BURST

    @property
    def reasons(self) -> Sequence[tuple[str, int]]:
        """Why, with how many each time, the most frequent first."""
        counted = Counter(one.why for one in self.refusals)
        return sorted(counted.items(), key=lambda one: (-one[1], one[0]))

    @property
    def roles(self) -> Sequence[str]:
        """The roles that were not let in."""
        return sorted({one.role for one in self.refusals if one.why == NOT_ALLOWED and one.role})


def window(at: datetime) -> datetime:
    """The beginning of the burst that a moment belongs to."""
    return datetime.fromtimestamp(at.timestamp() // SPAN.total_seconds() * SPAN.total_seconds(), at.tzinfo)


def said(burst: Burst, room: RoomRef, roles: Mapping[str, Role], *, is_open: bool) -> Reply:
    """How many could not get in, why, and what mends each reason."""
    told = Reply("")
    for why, number in burst.reasons:
        people = Counted(number, "person", "people")
        told += (
            Reply("{people} could not get in to {room}: {why}.", people=people, room=room, why=why)
            if why
            else Reply("{people} could not get in to {room}.", people=people, room=room)
        ) + _mended(burst, why, room, roles, is_open=is_open)
    return told


def _mended(burst: Burst, why: str, room: RoomRef, roles: Mapping[str, Role], *, is_open: bool) -> Reply:
    if why == BROKE:
        return Reply("Their connection broke on the way: they can try again, or change the network.")
    if why == TAKEN:
        return Reply("Their app gives several people one id: whoever makes it has to give each their own.")
    if why != NOT_ALLOWED:
        return Reply("")
    unknown = tuple(one for one in burst.roles if one not in roles)
    if unknown and roles:  # first: an open door would not let them in either
        return _no_such_role(unknown, roles)
    if not is_open:
        unlock = Button(Reply("Unlock {room}", room=room), Invocation("room unlock", room=room), once=True)
        return Reply("{room} is locked.", room=room, buttons=[unlock])
    return _full(burst.roles, roles)


def _no_such_role(unknown: Sequence[str], roles: Mapping[str, Role]) -> Reply:
    there = tuple(sorted(one for one in roles if not one.startswith("__")))[:NAMED]
    return Reply(
        "Its template has no role {unknown}. Send a link or a code of one that it has: {roles}.",
        unknown=tuple(unknown),
        roles=there,
    )


def _full(wanted: Sequence[str], roles: Mapping[str, Role]) -> Reply:
    full = tuple(one for one in wanted if one in roles and roles[one].max_peer_count)
    if full:
        return Reply(
            "The role {full} takes only so many people, and may be full. Let somebody with it leave, or send "
            "a link of another role.",
            full=full,
        )
    return Reply("The room may be full: see how many it takes with `/hms room show`.")


def _text(said: Mapping[str, JSON], member: str) -> str:
    value = said.get(member)
    return value if isinstance(value, str) else ""
