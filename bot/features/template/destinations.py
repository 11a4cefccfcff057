"""The destinations of a template: each is of a kind, has a name, and is changed by itself."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.command import Context, TemplateRef
from bot.errors import UserError
from bot.features.template import editing, roles
from bot.features.template.editing import Edited, Edits, Places
from bot.features.template.parts import TemplatePart, destination_of, whole
from bot.hms import HmsError
from bot.reply import Code, Reply, Term

KINDS = {
    "live": Term("a live stream"),
    "stream": Term("a stream to other platforms"),
    "transcript": Term("a transcript"),
}
FAMILIES = {"live": "hlsDestinations", "stream": "rtmpDestinations", "transcript": "transcriptions"}
# Where in a destination of each kind stands what a field says; a field that is not there does not go with it.
OF_KIND: Mapping[str, Places] = {
    "live": {
        "longest": ("maxDuration",),
        "stop_empty": ("autoStopTimeout",),
        "record": ("recording", "hlsVod"),
    },
    "stream": {
        "longest": ("maxDuration",),
        "stop_empty": ("autoStopTimeout",),
        "width": ("width",),
        "height": ("height",),
        "record": ("recordingEnabled",),
    },
    "transcript": {"writer": ("role",), "writes": ("modes",)},
}
FIELDS = tuple(dict.fromkeys(field for fields in OF_KIND.values() for field in fields))


class Wish(Edits, Protocol):
    """What a command says of a destination."""

    @property
    def name(self) -> str:
        """Of which."""

    @property
    def kind(self) -> str | None:
        """What a new one is."""

    @property
    def delete(self) -> bool:
        """Whether it is to go."""


async def look(ctx: Context, template: TemplateRef, wish: Wish) -> tuple[TemplatePart, Edited]:
    """What a command would make of a destination.

    UserError where nobody said of what kind a new one is, or what it says does not go with its kind.
    """
    kind = await _kind(ctx, template, wish)
    part = destination_of(ctx, template, FAMILIES[kind], wish.name)
    if wish.delete:
        return part, await _gone(part, template, wish)
    _check_fields(kind, wish)
    begins = {FAMILIES[kind]: {wish.name: {"name": wish.name}}}
    edited = await editing.look(part, wish, _places(kind, wish), begins)
    if kind == "transcript":
        await roles.check(ctx, template, edited.after[FAMILIES[kind]][wish.name].get("role", ""), "writer")
    return part, edited


def kind_of(edited: Edited) -> Term:
    """What a destination is that is there from now on."""
    return next(KINDS[kind] for kind, family in FAMILIES.items() if family in edited.after)


async def carry_out(ctx: Context, template: TemplateRef, wish: Wish) -> Reply:
    """Write it; answers what is otherwise."""

    async def seen() -> str:
        return await _kind(ctx, template, wish)

    kind = await ctx.first_seen("see kind", f"{template.id}:{wish.name}", seen)
    part = destination_of(ctx, template, FAMILIES[kind], wish.name)

    async def again() -> Edited:
        return (await look(ctx, template, wish))[1]

    return await editing.carry_out(ctx, part, again)


async def holding(ctx: Context, template: TemplateRef, wish: Wish) -> dict[str, Any]:
    """What a form shows of a destination that is there."""
    try:
        kind = await _kind(ctx, template, wish)
    except (UserError, HmsError):
        return {}
    part = destination_of(ctx, template, FAMILIES[kind], wish.name)
    return await editing.holding_of(part, _places(kind, wish))


async def _kind(ctx: Context, template: TemplateRef, wish: Wish) -> str:
    """Of what kind it is: as it stands there, else as somebody says."""
    found = whole(await ctx.hms.templates.retrieve_destinations(template.id))
    there = [kind for kind, family in FAMILIES.items() if wish.name in (found.get(family) or {})]
    if wish.kind and (wish.kind in there or not there or not wish.delete):
        return wish.kind
    if len(there) == 1:
        return there[0]
    if wish.delete and not there:
        raise _none(template, wish)
    wrong = "{template} has no destination {name}. To make one, say of what kind: {kinds}."
    if there:
        wrong = "{template} has several destinations {name}. Say of what kind: {kinds}."
    kinds = tuple(Code(f"--kind {kind}") for kind in there or FAMILIES)
    raise UserError(wrong, template=template, name=wish.name, kinds=kinds).at("kind")


async def _gone(part: TemplatePart, template: TemplateRef, wish: Wish) -> Edited:
    before = await part.read()
    if before is None:
        raise _none(template, wish)
    return Edited(before, {})


def _none(template: TemplateRef, wish: Wish) -> UserError:
    return UserError("{template} has no destination {name}.", template=template, name=wish.name).at("name")


def _places(kind: str, wish: Wish) -> Places:
    return {field: (FAMILIES[kind], wish.name, *at) for field, at in OF_KIND[kind].items()}


def _check_fields(kind: str, wish: Wish) -> None:
    said = [field for field in FIELDS if getattr(wish, field) not in (None, "", ())]
    foreign = [field for field in said if field not in OF_KIND[kind]]
    if foreign:
        option = Code("--role" if foreign[0] == "writer" else f"--{foreign[0].replace('_', '-')}")
        raise UserError("{option} does not go with this kind of destination.", option=option).at(foreign[0])
