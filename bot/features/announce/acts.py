"""What people do about announcements: one more, one less, which there are."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.command import Cadence, Context, RoomRef
from bot.errors import UserError
from bot.features.announce.book import Announcement, Announcements
from bot.features.announce.reactions import Announcing, forget
from bot.features.room import live
from bot.reply import Counted
from bot.work import Timers
from bot.work.links import without_keys

MOST = 10  # in a room: whoever hears more listens to none


async def announced(ctx: Context, room: RoomRef) -> tuple[Announcement, ...]:
    """What is announced in the session that runs in a room now; UserError where none does."""
    session = await live.session(ctx, room)
    if not session:
        raise _nobody(room)
    async with ctx.reading() as tx:
        return await ctx[Announcements].of(tx, room.id, session)


async def check(ctx: Context, room: RoomRef, text: str) -> None:
    """UserError where a text cannot be announced."""
    _refuse(await announced(ctx, room), room, text)


async def add(ctx: Context, room: RoomRef, cadence: Cadence, text: str) -> datetime:
    """Announce a text while the session lasts that runs now; answers when it is said first.

    UserError where nothing runs, where it is announced already, or where enough is.
    """
    session = await ctx.first_seen("see session", room.id, lambda: live.session(ctx, room))
    if not session:
        raise _nobody(room)
    cause = ctx.cause
    asked = Announcement(cause.request, room, session, text, cadence, cause.since, cause)
    first = asked.next_after(ctx.now)
    async with ctx.transaction() as tx:
        there = await ctx[Announcements].of(tx, room.id, session)
        # What was cut off runs again, and is no other announcement than its own.
        _refuse([one for one in there if one.number != asked.number], room, text)
        await ctx[Announcements].put(tx, asked)
        await ctx[Timers].set(tx, Announcing.of(asked).timer(str(asked.number), first, cause))
    return first


async def find(ctx: Context, room: RoomRef, number: int) -> Announcement:
    """An announcement of a room; UserError where there is none of this number."""
    async with ctx.reading() as tx:
        found = await ctx[Announcements].find(tx, number)
    if found is None or found.room.id != room.id:
        raise UserError(
            "Nothing of the number {number} is announced in {room}. See what is: `/hms announce list`.",
            number=number,
            room=room,
        ).at("number")
    return found


async def remove(ctx: Context, room: RoomRef, number: int) -> tuple[str, Cadence]:
    """Announce it no more; answers what it was, and how often. UserError as ``find``."""

    async def look() -> dict[str, Any]:
        found = await find(ctx, room, number)
        return {"text": found.text, "cadence": found.cadence.model_dump(mode="json")}

    seen = await ctx.first_seen("see announcement", str(number), look)
    async with ctx.transaction() as tx:
        await forget(ctx, tx, number)
    return seen["text"], Cadence.model_validate(seen["cadence"])


def _refuse(there: Iterable[Announcement], room: RoomRef, text: str) -> None:
    numbers = {one.text: one.number for one in there}
    if text in numbers:
        raise UserError(
            "“{text}” is announced in {room} already (#{number}). See how often: `/hms announce list`.",
            text=without_keys(text),
            room=room,
            number=numbers[text],
        ).at("text")
    if len(numbers) >= MOST:
        raise UserError(
            "{texts} announced in {room} already. Stop one first: `/hms announce list`.",
            texts=Counted(MOST, "text is", "texts are"),
            room=room,
        )


def _nobody(room: RoomRef) -> UserError:
    return UserError(
        "Nobody is in {room}, and an announcement lasts as long as a session. "
        "Ask again when somebody is there; see the other rooms: `/hms room list`.",
        room=room,
    )
