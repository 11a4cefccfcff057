"""What is done about the codes of a room; a code is a secret, so it is known by its role and its number."""

from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import SecretStr

from bot.command import Ambiguous, Context, RoomRef, UserRef
from bot.errors import UserError
from bot.features.code.book import GOOD_FOR, SentCode, SentCodes
from bot.features.room import live
from bot.hms import Forbidden, NotFound, RoomCode
from bot.people import Actor, Yes
from bot.reply import Button, Counted, Invocation, Place, Reply, Secret

Answered = TypeVar("Answered")
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class NumberedCode:
    """A code with its number among those of its role, the oldest first: 100ms never forgets one."""

    number: int
    role: str
    code: SecretStr
    enabled: bool


async def codes(ctx: Context, room: RoomRef, role: str = "") -> tuple[NumberedCode, ...]:
    """The codes of a room, or of one role, by role and number; UserError where the room is locked."""
    found = await opened(_all(ctx, room), room)
    by_role = [one for name in sorted({one.role for one in found}) for one in _numbered(found, name)]
    return tuple(one for one in by_role if role in {"", one.role})


async def check_role(ctx: Context, room: RoomRef, role: str) -> None:
    """UserError for a role that the room does not have."""
    known = await ctx.names.roles(room.id)
    if role not in known:
        raise UserError(
            "{room} has no role {role}. It has {known}.", room=room, role=role, known=tuple(known)
        ).at("role")


async def yes_for(ctx: Context, room: RoomRef, *roles: str) -> Yes:
    """Whose yes it takes to let people in with these roles: for a host's a second moderator's."""
    return Yes.ACTOR if (await live.host_roles(ctx, room)).isdisjoint(roles) else Yes.SECOND


async def lacking(ctx: Context, room: RoomRef) -> tuple[str, ...]:
    """The roles for which no code works; UserError where each has one."""
    there = {one.role for one in await codes(ctx, room) if one.enabled}
    roles = tuple(role for role in await ctx.names.roles(room.id) if role not in there)
    if not roles:
        raise UserError(
            "Each role of {room} has a code that works. See them: `/hms code list`. "
            "One more for a role: `/hms code create guest`.",
            room=room,
        )
    return roles


async def create(ctx: Context, room: RoomRef, role: str) -> None:
    """Make one more code for a role, once."""

    async def number() -> int:
        return len(await codes(ctx, room, role))

    before: int = await ctx.first_seen("count codes", role, number)

    async def call() -> None:
        await ctx.hms.room_codes.create_for_role(room.id, role)

    async def is_there() -> bool:
        return await number() > before

    await opened(ctx.once("create code", role, call, read_back=is_there), room)


async def create_lacking(ctx: Context, room: RoomRef) -> tuple[str, ...]:
    """Make a code for each role that has none which works; answers for which."""

    async def look() -> list[str]:
        return list(await lacking(ctx, room))

    roles = await ctx.first_seen("see roles without code", room.id, look)
    await opened(ctx.hms.room_codes.create_all(room.id), room)
    return tuple(roles)


async def pick(ctx: Context, room: RoomRef, role: str, number: int, *, enabled: bool) -> NumberedCode:
    """The code that is meant to be ``enabled`` from now on, or not.

    UserError where there is none, or none to change; Ambiguous where it could be several.
    """
    there = await codes(ctx, room, role)
    fitting = [one for one in there if one.enabled is not enabled and number in {0, one.number}]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise _several(room, role, fitting, enabled=enabled)
    if number and number not in {one.number for one in there}:
        raise UserError(
            "{room} has no code {number} for {role}. See which it has: `/hms code list`.",
            room=room,
            number=number,
            role=role,
        ).at("number")
    if number:
        raise _so_already(room, role, number, enabled=enabled)
    if enabled and there:
        raise UserError("That works already: nothing of {role} is disabled in {room}.", role=role, room=room)
    raise UserError(
        "Nothing of {role} in {room} works that could be disabled. See its codes: `/hms code list`.",
        role=role,
        room=room,
    )


async def switch(ctx: Context, room: RoomRef, role: str, number: int, *, enabled: bool) -> int:
    """Let a code work, or no longer; answers which it was."""

    async def look() -> int:
        return (await pick(ctx, room, role, number, enabled=enabled)).number

    which: int = await ctx.first_seen("see code", role, look)
    [code] = [one for one in await codes(ctx, room, role) if one.number == which]
    await opened(ctx.hms.room_codes.update(code.code, enabled=enabled), room)
    return which


async def working(ctx: Context, room: RoomRef, role: str) -> NumberedCode:
    """The newest code that lets people in with a role; UserError where there is none."""
    works = [one for one in await codes(ctx, room, role) if one.enabled]
    if works:
        return works[-1]
    makes = Button("Make one…", Invocation("code create", role=role, room=room))
    nothing = Ambiguous("{room} has no code for {role} that works.", room=room, role=role)
    raise nothing.offering([makes])


async def addressee(ctx: Context, user: UserRef) -> Actor:
    """Who a code is sent to; UserError where they could not ask to see it."""
    somebody = await ctx.member(user.id)
    if somebody.barred:
        raise UserError(
            "{user} cannot use me, so nothing was sent. A code can be read to them: `/hms code list`.",
            user=user,
        ).at("user")
    return somebody


async def send(ctx: Context, user: UserRef, room: RoomRef, role: str) -> None:
    """Write to somebody that there is a code for them: they alone are told it, when they ask."""
    await working(ctx, room, role)
    number = ctx.cause.request
    shows = Button("Show my code", Invocation("code mine", number=number))
    said = Reply(
        "{by} invites you to {room} as {role}. Your code is for you alone, so it stands in no message.",
        by=ctx.actor.mention,
        room=room,
        role=role,
        buttons=[shows],
    )
    async with ctx.transaction() as tx:
        await ctx[SentCodes].put(tx, SentCode(number, user.id, room, role, ctx.now))
        await ctx.show(tx, f"code:{number}", Place(user.id), said)


async def mine(ctx: Context, number: int) -> Reply:
    """The codes that were sent to whoever asks, or one of them; UserError where there are none."""
    async with ctx.reading() as tx:
        sent = await ctx[SentCodes].of(tx, ctx.actor.id, ctx.now - GOOD_FOR)
    wanted = [one for one in sent if number in {0, one.number}]
    if not wanted:
        raise UserError(
            "No code was sent to you within {span}. Ask whoever invited you: a moderator can send one.",
            span=GOOD_FOR,
        )
    return sum([await _shown(ctx, one) for one in wanted], start=Reply(""))


async def check_code(ctx: Context, code: SecretStr) -> str:
    """The role with which a code lets people in; UserError where it lets in nobody."""
    try:
        return (await ctx.hms.room_codes.auth_token(code)).role
    except NotFound as error:
        raise UserError("100ms knows no such code. See which a room has: `/hms code list`.") from error
    except Forbidden as error:
        raise UserError(
            "This code lets nobody in now: it is disabled, or its room is locked. See: `/hms code list`."
        ) from error


async def opened(asked: Awaitable[Answered], room: RoomRef) -> Answered:
    """What 100ms answers about the codes of a room; UserError while the room is locked."""
    try:
        return await asked
    except Forbidden as error:
        raise UserError(
            "100ms tells and changes no codes of a locked room. Open {room} first: `/hms room unlock`.",
            room=room,
        ) from error


def counted(number: int) -> Counted:
    """So many codes."""
    return Counted(number, "code", "codes")


async def _all(ctx: Context, room: RoomRef) -> list[RoomCode]:
    return [one async for one in ctx.hms.room_codes.each(room.id)]


async def _shown(ctx: Context, sent: SentCode) -> Reply:
    """What was sent as it is now: the newest code that works for its role."""
    room, role = sent.room, sent.role
    try:
        works = [one for one in await _all(ctx, room) if one.enabled and one.role == role]
    except Forbidden:
        return Reply("{room} is locked now, so no code lets anybody in.\n", room=room)
    except NotFound:
        return Reply("{room} is not there any more.\n", room=room)
    if not works:
        return Reply("Your code for {room} was disabled. Ask whoever invited you.\n", room=room)
    code = Secret(max(works, key=_age).code)
    return Reply("Your code for {room}, as {role}: {code}\n", room=room, role=role, code=code)


def _numbered(found: Iterable[RoomCode], role: str) -> list[NumberedCode]:
    mine = sorted((one for one in found if one.role == role), key=_age)
    return [NumberedCode(at, role, one.code, one.enabled) for at, one in enumerate(mine, start=1)]


def _age(one: RoomCode) -> tuple[datetime, str]:
    """The order in which they were made, always the same where several were made at once."""
    return one.created_at or LONG_AGO, one.code.get_secret_value()


def _so_already(room: RoomRef, role: str, number: int, *, enabled: bool) -> UserError:
    about: dict[str, Any] = {"number": number, "role": role, "room": room}
    if enabled:
        return UserError("Code {number} for {role} in {room} works already.", **about).at("number")
    return UserError("Code {number} for {role} in {room} is disabled already.", **about).at("number")


def _several(room: RoomRef, role: str, fitting: Sequence[NumberedCode], *, enabled: bool) -> Ambiguous:
    act = "code enable" if enabled else "code disable"
    buttons = [
        Button(
            Reply("Code {number}", number=one.number),
            Invocation(act, role=role, number=one.number, room=room),
        )
        for one in fitting
    ]
    said = Ambiguous("{room} has several such codes for {role}. Which one?", room=room, role=role)
    return said.offering(buttons)
