"""Changing one part of a template: what is to be otherwise, shown before it is agreed to, then written."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

from pydantic import Field

from bot.command import Carried, Context, Option, Sentence
from bot.errors import UserError
from bot.features.room import wanting
from bot.features.room.cache import RoomCache
from bot.features.template.difference import Difference, differences, held, told
from bot.features.template.flat import At, Whole, flat, patched, placed, secrets
from bot.features.template.parts import TemplatePart, made
from bot.hms import HmsError
from bot.reply import Code, Reply, Stakes

Members = Annotated[
    str,
    Sentence,
    Option("json"),
    Field(title="JSON", description="Members as JSON, for what has no field here; null takes one away"),
]
CarriedForm = Annotated[str, Carried]
Places = Mapping[str, At]  # where in a part what a field of a command says stands


class Edits(Protocol):
    """What every command says that changes a part."""

    @property
    def members(self) -> str:
        """JSON, for what it has no field for."""

    @property
    def seen(self) -> str:
        """What its form showed."""


@dataclass(frozen=True)
class Edited:
    """A part as it is and as it is to be; ``since`` is what others have changed since a form showed it."""

    before: dict[str, Any]
    after: dict[str, Any]
    since: tuple[Reply, ...] = ()
    is_new: bool = False


def place(written: str) -> At:
    """Where a value stands, as it is written with dots."""
    return tuple(written.split("."))


def holding(whole: Whole, places: Places) -> dict[str, Any]:
    """What a form shows of a part: by field, and all of it once more for when the form comes back."""
    found = flat(whole)
    shown = {field: wanting.answer(found[at]) for field, at in places.items() if found.get(at) is not None}
    never = {field: "no" for field, at in places.items() if _is_permission(at) and field not in shown}
    return wanting.carried(shown | never)


async def look(part: TemplatePart, command: Edits, places: Places, new: Whole | None = None) -> Edited:
    """What a command would make of a part; ``new`` is what one begins as that is not there yet.

    UserError where nothing would be otherwise, or what was written cannot be put there.
    """
    before = await part.read()
    is_new = before is None
    if before is None and new is None:
        raise LookupError(part.key)
    now = dict(before if before is not None else new or {})
    wanted = wanting.wanted(command, places, holding(now, places))
    after = patched(now, _within(part.inside, read_members(command.members)))
    for field, value in wanted.said.items():
        after = placed(after, places[field], value)
    made(part.kind, after)
    since = tuple(_since(field, was, is_now, places, part) for field, (was, is_now) in wanted.since.items())
    if not is_new and not differences(now, after):
        raise wanting.nothing()
    return Edited(now, after, since, is_new)


def stakes(edited: Edited, part: TemplatePart) -> Stakes:
    """What the yes is given to: the part as it is now."""
    return Stakes(held=held({} if edited.is_new else edited.before, part.whose))


def said(edited: Edited, part: TemplatePart) -> Reply:
    """What would be otherwise, a line each, and what others changed while a form was open."""
    changes = differences({} if edited.is_new else edited.before, edited.after)
    if edited.is_new:  # a destination is new as a whole, and what was said of it is told besides
        shown = {one.at for one in changes}
        changes += [one for one in differences(edited.before, edited.after) if one.at not in shown]
    lines = told(changes, part.whose)
    found = sum(lines, start=Reply(""))
    if not edited.since:
        return found
    return found + sum(edited.since, start=Reply("\nChanged since you opened the form:"))


async def holding_of(part: TemplatePart, places: Places) -> dict[str, Any]:
    """What a form shows of a part as it is now; nothing of one that is not there or cannot be read."""
    try:
        found = await part.read()
    except HmsError:
        return {}
    return holding(found, places) if found is not None else {}


def unsaid(command: Edits, places: Places) -> UserError | None:
    """What to say where nothing was said that could be changed."""
    given = [name for name in (*places, "members") if getattr(command, name) not in (None, "", ())]
    return None if given else UserError("Say at least one of these.").at(next(iter(places)))


async def carry_out(ctx: Context, part: TemplatePart, look: Callable[[], Awaitable[Edited]]) -> Reply:
    """Write a part back whole, once, with what is to be otherwise; answers what that was.

    What the yes was given to was compared a moment ago; what was changed since is kept, and told.
    """

    async def seen() -> Any:
        return said(await look(), part).json()

    told = Reply.load(await ctx.first_seen("see part", part.key, seen))

    async def call() -> None:
        await part.write((await look()).after)

    async def is_written() -> bool:
        try:
            await look()
        except UserError:  # nothing is left to change, or the new name is there
            return True
        return False

    await ctx.once("write part", part.key, call, read_back=is_written)
    ctx[RoomCache].forget_templates()
    return told


def read_members(written: str) -> dict[str, Any]:
    """JSON that somebody wrote, as a patch; UserError where it is none, or holds what must not be kept."""
    if not written.strip():
        return {}
    try:
        patch = json.loads(written)
    except ValueError as error:
        raise UserError(
            "That is no JSON: write members and their values, such as {such}.", such=Code('{"priority": 2}')
        ).at("members") from error
    if not isinstance(patch, dict):
        raise UserError("That is JSON, but no members with their values: begin with a brace.").at("members")
    kept = sorted(set(secrets(patch)))
    if kept:
        raise UserError(
            "{members} cannot be written here: the log would keep a key. Set it in 100ms's dashboard.",
            members=tuple(kept),
        ).at("members")
    return patch


def _within(at: At, patch: dict[str, Any]) -> dict[str, Any]:
    for name in reversed(at):
        patch = {name: patch}
    return patch


def _since(field: str, was: Any, is_now: Any, places: Places, part: TemplatePart) -> Reply:
    [line] = told([Difference(places[field], wanting.meant(was), wanting.meant(is_now))], part.whose)
    return line


def _is_permission(at: At) -> bool:
    return at[0] == "permissions" or at[:2] == ("publishParams", "allowed")
