"""What is done about trunks: 100ms lists none, so what they are is kept here, their passwords sealed."""

import re
from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from pydantic import SecretStr

from bot.command import Ambiguous, Context, Registry, Sealed
from bot.errors import UserError
from bot.features.sip.book import NamedTrunk, Trunks
from bot.hms import Forbidden, NotFound, Trunk
from bot.reply import Button, Invocation, Term

Answered = TypeVar("Answered")

USERNAME, ADDRESS, CALLER = Term("user name"), Term("address"), Term("number that is seen to call")
READABLE = ("username", "address", "caller")  # of its parts

_NAME = re.compile(r"\w[\w-]{0,29}")
_ADDRESS = re.compile(r"(?:sips?:)?[\w.-]+(?::[0-9]{1,5})?(?:;[\w=.-]+)*", re.IGNORECASE)


async def known(ctx: Context) -> tuple[NamedTrunk, ...]:
    """Every trunk, by name."""
    async with ctx.reading() as tx:
        return await ctx[Trunks].all(tx)


async def named(ctx: Context, name: str) -> NamedTrunk:
    """The trunk of this name, without one the only there is; UserError where it is not there."""
    there = await known(ctx)
    if not name and len(there) > 1:
        raise UserError("Through which trunk? There are {known}.", known=_names(there)).at("trunk")
    found = next((one for one in there if name.casefold() in {"", one.name}), None)
    if found is None:
        raise _unknown(name, there)
    return found


async def check_new(ctx: Context, trunk: NamedTrunk) -> None:
    """UserError where the name is taken or none, where a part is none, or where no password could be kept."""
    ctx[Registry].secrets.check_lasts()
    if not _NAME.fullmatch(trunk.name):
        raise UserError("A trunk is called by one word, such as office.").at("name")
    if any(one.name == trunk.name for one in await known(ctx)):
        raise UserError(
            "There is a trunk {name} already. Change it with `/hms sip trunk-edit {name}`, or choose another "
            "name.",
            name=trunk.name,
        ).at("name")
    check(trunk)


def check(trunk: NamedTrunk) -> None:
    """UserError where a part of a trunk is none that a telephone company would give."""
    if not _ADDRESS.fullmatch(trunk.address):
        raise UserError(
            "“{address}” is no server to call through. It looks like sip.example.com:5061.",
            address=trunk.address,
        ).at("address")


async def create(ctx: Context, trunk: NamedTrunk) -> None:
    """Make a trunk at 100ms, once, and keep it under its name."""
    if not trunk.password.token:
        raise _not_entered(trunk)
    await ctx.first_seen("see trunk", trunk.name, lambda: check_new(ctx, trunk))

    async def call() -> str:
        return (await ctx.hms.sip.create_trunk(_whole(ctx, trunk))).id

    made: str = await allowed(ctx.once("create trunk", trunk.name, call))
    async with ctx.transaction() as tx:
        await ctx[Trunks].put(tx, replace(trunk, id=made))


def changed(before: NamedTrunk, changes: Mapping[str, str | Sealed]) -> NamedTrunk:
    """A trunk as it would be; UserError where a part is none."""
    after = replace(before, **changes)  # type: ignore[arg-type]  # the names are those of its parts
    check(after)
    return after


async def edit(ctx: Context, trunk: NamedTrunk) -> None:
    """Write all of a trunk anew; one that 100ms does not know any more is forgotten here too."""
    try:
        await allowed(ctx.hms.sip.update_trunk(trunk.id, _whole(ctx, trunk)))
    except NotFound as error:
        async with ctx.transaction() as tx:
            await ctx[Trunks].forget(tx, trunk.name)
        raise UserError(
            "100ms does not know the trunk {name} any more, so it is forgotten here too. Make it anew: "
            "`/hms sip trunk-create {name}`.",
            name=trunk.name,
        ) from error
    async with ctx.transaction() as tx:
        await ctx[Trunks].put(tx, trunk)


async def allowed(asked: Awaitable[Answered]) -> Answered:
    """What 100ms answers about telephones; UserError where the account has none."""
    try:
        return await asked
    except Forbidden as error:
        raise UserError(
            "100ms lets this account call nobody: {words}. Whoever looks after you there can turn SIP on.",
            words=error.words,
        ) from error


def _whole(ctx: Context, trunk: NamedTrunk) -> Trunk:
    password: SecretStr = ctx[Registry].secrets.open(trunk.password)
    return Trunk(username=trunk.username, password=password, address=trunk.address, from_number=trunk.caller)


def _names(trunks: Iterable[NamedTrunk]) -> tuple[str, ...]:
    return tuple(one.name for one in trunks)


def _not_entered(trunk: NamedTrunk) -> UserError:
    known = {
        "name": trunk.name,
        "username": trunk.username,
        "address": trunk.address,
        "caller": trunk.caller,
    }
    opens = Button("Enter the password…", Invocation("sip trunk-create", **known), form=True)
    return Ambiguous("The password of the trunk {name} is missing.", name=trunk.name).offering([opens])


def _unknown(name: str, there: Iterable[NamedTrunk]) -> UserError:
    names = _names(there)
    if not names:
        return UserError("There is no trunk to call through. Make one: `/hms sip trunk-create`.").at("trunk")
    return UserError("There is no trunk {name}. There are {known}.", name=name, known=names).at("trunk")
