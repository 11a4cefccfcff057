"""Changing what holds in a room."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room import live, meeting, wanting
from bot.features.room.book import Defaults, RoomBook
from bot.reply import NOT_SET, Reply, Term

ROLES = ("host_role", "stage_role", "muted_role")
# What people call each, at the head of a row and within a sentence.
CALLED = {
    "host_role": (Term("Host role"), Term("host role")),
    "stage_role": (Term("Stage role"), Term("stage role")),
    "muted_role": (Term("Muted role"), Term("muted role")),
    "zone": (Term("Time zone"), Term("time zone")),
    "warn": (Term("Warnings"), Term("warnings")),
    "host_wait": (Term("Wait for a host"), Term("wait for a host")),
    "meeting": (Term("Link for the recorder"), Term("link for the recorder")),
    "template_destination": (Term("Destination in the template"), Term("destination in the template")),
}


async def merged(ctx: Context, room: RoomRef, said: Defaults) -> Defaults:
    """What would hold in the room; UserError for a role that does not exist, or what is no link."""
    await _check_roles(ctx, room, said)
    if said.meeting:
        meeting.check(said.meeting, "meeting")
    now = (await ctx[RoomBook].defaults(room.id)).with_(said)
    if said.muted_role or said.host_role:
        await _check_muted(ctx, room, now)
    return now


async def change(ctx: Context, room: RoomRef, said: Defaults) -> tuple[Defaults, Defaults]:
    """Let it hold; answers what held before, and what holds now."""
    before = Defaults(**await ctx.first_seen("see defaults", room.id, lambda: _held(ctx, room)))
    now = otherwise(before, await merged(ctx, room, said))
    async with ctx.transaction() as tx:
        await ctx[RoomBook].keep(tx, room.id, now)
    return before, now


def otherwise(before: Defaults, now: Defaults) -> Defaults:
    """What is to hold; UserError where all of it holds already."""
    if now == before:
        raise wanting.nothing()
    return now


def told(before: Defaults, now: Defaults) -> list[Reply]:
    """What is otherwise than before, old and new, a few words each."""
    was = asdict(before)
    return [
        Reply("{what}: {now}, was {before}", what=CALLED[name][1], now=new, before=was[name] or NOT_SET)
        for name, new in asdict(now).items()
        if new != was[name]
    ]


def rows(now: Mapping[str, str]) -> list[tuple[Term, str | Term]]:
    """These defaults as the rows of a table."""
    return [(CALLED[name][0], value or NOT_SET) for name, value in now.items()]


async def _held(ctx: Context, room: RoomRef) -> dict[str, str]:
    return asdict(await ctx[RoomBook].defaults(room.id))


async def _check_roles(ctx: Context, room: RoomRef, said: Defaults) -> None:
    known = await ctx.names.roles(room.id)
    for field, role in said.given().items():
        if field in ROLES and role not in known:
            raise UserError(
                "{room} has no role {role}. It has {known}.", room=room, role=role, known=tuple(known)
            ).at(field)


async def _check_muted(ctx: Context, room: RoomRef, now: Defaults) -> None:
    """Raise UserError where whoever is to be kept quiet would be made a host, or could be heard."""
    roles, muted = await ctx.names.roles(room.id), now.muted_role
    hosts = {*await live.host_roles(ctx, room), now.host_role}
    quiet = [one for one in roles if one not in hosts and "audio" not in roles[one].publish_params.allowed]
    if not muted or muted not in roles or muted in quiet:
        return
    about: dict[str, Any] = {"room": room, "role": muted}
    if quiet:
        wrong = UserError(
            "The role {role} keeps nobody quiet: it is a host's, or may publish audio. "
            "These of {room} do: {fit}.",
            fit=tuple(quiet),
            **about,
        )
    else:
        wrong = UserError(
            "The role {role} keeps nobody quiet: it is a host's, or may publish audio. "
            "No other of {room} does: make one that publishes nothing, `/hms template-role set`.",
            **about,
        )
    raise wrong.at("muted_role")
