"""What is done with telephones: they are called into a room, and keys are pressed for them there."""

import re
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta

from pydantic import SecretStr

from bot.command import Ambiguous, Context, RoomRef
from bot.command.kinds.telephone import masked
from bot.errors import UserError
from bot.features.code import acts as codes
from bot.features.room import live
from bot.features.sip import trunks
from bot.hms import NotFound, Rejected
from bot.reply import Button, Invocation

UNANSWERED = 408  # what 100ms says when nobody picked up
PATIENCE = timedelta(seconds=90)  # longer than its minute: of a call that we give up nobody knows the end
_KEYS = re.compile(r"[0-9*#a-d]+")


@dataclass(frozen=True)
class Dialling:
    """A call as it is asked for: whom, through what, and who they are in the room."""

    number: str
    trunk: str
    role: str
    name: str = ""

    @property
    def called(self) -> str:
        """What the one who is called is called, where others decide or read."""
        return self.name or masked(self.number)


async def role_for(ctx: Context, room: RoomRef, dialling: Dialling) -> str:
    """As what somebody comes in: as is asked for, else as the only thing but a host there is a code for.

    UserError where no code works, Ambiguous where there are codes for several.
    """
    if dialling.role:
        await codes.check_role(ctx, room, dialling.role)
        return (await codes.working(ctx, room, dialling.role)).role
    works = {one.role for one in await codes.codes(ctx, room) if one.enabled}
    fit = sorted(works - await live.host_roles(ctx, room))
    if not fit:
        raise UserError(
            "{room} has no code that works but a host's. Make one: `/hms code create guest`.", room=room
        ).at("role")
    if len(fit) > 1:
        raise _several(room, dialling, fit)
    return fit[0]


async def call(ctx: Context, room: RoomRef, dialling: Dialling) -> str:
    """Call somebody into a room, once; answers as what they came in. UserError where nobody picked up."""
    role: str = await ctx.first_seen("see role", room.id, lambda: role_for(ctx, room, dialling))
    trunk, code = await trunks.named(ctx, dialling.trunk), await codes.working(ctx, room, role)
    known_by = f"telephone-{ctx.cause.request}"

    async def ring() -> str:
        started = await ctx.hms.sip.start_call(
            dialling.number,
            room_code=code.code,
            trunk_id=trunk.id,
            ringing=PATIENCE,
            name=dialling.called,
            user_id=known_by,
        )
        return started.id

    async def is_there() -> bool | None:
        there = await live.connected(ctx.hms, room.id) or ()
        return any(peer.user_id == known_by for peer in there) or None  # who is not there may have hung up

    await _answered(ctx.once("call", dialling.number, ring, read_back=is_there), dialling, trunk.name)
    return role


async def press(ctx: Context, room: RoomRef, keys: str, role: str) -> None:
    """Press keys for every telephone in a room, once; UserError where there is none, or for other keys."""
    check_keys(keys)
    token = await _app_token(ctx, room, role)

    async def send() -> None:
        await ctx.hms.sip.send_dtmf([*keys.lower()], app_token=token)

    try:
        await trunks.allowed(ctx.once("press", room.id, send))
    except NotFound as error:
        raise live.nobody(room) from error


def check_keys(keys: str) -> None:
    """UserError for what no telephone has a key for."""
    if not _KEYS.fullmatch(keys.lower()):
        raise UserError(
            "“{keys}” is not all keys of a telephone. It has 0 to 9, * and #, and some have a to d.",
            keys=keys,
        ).at("digits")


async def _app_token(ctx: Context, room: RoomRef, role: str) -> SecretStr:
    """The token of somebody who could come in, which 100ms gives for a code of the room that works."""
    code = await codes.working(ctx, room, role) if role else await _any_code(ctx, room)
    return (await codes.opened(ctx.hms.room_codes.auth_token(code.code), room)).token


async def _any_code(ctx: Context, room: RoomRef) -> codes.NumberedCode:
    """A code that works, rather of those who can do little."""
    works = [one for one in await codes.codes(ctx, room) if one.enabled]
    hosts = await live.host_roles(ctx, room)
    if not works:
        raise UserError("{room} has no code that works. Make one: `/hms code create guest`.", room=room)
    return min(works, key=lambda one: one.role in hosts)


async def _answered(asked: Awaitable[object], dialling: Dialling, trunk: str) -> None:
    """Wait until somebody picks up; UserError where nobody does, and for what the call was refused for."""
    try:
        await trunks.allowed(asked)
    except NotFound as error:
        raise UserError(
            "100ms does not know the trunk {trunk} any more, so nobody was called. Write it anew: "
            "`/hms sip trunk-edit {trunk}`.",
            trunk=trunk,
        ).at("trunk") from error
    except Rejected as error:
        if error.status != UNANSWERED:
            raise
        raise UserError("Nobody picked up at {called}, so nobody came in.", called=dialling.called) from error


def _several(room: RoomRef, dialling: Dialling, roles: list[str]) -> Ambiguous:
    said = Ambiguous("As what does {called} come into {room}?", called=dialling.called, room=room)
    asked = {"number": dialling.number, "trunk": dialling.trunk, "name": dialling.name, "room": room}
    return said.offering(Button(role, Invocation("sip call", **asked, role=role)) for role in roles)
