"""Changing what 100ms keeps of a room, shown as a difference before it is agreed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room import making, wanting
from bot.features.room.cache import RoomCache
from bot.hms import HmsError, Room
from bot.hms.rooms import RoomSettings
from bot.reply import NOT_SET, Counted, Phrase, Reply, Stakes, Term

# By field of the command: what 100ms calls it, and what people do.
MEMBERS = {
    "rename": "name",
    "description": "description",
    "region": "region",
    "size": "size",
    "large": "large_room",
    "longest": "max_duration_seconds",
}
CALLED = {
    "rename": Term("name"),
    "description": Term("description"),
    "region": Term("region"),
    "size": Term("people at most"),
    "large": Term("large room"),
    "longest": Term("seconds at most"),
}
ANSWERS = {True: Term("yes"), False: Term("no")}
LARGEST = 2500  # people; over that 100ms wants to be told that the room is a large one


@dataclass(frozen=True)
class RoomChange:
    """What is to be otherwise, by what 100ms calls it, in words, and what the yes to it is given to."""

    settings: RoomSettings
    told: tuple[Reply, ...]
    stakes: Stakes
    since: tuple[Reply, ...]


async def look(ctx: Context, room: RoomRef, command: object) -> RoomChange:
    """What a command would make of a room.

    UserError where nothing would be otherwise, where a name is taken, or a size is that of a large room.
    """
    there = await ctx.hms.rooms.retrieve(room.id)
    now = _held(there)
    wanted = wanting.wanted(command, MEMBERS, now)
    said = {field: value for field, value in wanted.said.items() if value != wanting.meant(now.get(field))}
    if not said:
        raise wanting.nothing()
    await _check(ctx, there, said)
    return RoomChange(
        _settings(said),
        tuple(_line(field, now.get(field), value) for field, value in said.items()),
        Stakes(held=tuple((CALLED[field], _said(value)) for field, value in now.items())),
        tuple(_since(field, was, is_now) for field, (was, is_now) in wanted.since.items()),
    )


async def change(ctx: Context, room: RoomRef, command: object) -> Reply:
    """Change it; answers what is otherwise. To say the same again changes nothing more."""

    async def seen() -> Any:
        return sum((await look(ctx, room, command)).told, start=Reply("")).json()

    told = Reply.load(await ctx.first_seen("see room", room.id, seen))

    async def call() -> None:
        edited = await ctx.hms.rooms.update(room.id, **(await look(ctx, room, command)).settings)
        await ctx[RoomCache].saw([edited])  # from now on it is called as it was renamed

    async def is_so() -> bool:
        try:
            await look(ctx, room, command)
        except UserError:  # nothing is left to change, or the new name is there
            return True
        return False

    await ctx.once("edit room", room.id, call, read_back=is_so)
    return told


async def holding(ctx: Context, room: RoomRef) -> dict[str, Any]:
    """What a form shows of a room; nothing where 100ms cannot tell."""
    try:
        return wanting.carried(_held(await ctx.hms.rooms.retrieve(room.id)))
    except HmsError:
        return {}


def _held(room: Room) -> dict[str, Any]:
    found = {field: wanting.answer(getattr(room, member)) for field, member in MEMBERS.items()}
    return {field: value for field, value in found.items() if value not in (None, "", 0)}


def _settings(said: Mapping[str, Any]) -> RoomSettings:
    named: RoomSettings = {}
    for field, value in said.items():
        named[MEMBERS[field]] = value  # type: ignore[literal-required]
    return named


async def _check(ctx: Context, there: Room, said: Mapping[str, Any]) -> None:
    renamed = said.get("rename", "")
    if renamed and renamed.casefold() != there.name.casefold():
        await making.check(ctx, renamed, "rename")
    if said.get("size", 0) > LARGEST and not said.get("large", there.large_room):
        raise UserError(
            "More than {most} fit into a large room only. Say --large yes.",
            most=Counted(LARGEST, "person", "people"),
        ).at("size")


def _line(field: str, before: Any, now: Any) -> Reply:
    return Reply("\n{what}: {before} → {now}", what=CALLED[field], before=_said(before), now=_said(now))


def _since(field: str, was: Any, is_now: Any) -> Reply:
    what = Phrase("{what}: {before} → {now}", what=CALLED[field], before=_said(was), now=_said(is_now))
    return Reply("changed since you opened the form: {what}", what=what)


def _said(value: Any) -> Any:
    meant = wanting.meant(value)
    if isinstance(meant, bool):
        return ANSWERS[meant]
    return NOT_SET if meant in (None, "", 0) else str(meant)
