"""What becomes of the stops of a room: they are told of on one card, and forgotten when they are over."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context
from bot.features.room import cards
from bot.features.room.stops import Note, Stop, Stops, in_session
from bot.reply import Message, Place, Reply
from bot.work import Timers


async def show(ctx: Context, tx: AsyncConnection, several: Sequence[Stop]) -> None:
    """Bring the card of a room's stops up to date, or post it; ``several`` are held, the nearest first."""
    card = next(iter(_cards(several)), _fresh())
    await ctx[Stops].save(tx, *[replace(stop, card=card) for stop in several if stop.card != card])
    await _post(ctx, tx, card, several, cards.of_stops(several, ctx.now))


async def lower(ctx: Context, tx: AsyncConnection, held: Sequence[Stop], newest: Stop) -> None:
    """Let the card stand where ``newest`` was planned: what is said far above is read by nobody."""
    for card in _cards(held):
        await _post(ctx, tx, card, held, cards.further_down(newest))
    await ctx[Stops].save(tx, *[replace(stop, card=newest.id) for stop in held])


async def over(ctx: Context, tx: AsyncConnection, gone: Collection[Stop], said: Reply) -> None:
    """Forget stops of one room, and say on their card what came of them.

    What is left gets a card of its own: at once where its session goes on, else when it is next told of.
    """
    if not gone:
        return
    held = await ctx[Stops].held(tx, next(iter(gone)).room.id)
    await disarm(ctx, tx, gone)
    await ctx[Stops].remove(tx, *gone)
    for card in _cards(gone) or [_fresh()]:
        await _post(ctx, tx, card, [*held, *gone], Message(said))
    over = {stop.id for stop in gone}
    left = [replace(stop, card="") for stop in held if stop.id not in over]
    await ctx[Stops].save(tx, *left)
    if any(stop.session for stop in left):
        await show(ctx, tx, left)


async def moot(
    ctx: Context, tx: AsyncConnection, room: str, session: str, said: Reply, stop: str = ""
) -> None:
    """Forget what would have ended a session that is over, and say so on the card.

    So is the ``stop`` of this moment, which may be for whichever session runs.
    """
    held = await ctx[Stops].held(tx, room)
    gone = {each.id for each in in_session(held, session)} | {stop}
    await over(ctx, tx, [each for each in held if each.id in gone], said)


async def found_over(ctx: Context, tx: AsyncConnection, stop: Stop, session: str) -> None:
    """Forget what would have ended a session that is over, found so at a moment of one ``stop``.

    Where another end of it is being done at this moment, that one tells of all of them.
    """
    held = await ctx[Stops].held(tx, stop.room.id)
    if not any(each.is_coming(ctx.now) for each in held if each.id != stop.id):
        await moot(ctx, tx, stop.room.id, session, cards.over_before(stop), stop.id)
    elif stop.ends_at <= ctx.now:
        await disarm(ctx, tx, [stop])
        await ctx[Stops].remove(tx, stop)


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


async def disarm(ctx: Context, tx: AsyncConnection, several: Collection[Stop]) -> None:
    """Take back every moment of some stops that is still to come."""
    for stop in several:
        end, warn = stop.kinds
        await ctx[Timers].cancel(tx, end.kind, stop.id)
        for minutes, _ in stop.warnings(ctx.now):
            await ctx[Timers].cancel(tx, warn.kind, moment_of(stop, minutes))


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
