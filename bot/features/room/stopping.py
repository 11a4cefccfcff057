"""What becomes of the stops of a room: they are told of on one card, and forgotten when they are over."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context
from bot.features.room import cards
from bot.features.room.locks import Locks
from bot.features.room.stops import Note, Stop, Stops, in_session
from bot.reply import Message, Place, Reply
from bot.work import Timers


@dataclass(frozen=True)
class SessionEnd:
    """What is said of a session that is over, and the ``stop`` whose moment it is, if one's."""

    room: str
    session: str
    said: Reply
    stop: str = ""

    def over(self, held: Collection[Stop]) -> list[Stop]:
        """Those of the room's stops that it leaves nothing to do."""
        gone = {each.id for each in in_session(held, self.session)} | {self.stop}
        return [each for each in held if each.id in gone]


async def show(ctx: Context, tx: AsyncConnection, several: Sequence[Stop]) -> None:
    """Bring the card of a room's stops up to date, or post it; ``several`` are held, the nearest first."""
    card = next(iter(_cards(several)), _fresh())
    await ctx[Stops].save(tx, *[replace(stop, card=card) for stop in several if stop.card != card])
    room = several[0].room.id
    locks = await ctx[Locks].held(tx, [room]) if several[0].window else {}
    await _post(ctx, tx, card, several, cards.of_stops(several, ctx.now, locks.get(room)))


async def refresh(ctx: Context, tx: AsyncConnection, *rooms: str) -> None:
    """Bring the cards of hours up to date, where they stand, after doors were locked or opened."""
    held = await ctx[Stops].held(tx, *rooms) if rooms else ()
    for room in rooms:
        several = [stop for stop in held if stop.room.id == room]
        if _cards(several) and several[0].window:
            await show(ctx, tx, several)


async def lower(ctx: Context, tx: AsyncConnection, held: Sequence[Stop], newest: Stop) -> None:
    """Let the card stand where ``newest`` was planned: what is said far above is read by nobody."""
    for card in _cards(held):
        await _post(ctx, tx, card, held, cards.further_down(newest))
    await ctx[Stops].save(tx, *[replace(stop, card=newest.id) for stop in held])


async def over(ctx: Context, tx: AsyncConnection, gone: Collection[Stop], said: Reply) -> None:
    """Forget stops of one room, and say on their card what came of them.

    What is left gets a card of its own: at once where its session goes on, else when it is next told of.
    """
    if gone:
        held = await ctx[Stops].held(tx, next(iter(gone)).room.id)
        await forget(ctx, tx, *gone)
        await _tell(ctx, tx, held, gone, said)


async def moot(
    ctx: Context, tx: AsyncConnection, room: str, session: str, said: Reply, stop: str = ""
) -> None:
    """Forget what would have ended a session that is over, and say so on the card.

    So is the ``stop`` of this moment, which may be for whichever session runs.
    """
    await moot_all(tx, [(ctx, SessionEnd(room, session, said, stop))])


async def moot_all(tx: AsyncConnection, several: Sequence[tuple[Context, SessionEnd]]) -> None:
    """The same in several rooms at once: however many there are, they are read and forgotten together."""
    if not several:
        return
    first = several[0][0]
    held: dict[str, list[Stop]] = {end.room: [] for _, end in several}
    for stop in await first[Stops].held(tx, *held):
        held[stop.room.id].append(stop)
    gone = {end.room: end.over(held[end.room]) for _, end in several}
    await forget(first, tx, *(stop for some in gone.values() for stop in some))
    for ctx, end in several:
        if gone[end.room]:
            await _tell(ctx, tx, held[end.room], gone[end.room], end.said)


async def forget(ctx: Context, tx: AsyncConnection, *gone: Stop) -> None:
    """Forget stops and every moment of theirs; what is said of it is for whoever knows why."""
    await _disarm(ctx, tx, gone)
    await ctx[Stops].remove(tx, *gone)


async def _tell(
    ctx: Context, tx: AsyncConnection, held: Sequence[Stop], gone: Collection[Stop], said: Reply
) -> None:
    """Say on their card what came of stops of one room, of which others may be left."""
    for card in _cards(gone) or [_fresh()]:
        await _post(ctx, tx, card, [*held, *gone], Message(said))
    over = {stop.id for stop in gone}
    left = [replace(stop, card="") for stop in held if stop.id not in over]
    await ctx[Stops].save(tx, *left)
    if any(stop.session for stop in left):
        await show(ctx, tx, left)


async def found_over(ctx: Context, tx: AsyncConnection, stop: Stop, session: str) -> None:
    """Forget what would have ended a session that is over, found so at a moment of one ``stop``.

    Where another end of it is being done at this moment, that one tells of all of them.
    """
    held = await ctx[Stops].held(tx, stop.room.id)
    if not any(each.is_coming(ctx.now) for each in held if each.id != stop.id):
        await moot(ctx, tx, stop.room.id, session, cards.over_before(stop), stop.id)
    elif stop.ends_at <= ctx.now:
        await forget(ctx, tx, stop)


async def looked(
    ctx: Context, tx: AsyncConnection, room: str, people: int, told: Reply | None = None
) -> None:
    """Bring the card of a room's stops up to date after somebody has looked into the room.

    ``told`` is what has to be said besides.
    """
    held = [replace(stop, people=people) for stop in await ctx[Stops].held(tx, room)]
    if not held:
        return
    if told:
        held[0] = held[0].noted(Note(held[0].cause.request, told))
    await ctx[Stops].save(tx, *held)
    await show(ctx, tx, held)


async def _disarm(ctx: Context, tx: AsyncConnection, several: Collection[Stop]) -> None:
    """Take back every moment of some stops that is still to come."""
    subjects: dict[str, list[str]] = {}
    for stop in several:
        end, warn = stop.kinds
        subjects.setdefault(end.kind, []).append(stop.id)
        to_come = [moment_of(stop, minutes) for minutes, _ in stop.warnings(ctx.now)]
        subjects.setdefault(warn.kind, []).extend(to_come)
    for kind, some in subjects.items():
        await ctx[Timers].cancel(tx, kind, *some)


def moment_of(stop: Stop, minutes: int) -> str:
    """The subject of one warning's timer."""
    return f"{stop.id}:{minutes}"


def _cards(several: Collection[Stop]) -> list[str]:
    return sorted({stop.card for stop in several if stop.card})


def _fresh() -> str:
    """A name for another card: on the one before stands what came of its stops."""
    return secrets.token_urlsafe(6)


async def _post(
    ctx: Context, tx: AsyncConnection, card: str, several: Collection[Stop], message: Message
) -> None:
    """Show a card wherever any of these stops is read of; a place that is named twice shows it once."""
    for place in sorted({place for stop in several for place in stop.cause.places}):
        await ctx.show(tx, f"stop:{card}", Place(place), message)
