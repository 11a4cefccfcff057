"""Looking up what was done, and writing down what was done in 100ms's apps.

A case is the request that did it. What was done in an app came through a door that is not ours: it is kept
as a request that is done, under the next number of the same sequence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.access import Rights
from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.people import Actor, Level
from bot.reply import Invocation, Plain, Reply, Stakes
from bot.request.book import RequestBook, fresh_token
from bot.request.request import Origin, Request, State

APP = "app"  # the door of what was done there
SOMEBODY = "an app at 100ms"  # in the log: whoever is called something else there is nobody of the workspace
TOGETHER = 100  # requests read at once: to take more apart would hold up acks
LOOKED_THROUGH = 10 * TOGETHER


@dataclass(frozen=True)
class Wanted:
    """Which cases somebody asks for; what is empty says nothing."""

    room: str = ""
    person: str = ""
    by: str = ""
    verb: str = ""
    since: datetime | None = None

    def fits(self, case: Request) -> bool:
        """Whether it is one of them; its room and its moment were asked of the store."""
        verb = case.invocation.command
        return (
            (not self.verb or self.verb.casefold() in {verb, *verb.split()})
            and (not self.by or self.by in case.actor.askers)
            and (not self.person or self.person.casefold() in map(str.casefold, people_of(case)))
        )


@dataclass(frozen=True)
class Deed:
    """Something that was done in an app: what would have done it here, ``by`` whom there, and to whom."""

    invocation: Invocation
    room: RoomRef
    session: str
    said: Reply
    by: str = ""
    reason: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


async def find(ctx: Context, number: int) -> Request:
    """What has this number, done or not; UserError where there is none in a room of theirs who ask."""
    request = await ctx.road.find(number)
    rights = await ctx.rights()
    if request is None or not request.room or not rights(Level.MODERATOR, request.room).allowed:
        raise UserError("There is no case {number}. See which there are: `/hms case list`.", number=number)
    return request


async def newest(ctx: Context, wanted: Wanted, most: int) -> tuple[Sequence[Request], bool]:
    """The newest cases in those rooms that whoever asks may see, and whether there may be more."""
    rights = await ctx.rights()
    found: list[Request] = []
    before: int | None = None
    for _ in range(LOOKED_THROUGH // TOGETHER):
        async with ctx.reading() as tx:
            part = await ctx[RequestBook].acts(
                tx, TOGETHER, room=wanted.room, since=wanted.since, before=before
            )
        found += [one for one in part if _is_seen(one, rights) and wanted.fits(one)]
        if len(part) < TOGETHER:
            return found[:most], len(found) > most
        if len(found) > most:
            break
        before = part[-1].id
    return found[:most], True


def _is_seen(case: Request, rights: Rights) -> bool:
    return rights(Level.MODERATOR, case.room).allowed


def people_of(case: Request) -> Iterator[str]:
    """Whom it was done to, by their names and ids; of what was done in an app, also who did it."""
    stakes = case.stakes or Stakes()
    for key in stakes.targets:
        yield from (key, stakes.called(key))
    for value in case.invocation.arguments.values():
        if isinstance(value, Mapping) and "peer_id" in value:
            yield from (str(value.get(name) or "") for name in ("name", "user_id", "peer_id"))
    if case.origin.door == APP:
        yield case.actor.name


async def note(ctx: Context, key: str, deed: Deed, at: datetime) -> None:
    """Write down, once for this ``key``, what was done in an app; what waits there is looked at again."""
    stakes = Stakes(session=deed.session, targets=deed.targets, names=deed.names)
    words = ctx[Plain].text(deed.said)
    done = Request(
        id=0,
        token=fresh_token(),
        invocation=deed.invocation,
        sentence=words,
        actor=Actor(SOMEBODY, deed.by),
        origin=Origin(APP, f"{APP}:{key}"),
        state=State.DONE,
        asked_at=at,
        reason=deed.reason,
        room=deed.room.id,
        consequence=Reply("", stakes=stakes),
        answer=deed.said,
        ended_at=at,
    )
    async with ctx.transaction() as tx:
        kept = await ctx[RequestBook].ask(tx, done)
        if kept:
            await ctx.audit.add(tx, kept.actor, APP, State.DONE, words, request=kept.id)
            await ctx.road.notice(tx, deed.room.id)
