"""How long 100ms lets a session in a room last: it ends a longer one by itself, whoever is there or not.

100ms counts from when a session begins, whichever hours it is in: it warns nobody and locks no door. Source:
100ms docs, Rooms/object.
"""

from asyncio import gather
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room import live
from bot.features.schedule.book import Window, Windows
from bot.hms import HmsError, Room
from bot.reply import Button, Invocation, Reply

SLACK = timedelta(hours=1)  # for more time that is given, and for the night in which an hour comes twice
SHORTEST, LONGEST = timedelta(minutes=2), timedelta(hours=12)  # what 100ms takes; it lets none last longer


def beyond(windows: Iterable[Window]) -> timedelta:
    """After how long a session has outlasted even the longest of these hours.

    UserError where that is no sooner than 100ms ends every session anyway.
    """
    longest = max(_lasts(window) for window in windows)
    if longest + SLACK >= LONGEST:
        raise UserError(
            "100ms ends every session after {most} anyway, and can do no more for hours of {longest}.",
            most=LONGEST,
            longest=longest,
        ).at("backstop")
    return longest + SLACK


def set_in(room: Room) -> timedelta | None:
    """After how long 100ms ends a session there, where somebody has said so."""
    return timedelta(seconds=room.max_duration_seconds) or None


def told(room: Room, window: Window) -> Iterator[Reply]:
    """What 100ms does to hours by what is set there now, a few words each."""
    limit, lasts = set_in(room), _lasts(window)
    if lasts > (limit or LONGEST):
        most = limit or LONGEST
        yield Reply("100ms ends a session after {most}, before these hours are over", most=most)
    elif limit:
        yield Reply("100ms ends a session after {most}, if nobody does before", most=limit)


def facts(after: timedelta, room: Room) -> Iterator[Reply]:
    """What it means to let 100ms end a session after so long, a few words each."""
    yield Reply("100ms ends a session after {after}, also while I am not there", after=after)
    yield Reply("it warns nobody and locks nothing")
    limit = set_in(room)
    if limit and limit != after:
        yield Reply("until now after {limit}", limit=limit)


async def put(ctx: Context, room: RoomRef, after: timedelta) -> timedelta | None:
    """Let 100ms end a session there after so long; answers what was set before, if anything was."""
    before = await ctx.first_seen("see backstop", room.id, lambda: _seconds(ctx, room))
    await ctx.hms.rooms.update(room.id, max_duration_seconds=int(after.total_seconds()))
    return timedelta(seconds=before) or None


async def own_end(ctx: Context, room: RoomRef) -> datetime | None:
    """When 100ms itself ends the session that runs in a room; None where none does, or it does not say."""
    try:
        there, since = await gather(ctx.hms.rooms.retrieve(room.id), live.since(ctx, room))
    except HmsError:
        return None
    return since + (set_in(there) or LONGEST) if since else None


async def left(ctx: Context, there: Room, room: RoomRef) -> Reply:
    """What is said where the last hours of a room are gone, of a limit that stays without them."""
    limit = set_in(there)
    if limit is None or limit >= LONGEST or await ctx[Windows].of(room.id):
        return Reply("")
    back = Button(
        Reply("Set it back to {most}", most=LONGEST),
        Invocation("schedule backstop", room=room, after=LONGEST),
    )
    return Reply("100ms still ends a session there after {limit}.", limit=limit, buttons=[back])


def offer(windows: Sequence[Window], room: Room) -> Iterator[Button]:
    """A button that lets 100ms see to it, where it does not yet and could."""
    try:
        after = beyond(windows)
    except UserError:
        return
    if set_in(room) != after:
        yield Button("Let 100ms end it too", Invocation("schedule backstop", room=_named(room)))


def _named(room: Room) -> RoomRef:
    return RoomRef(id=room.id, name=room.name)


def _lasts(window: Window) -> timedelta:
    return window.rule.hours.lasts + window.rule.open_before


async def _seconds(ctx: Context, room: RoomRef) -> int:
    return (await ctx.hms.rooms.retrieve(room.id)).max_duration_seconds
