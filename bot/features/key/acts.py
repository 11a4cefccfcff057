"""What is done about the stream key of a room, of which there is one at a time."""

from collections.abc import Awaitable
from typing import TypeVar

from bot.command import Ambiguous, Context, RoomRef
from bot.errors import UserError
from bot.hms import Forbidden, HmsError, Invalid, NotFound, StreamKey, Unknown
from bot.reply import Button, Invocation
from bot.work import EffectUnknown

Answered = TypeVar("Answered")


async def found(ctx: Context, room: RoomRef) -> StreamKey | None:
    """The key that works for a room now; UserError where the room is locked."""
    try:
        return await _opened(ctx.hms.stream_keys.get(room.id), room)
    except NotFound:
        return None


async def key_of(ctx: Context, room: RoomRef) -> StreamKey:
    """The key that works for a room now; UserError where there is none."""
    key = await found(ctx, room)
    if key is None:
        raise none(room)
    return key


async def free(ctx: Context, room: RoomRef) -> None:
    """UserError where a room has a key already."""
    if await found(ctx, room):
        raise _there(room)


async def create(ctx: Context, room: RoomRef) -> None:
    """Make the key of a room, once; UserError where there is one already."""
    if await ctx.first_seen("see key", room.id, lambda: _is_there(ctx, room)):
        raise _there(room)
    try:
        await _make(ctx, room)
    except Invalid as error:
        if await found(ctx, room):  # somebody was faster
            raise _there(room) from error
        raise


async def disable(ctx: Context, room: RoomRef) -> None:
    """Let the key of a room work no longer, once; UserError where there is none."""

    async def call() -> None:
        await ctx.hms.stream_keys.disable(room.id)

    async def is_gone() -> bool:
        return await found(ctx, room) is None

    try:
        await _opened(ctx.once("disable key", room.id, call, read_back=is_gone), room)
    except NotFound as error:
        raise none(room) from error


async def rotate(ctx: Context, room: RoomRef) -> None:
    """Take the key of a room away and make another; UserError says so where only the first half was done."""
    await disable(ctx, room)
    try:
        await _make(ctx, room)
    except (Unknown, EffectUnknown) as error:
        raise _half(
            "The old key of {room} works no more. Whether a new one was made is not known, since 100ms's "
            "answer was lost. Look: `/hms key show`.",
            room,
            Button("Show the key", Invocation("key show", room=room)),
        ) from error
    except UserError as error:  # it was locked between the halves
        raise _half(
            "The old key of {room} works no more, and 100ms made no new one: the room is locked now. Open it "
            "first, then make one: `/hms key create`.",
            room,
            Button("Make a key", Invocation("key create", room=room)),
        ) from error
    except HmsError as error:
        raise _half(
            "The old key of {room} works no more, and no new one could be made: {words}. Nobody can stream "
            "into it until there is one: `/hms key create`.",
            room,
            Button("Make a key", Invocation("key create", room=room)),
            words=error.words,
        ) from error


def none(room: RoomRef) -> UserError:
    """The sentence for a room without a key."""
    return UserError("{room} has no stream key. Make one: `/hms key create`.", room=room)


async def _make(ctx: Context, room: RoomRef) -> None:
    async def call() -> None:
        await ctx.hms.stream_keys.create(room.id)

    await _opened(ctx.once("create key", room.id, call, read_back=lambda: _is_there(ctx, room)), room)


async def _is_there(ctx: Context, room: RoomRef) -> bool:
    return await found(ctx, room) is not None


async def _opened(asked: Awaitable[Answered], room: RoomRef) -> Answered:
    try:
        return await asked
    except Forbidden as error:
        raise UserError(
            "100ms gives no key of a locked room, and not every account has them. "
            "If {room} is locked, open it first: `/hms room unlock`.",
            room=room,
        ) from error


def _there(room: RoomRef) -> UserError:
    return UserError(
        "{room} has a stream key already. See it: `/hms key show`. Change it: `/hms key rotate`.", room=room
    )


def _half(template: str, room: RoomRef, button: Button, **values: object) -> UserError:
    return Ambiguous(template, room=room, **values).offering([button])
