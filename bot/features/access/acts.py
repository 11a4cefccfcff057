"""Giving and taking levels."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import EVERYWHERE
from bot.command import Context, RoomRef, UserRef
from bot.errors import UserError
from bot.features.room.cache import RoomCache
from bot.people import UNKNOWN, Actor, Level, Yes
from bot.reply import Button, Counted, Invocation, Mention, Phrase, Place, Reply, Term, some

BESIDES = 2  # buttons beside the one that takes it back: a card has three

Kept = tuple[RoomRef | Counted | Term, ...]


async def yes_for(ctx: Context, level: Level) -> Yes:
    """Whose yes a grant needs: a second admin's for a new admin, unless there is only one."""
    alone = len(await ctx.access.admins()) <= 1
    return Yes.ADMIN if level is Level.ADMIN and not alone else Yes.ACTOR


async def grantee(ctx: Context, user: UserRef) -> Actor:
    """Somebody a level can be given to; UserError for those whom no level would let in, such as guests."""
    somebody = await ctx.member(user.id)
    if somebody.barred == UNKNOWN:
        raise UserError(
            "Slack cannot say right now who {user} is, so nothing was done. Try again in a minute.", user=user
        ).at("user")
    if somebody.barred:
        raise UserError(
            "{user} is {kind}, and only full members of this workspace may use /hms.",
            user=user,
            kind=somebody.barred,
        ).at("user")
    return somebody


async def had(ctx: Context, user: UserRef, level: Level, room: RoomRef | None) -> Level:
    """What somebody holds where they are given a level, or anybody's; UserError if they stay admin there."""
    if level < Level.ADMIN:
        await _let_go(ctx, user, room)
    held = (one.level for one in await ctx.access.all() if (one.user, one.room) == (user.id, _id(room)))
    return next(held, Level.ANYBODY)


def holds(user: UserRef, level: Level, room: RoomRef | None) -> UserError:
    """Why nothing is given to somebody who has it."""
    said = "{user} is {level} for {rooms} already."
    return UserError(said, user=user, level=level.noun, rooms=scope(room)).at("user")


def said_of(level: Level) -> Term:
    """A level that somebody had or not, as what they were."""
    return Term("without a level", "is") if level is Level.ANYBODY else level.noun


async def grant(ctx: Context, user: UserRef, level: Level, room: RoomRef | None) -> Level:
    """Give somebody a level in a room or everywhere, and tell every admin; answers what they had."""
    await grantee(ctx, user)
    before = Level(await ctx.first_seen("see level", user.id, lambda: had(ctx, user, level, room)))
    if before is level:
        raise holds(user, level, room)
    rooms = scope(room, await kept(ctx, user, level, room))
    async with ctx.transaction() as tx:
        await ctx.access.grant(tx, user.id, level, _id(room), ctx.actor.id)
        await _tell_admins(
            ctx,
            tx,
            Reply(
                "{by} made {user} {level} for {rooms}, was {before}.",
                by=_by(ctx),
                user=user,
                level=level.noun,
                rooms=rooms,
                before=said_of(before),
            ),
        )
    return before


async def held(ctx: Context, user: UserRef, room: RoomRef | None) -> Level:
    """The level that can be taken from somebody; UserError when there is none, or none that can be taken."""
    levels = [one.level for one in await ctx.access.all() if (one.user, one.room) == (user.id, _id(room))]
    if not levels:
        raise UserError(
            "{user} holds no level for {rooms}. See who holds what: `/hms access list`.",
            user=user,
            rooms=scope(room),
        ).at("user")
    await _let_go(ctx, user, room)
    return levels[0]


async def revoke(ctx: Context, user: UserRef, room: RoomRef | None) -> Level:
    """Take somebody's level in a room or everywhere, and tell every admin; answers what it was."""
    level = Level(await ctx.first_seen("see level", user.id, lambda: held(ctx, user, room)))
    rooms = scope(room, await kept(ctx, user, Level.ANYBODY, room))
    async with ctx.transaction() as tx:
        await ctx.access.revoke(tx, user.id, _id(room))
        await _tell_admins(
            ctx,
            tx,
            Reply(
                "{by} took their level from {user} for {rooms}, was {level}.",
                by=_by(ctx),
                user=user,
                level=level.noun,
                rooms=rooms,
            ),
        )
    return level


async def kept(ctx: Context, user: UserRef, level: Level, room: RoomRef | None) -> Kept:
    """Where somebody holds more all the same: in single rooms if this is about all of them, else in all."""
    held = [one for one in await ctx.access.all() if one.user == user.id and one.level > level]
    if room:
        return tuple(Term("all rooms") for one in held if one.room == EVERYWHERE)
    rooms = some(RoomRef(id=one.room) for one in held if one.room != EVERYWHERE)
    return tuple([await _named(ctx, one) for one in rooms])


def keeps(user: UserRef, kept: Kept) -> list[Reply]:
    """Where somebody holds more all the same, among the facts."""
    return [Reply("{user} keeps their level for {rooms}", user=user, rooms=kept)] if kept else []


def taking(user: UserRef, kept: Kept) -> list[Button]:
    """What takes that too, where there is little of it."""
    rooms = [one for one in kept if isinstance(one, RoomRef)]
    return [
        Button(Reply("Take it for {room}", room=room), Invocation("access revoke", user=user, room=room))
        for room in (rooms if len(kept) <= BESIDES else [])
    ]


def scope(room: RoomRef | None, kept: Kept = ()) -> RoomRef | Term | Phrase:
    """What a level holds for, in words: not for rooms in which somebody holds more all the same."""
    if room:
        return room
    return Phrase("all rooms but {rooms}", rooms=kept) if kept else Term("all rooms")


async def _let_go(ctx: Context, user: UserRef, room: RoomRef | None) -> None:
    """UserError where somebody has to stay admin everywhere: by the settings, or as the only one."""
    if room is None and ctx.access.appointed(user.id):
        raise UserError("{user} is admin by the setting HMS_BOT_ADMINS. Change it there.", user=user).at(
            "user"
        )
    if room is None and await ctx.access.admins() == [user.id]:
        alone = UserError("{user} is the only admin. Appoint another first: `/hms access grant`.", user=user)
        raise alone.at("user")


async def _named(ctx: Context, room: RoomRef | Counted) -> RoomRef | Counted:
    return await ctx[RoomCache].with_name(room) if isinstance(room, RoomRef) else room


def _by(ctx: Context) -> Mention:
    return ctx.actor.mention


def _id(room: RoomRef | None) -> str:
    return room.id if room else EVERYWHERE


async def _tell_admins(ctx: Context, tx: AsyncConnection, said: Reply) -> None:
    for admin in await ctx.access.admins():
        await ctx.show(tx, f"access:{ctx.cause.request}", Place(admin), said)
