"""What is done about the targets of a room: their keys come in sealed, and are opened for 100ms alone."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.command import Ambiguous, Context, Registry, RoomRef, Sealed, Vault
from bot.errors import UserError
from bot.features.stream.book import StreamTarget, StreamTargets
from bot.hms import ExternalStream
from bot.reply import Button, Counted, Invocation

MOST = 5  # that one stream goes to, by 100ms's own limit
_NAME = re.compile(r"\w[\w-]{0,29}")
_KEY = re.compile(r"[^\s/]\S*")


async def known(ctx: Context, room: RoomRef) -> tuple[StreamTarget, ...]:
    """The targets of a room."""
    async with ctx.reading() as tx:
        return await ctx[StreamTargets].of(tx, room.id)


async def named(ctx: Context, room: RoomRef, names: Iterable[str]) -> tuple[StreamTarget, ...]:
    """The targets of a room with these names, each once; UserError for one not there, and for too many."""
    by_name = {one.name: one for one in await known(ctx, room)}
    wanted = list(dict.fromkeys(name.casefold() for name in names))
    for name in wanted:
        if name not in by_name:
            raise _unknown(room, name, list(by_name))
    if len(wanted) > MOST:
        most = Counted(MOST, "target", "targets")
        raise UserError("One stream goes to {most} at most.", most=most).at("targets")
    return tuple(by_name[name] for name in wanted)


async def check_new(ctx: Context, room: RoomRef, name: str, address: Sealed, key: Sealed) -> str:
    """The host to which a new target would lead, empty where no address was said yet.

    UserError where the name is taken or none, where its secrets are none, or where they could not be kept.
    """
    vault = ctx[Registry].secrets
    vault.check_lasts()
    if not _NAME.fullmatch(name):
        raise UserError("A target is called by one word, such as youtube.").at("name")
    if any(one.name == name.casefold() for one in await known(ctx, room)):
        raise UserError(
            "{room} has a target {name} already. Choose another name, or remove it first: "
            "`/hms stream-target remove youtube`.",
            room=room,
            name=name,
        ).at("name")
    if key.token and not _KEY.fullmatch(vault.open(key).get_secret_value()):
        raise UserError("That is no stream key: it is one word without blanks.").at("key")
    return _host(vault.open(address)) if address.token else ""


async def add(ctx: Context, room: RoomRef, name: str, address: Sealed, key: Sealed) -> str:
    """Keep a target of a room; answers the host it leads to."""
    if not (address.token and key.token):
        raise _not_entered(room, name)
    host: str = await ctx.first_seen(
        "see target", name.casefold(), lambda: check_new(ctx, room, name, address, key)
    )
    new = StreamTarget(room.id, name.casefold(), host, address, key, ctx.actor.id, ctx.now)
    async with ctx.transaction() as tx:
        await ctx[StreamTargets].put(tx, [new])
    return host


async def remove(ctx: Context, room: RoomRef, name: str) -> str:
    """Forget a target and its key; answers the host it led to. UserError where it is not there."""

    async def look() -> str:
        [found] = await named(ctx, room, [name])
        return found.host

    host: str = await ctx.first_seen("see target", name.casefold(), look)
    async with ctx.transaction() as tx:
        await ctx[StreamTargets].forget(tx, room.id, name.casefold())
    return host


def addresses(ctx: Context, targets: Iterable[StreamTarget]) -> tuple[SecretStr, ...]:
    """Where 100ms is to push, whole; UserError where a key cannot be read any more."""
    return tuple(_whole(ctx[Registry].secrets, one) for one in targets)


def goes_to(ctx: Context, stream: ExternalStream, targets: Sequence[StreamTarget]) -> tuple[str, ...]:
    """The names of the targets that a stream goes to, of those that are known and can be read."""
    vault, pushed = ctx[Registry].secrets, {one.get_secret_value() for one in stream.rtmp_urls}
    return tuple(one.name for one in targets if _is_among(vault, one, pushed))


def others(stream: ExternalStream, names: Sequence[str]) -> Counted:
    """How many addresses a stream goes to that have no name here."""
    return Counted(max(len(stream.rtmp_urls) - len(names), 0), "other address", "other addresses")


def _is_among(vault: Vault, target: StreamTarget, pushed: set[str]) -> bool:
    try:
        return _whole(vault, target).get_secret_value() in pushed
    except UserError:  # its key is of a SECRET_KEY that is gone
        return False


def _whole(vault: Vault, target: StreamTarget) -> SecretStr:
    address, key = vault.open(target.address).get_secret_value(), vault.open(target.key).get_secret_value()
    return SecretStr(f"{address.rstrip('/')}/{key}")


def _host(address: SecretStr) -> str:
    """Which host an address leads to; what is wrong with it is said without it, for it may hold a key."""
    try:
        parts = urlsplit(address.get_secret_value())
        host = parts.hostname if parts.scheme in {"rtmp", "rtmps"} else None
    except ValueError:
        host = None
    if not host or " " in address.get_secret_value():
        raise UserError("That is no address to stream to: it begins with rtmp:// or rtmps://.").at("address")
    return host


def _not_entered(room: RoomRef, name: str) -> UserError:
    form = Invocation("stream-target add", name=name, room=room.id)
    opens = Button("Enter the key…", form, form=True)
    return Ambiguous("The address or the key of {name} is missing.", name=name).offering([opens])


def _unknown(room: RoomRef, name: str, there: Sequence[str]) -> UserError:
    if there:
        return UserError(
            "{room} has no target {name}. It has {targets}.", room=room, name=name, targets=tuple(there)
        ).at("targets")
    return UserError(
        "{room} has no targets to stream to. An admin adds them: `/hms stream-target add`.", room=room
    ).at("targets")
