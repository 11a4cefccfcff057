"""Finding polls: those that a room knows, one of them, and whether it runs."""

from asyncio import gather
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import is_fresh
from bot.command import Context, PollRef, RoomRef
from bot.errors import UserError
from bot.features.poll.book import PollBook
from bot.hms import Hms, HmsError, NotFound, Poll, PollSession
from bot.people import Level
from bot.reply import Name

LOOKED_UP = 20  # polls that are linked and were never shown here, each with a call; others have no title
FRESH = timedelta(seconds=30)
REMEMBERED = 1000  # rooms; then all are forgotten, which costs a call each


@dataclass(frozen=True)
class KnownPolls:
    """The polls that are known of a room: made or shown there, and those that 100ms has linked to it.

    What is linked was asked half a minute ago at most, since a list to choose from asks at each letter.
    """

    hms: Hms
    book: PollBook
    _linked: dict[str, tuple[datetime, tuple[PollRef, ...]]] = field(default_factory=dict)

    async def of(self, room: str) -> Sequence[PollRef]:
        """Those of a room, the newest first."""
        kept = {poll.id: poll for poll in await self.book.of(room)}
        found = {poll.id: poll for poll in await self._of_100ms(room, kept)} | kept
        return sorted(found.values(), key=lambda poll: poll.id, reverse=True)

    async def _of_100ms(self, room: str, kept: dict[str, PollRef]) -> tuple[PollRef, ...]:
        seen, now = self._linked.get(room), self.book.clock()
        if seen is None or not is_fresh(seen[0], now, FRESH):
            seen = now, await self._titled(room, kept)
            if len(self._linked) >= REMEMBERED:
                self._linked.clear()
            self._linked[room] = seen
        return seen[1]

    async def _titled(self, room: str, kept: dict[str, PollRef]) -> tuple[PollRef, ...]:
        try:
            linked = (await self.hms.rooms.retrieve(room)).polls
        except NotFound:
            return ()
        unknown = [poll for poll in linked if poll not in kept]
        found = await gather(*(titled(self.hms, poll) for poll in unknown[:LOOKED_UP]))
        return (*(poll for poll in found if poll), *(PollRef(id=poll) for poll in unknown[LOOKED_UP:]))


async def titled(hms: Hms, poll: str) -> PollRef | None:
    """A poll with its title; None where 100ms has none of this id."""
    try:
        return ref(await hms.polls.get(poll))
    except NotFound:
        return None
    except HmsError:
        return PollRef(id=poll)


def ref(poll: Poll) -> PollRef:
    """A poll as people speak of it."""
    return PollRef(id=poll.id, title=poll.title or next((one.text for one in poll.questions), ""))


async def find(ctx: Context, room: RoomRef, poll: PollRef) -> Poll:
    """One poll with its questions, the newest of the room if none is named.

    UserError where there is none, and where all that is known of it is that it belongs to rooms into which
    whoever asks may not look.
    """
    wanted = poll.id or await _newest(ctx, room)
    if not await _may_see(ctx, room, wanted):
        raise _unknown(room, poll)
    try:
        return await ctx.hms.polls.get(wanted)
    except NotFound as error:
        raise _unknown(room, poll) from error


async def shown(ctx: Context, room: RoomRef, *several: Poll) -> None:
    """Keep polls that somebody looked at here; an answer does not wait for it."""

    async def write() -> None:
        async with ctx.transaction() as tx:
            await ctx[PollBook].put(tx, room, *map(ref, several))

    await ctx.written(write())


async def running(ctx: Context, poll: str) -> tuple[PollSession, ...]:
    """Where a poll runs now: 100ms says no state, but a run that was not stopped has no end."""
    runs = [run async for run in ctx.hms.polls.each_session(poll)]
    return tuple(run for run in runs if run.stopped_at is None)


async def _newest(ctx: Context, room: RoomRef) -> str:
    known = await ctx.names.polls(room.id)
    if not known:
        raise UserError("{room} has no poll yet. A moderator can make one: `/hms poll create`.", room=room)
    return known[0].id


async def _may_see(ctx: Context, room: RoomRef, poll: str) -> bool:
    rooms = await ctx[PollBook].rooms(poll)
    if not rooms or room.id in rooms:
        return True
    rights = await ctx.rights()
    return any(rights(Level.VIEWER, one).allowed for one in rooms)


def _unknown(room: RoomRef, poll: PollRef) -> UserError:
    return UserError(
        "There is no poll {poll} for {room}. See which there are: `/hms poll list`.",
        poll=Name(poll.exact),
        room=room,
    ).at("poll")
