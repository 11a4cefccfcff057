"""Who may do what: grants, and the pure rule that reads them."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.people import LOCKED_OUT, UNKNOWN, Actor, Level
from bot.reply import Mention, Reply
from bot.store import Database, Instant, String, metadata

EVERYWHERE = ""
ANYWHERE = "*"  # asks whether somebody holds a level in any room at all
ASKED = 3  # admins are named to whoever needs one; more would be a list
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)

grants = sa.Table(
    "grants",
    metadata,
    sa.Column("user_id", String, primary_key=True),
    sa.Column("room_id", String, primary_key=True),
    sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),  # a lower one counts since its own
    sa.Column("granted_by", String, nullable=False),
    sa.Column("granted_at", Instant, nullable=False),
)

_IS_ADMIN = (grants.c.level == Level.ADMIN) & (grants.c.room_id == EVERYWHERE)
_HELD = (  # and by the admins, who are named to whoever needs one
    sa.select(grants).where((grants.c.user_id == sa.bindparam("who")) | _IS_ADMIN).order_by(grants.c.user_id)
)

# Says for which room the members of a channel are viewers, if for any.
Viewers = Callable[[AsyncConnection, str], Awaitable[str | None]]


@dataclass(frozen=True)
class Grant:
    """One level given to one person, in one room or everywhere."""

    user: str
    level: Level
    room: str = EVERYWHERE
    by: str = ""
    since: datetime = ALWAYS


@dataclass(frozen=True)
class Verdict:
    """Whether somebody may, and since when they hold their level.

    ``why`` says so to themselves and whom to ask; ``about`` tells it to others.
    """

    allowed: bool
    why: Reply
    about: Reply
    level: Level = Level.ANYBODY
    since: datetime | None = None


def judge(
    actor: Actor, needed: Level, held: Iterable[Grant], room: str = EVERYWHERE, admins: Sequence[str] = ()
) -> Verdict:
    """Decide by the grants that count here; the answer explains itself, and names the admins to ask."""
    if actor.barred:
        return Verdict(allowed=False, why=_barred(actor), about=_barred_about(actor))
    here = [grant for grant in held if room == ANYWHERE or grant.room in {EVERYWHERE, room}]
    level = max((grant.level for grant in here), default=Level.ANYBODY)
    since = min((grant.since for grant in here if grant.level >= needed), default=None)
    why = _may(needed) if level >= needed else _may_not(needed, level, admins)
    about = _about(actor, needed, level)
    # What is no person is not spoken to: its maker reads of it.
    return Verdict(level >= needed, about if actor.behind else why, about, level, since)


def allowed(actor: Actor, needed: Level, held: Iterable[Grant], rooms: Iterable[str]) -> frozenset[str]:
    """Those of many rooms in which ``judge`` would let somebody, without a sentence about each."""
    fit = {grant.room for grant in held if grant.level >= needed}
    if actor.barred:
        return frozenset()
    everywhere = needed is Level.ANYBODY or EVERYWHERE in fit
    return frozenset(rooms) if everywhere else frozenset(fit.intersection(rooms))


@dataclass(frozen=True)
class Rights:
    """What somebody may do, in any room: looked up once, for whoever asks about many things."""

    actor: Actor
    held: Sequence[Grant]
    admins: Sequence[str] = ()

    def __call__(self, needed: Level, room: str) -> Verdict:
        """Whether they may do what needs this level in a room, and why."""
        return judge(self.actor, needed, self.held, room, self.admins)

    def among(self, needed: Level, rooms: Iterable[str]) -> frozenset[str]:
        """Those of these rooms in which they may do what needs this level."""
        return allowed(self.actor, needed, self.held, rooms)

    @property
    def own(self) -> list[str]:
        """The rooms in which they hold a level of their own."""
        return list(dict.fromkeys(grant.room for grant in self.held if grant.room != EVERYWHERE))


def _barred(actor: Actor) -> Reply:
    if actor.barred == UNKNOWN:
        return Reply("Slack cannot say right now who you are, so nothing is done. Try again in a minute.")
    if actor.barred == LOCKED_OUT:
        return Reply(
            "Slack does not accept my token any more, so I cannot see who you are and nothing is done. "
            "Whoever runs hms-bot has to install the app again and set SLACK_BOT_TOKEN."
        )
    return Reply(
        "You are {kind} here, and only full members of this workspace may use /hms.", kind=actor.barred
    )


def _barred_about(actor: Actor) -> Reply:
    if actor.barred in {UNKNOWN, LOCKED_OUT}:
        return Reply("Slack cannot say right now who {who} is.", who=actor.mention)
    return Reply(
        "{who} is {kind}, and only full members of this workspace may use /hms.",
        who=actor.mention,
        kind=actor.barred,
    )


def _may(needed: Level) -> Reply:
    return Reply("You may do this: it takes {needed}.", needed=needed.needed)


def _may_not(needed: Level, level: Level, admins: Sequence[str]) -> Reply:
    whom = tuple(Mention(user, user) for user in admins[:ASKED])
    if not whom:
        return Reply(
            "Only {those} can do this, and there is no admin to ask. "
            "Whoever runs hms-bot names the first: HMS_BOT_ADMINS.",
            those=needed.holders,
        )
    if level is Level.ANYBODY:
        return Reply(
            "Only {those} can do this; you hold none. Ask {whom}."
            if needed is Level.VIEWER
            else "Only {those} can do this; you have no level here. Ask {whom}.",
            those=needed.holders,
            whom=whom,
        )
    return Reply(
        "Only {those} can do this; you are {level}. Ask {whom}.",
        those=needed.holders,
        level=level.noun,
        whom=whom,
    )


def _about(actor: Actor, needed: Level, level: Level) -> Reply:
    who = actor.mention
    if needed is Level.ANYBODY:
        return Reply("Everybody may do this.")
    if level is Level.ANYBODY:
        return Reply("It takes {needed}, and {who} has no level here.", needed=needed.needed, who=who)
    if level >= needed:
        return Reply(
            "{who} is {level} here, and it takes {needed}.", who=who, level=level.noun, needed=needed.needed
        )
    return Reply(
        "It takes {needed}, and {who} is {level} here.", needed=needed.needed, who=who, level=level.noun
    )


class Access:
    """The grants on disk, the first admins of the settings, and the viewers of bound channels."""

    def __init__(self, db: Database, clock: Clock, admins: Iterable[str], viewers: Viewers) -> None:
        self._db = db
        self._clock = clock
        self._first = tuple(Grant(user, Level.ADMIN) for user in admins)
        self._viewers = viewers

    async def may(self, actor: Actor, needed: Level, *, room: str = "", channel: str = "") -> Verdict:
        """Whether the actor may do what needs this level (in this room), and why."""
        return (await self.rights(actor, channel=channel))(needed, room)

    async def rights(self, actor: Actor, *, channel: str = "") -> Rights:
        """What the actor may do in any room, as a member of this channel."""
        who = actor.accountable
        async with self._db.read() as tx:
            found = [*self._first, *map(_grant, await tx.execute(_HELD, {"who": who}))]
            held = [*(grant for grant in found if grant.user == who), *await self._viewer(tx, who, channel)]
        return Rights(actor, held, _admins(found))

    async def all(self) -> list[Grant]:
        """What each holds in each place, the highest first; the first admins stand among them."""
        return _highest(await self._held())

    async def admins(self) -> list[str]:
        """Everybody who is admin everywhere, in a stable order."""
        return _admins(await self.all())

    async def deciders(
        self, needed: Level, *, room: str, besides: Collection[str], before: datetime
    ) -> list[str]:
        """Who could say yes to what ``besides`` asked at ``before``: moderators first, then admins."""
        fit = [
            grant
            for grant in await self._held()
            if grant.level >= needed and grant.room in {EVERYWHERE, room} and grant.since <= before
        ]
        nearest = sorted(_highest(fit), key=lambda grant: (grant.room != room, grant.level))
        return [user for user in dict.fromkeys(grant.user for grant in nearest) if user not in besides]

    async def grant(self, tx: AsyncConnection, user: str, level: Level, room: str, by: str) -> None:
        """Give somebody a level in a room or everywhere: as much of it as they held counts since then."""
        reached = _of(user, room) & (grants.c.level >= level)
        since = await tx.scalar(sa.select(sa.func.min(grants.c.granted_at)).where(reached))
        await tx.execute(grants.delete().where(reached))
        row = {
            "user_id": user,
            "room_id": room,
            "level": level,
            "granted_by": by,
            "granted_at": since or self._clock(),
        }
        await tx.execute(grants.insert().values(row))

    async def revoke(self, tx: AsyncConnection, user: str, room: str) -> bool:
        """Take a level away; False when there was none (the first admins live in the settings)."""
        return (await tx.execute(grants.delete().where(_of(user, room)))).rowcount > 0

    def appointed(self, user: str) -> bool:
        """Whether the settings make this person an admin, so that no command can take it away."""
        return any(grant.user == user for grant in self._first)

    async def _held(self) -> list[Grant]:
        """Every level that counts, the lower ones of each too, the highest first."""
        async with self._db.read() as tx:
            stored = [_grant(row) for row in await tx.execute(sa.select(grants))]
        return sorted([*self._first, *stored], key=lambda grant: (-grant.level, grant.user, grant.room))

    async def _viewer(self, tx: AsyncConnection, user: str, channel: str) -> list[Grant]:
        """What the members of a channel hold in the room that it speaks for."""
        room = await self._viewers(tx, channel) if channel else None
        return [Grant(user, Level.VIEWER, room)] if room else []


def _of(user: str, room: str) -> sa.ColumnElement[bool]:
    return (grants.c.user_id == user) & (grants.c.room_id == room)


def _highest(held: Iterable[Grant]) -> list[Grant]:
    """What each holds in each place, where the highest come first."""
    highest: dict[tuple[str, str], Grant] = {}
    for grant in held:
        highest.setdefault((grant.user, grant.room), grant)
    return list(highest.values())


def _admins(held: Iterable[Grant]) -> list[str]:
    chosen = [grant.user for grant in held if grant.level is Level.ADMIN and grant.room == EVERYWHERE]
    return list(dict.fromkeys(chosen))


def _grant(row: sa.Row[tuple[object, ...]]) -> Grant:
    kept = row._mapping  # noqa: SLF001 -- SQLAlchemy's public name for a row as a mapping
    return Grant(
        kept["user_id"], Level(kept["level"]), kept["room_id"], kept["granted_by"], kept["granted_at"]
    )
