"""Which command a line means, once it is known who and what is there: as it stands first, then loosely."""

from collections.abc import Sequence

from bot.access import ANYWHERE, ASKED, Verdict
from bot.command import Ambiguous, Command, Incomplete, InnerLine
from bot.command.forms import form
from bot.command.pinning import invocation_of, placed, unfinished
from bot.dispatch import saying
from bot.dispatch.context import Running
from bot.errors import UserError
from bot.reply import Button, Mention, Reply


async def meant(
    ctx: Running, command: Command, loosely: Sequence[Button], *, plain: bool
) -> tuple[Command, Button | None]:
    """The command with every name turned into what it means, and how it was read where that was loosely.

    Where it reads as it stands (``plain``), that counts as long as it names something. Raises UserError where
    nothing of it does, Ambiguous where several things are meant, Incomplete where something is missing.
    """
    if not plain:
        return await _loosely(ctx, loosely)
    try:
        return await pinned(ctx, command), None
    except UserError as wrong:
        if not loosely:
            raise
        try:
            return await _loosely(ctx, loosely)
        except (Ambiguous, Incomplete):
            raise
        except UserError:
            raise wrong from None


async def pinned(ctx: Running, command: Command) -> Command:
    """The command with every name turned into what it means; asks again whether it is allowed there.

    The right to the room comes before anything is looked up in it: a near miss would tell who is there.
    """
    rights = await ctx.rights()
    let_pass(rights(command.level, ANYWHERE))
    names = ctx.names.needing(command.level)
    there = await placed(command, names)
    let_pass(rights(command.level, ANYWHERE if command.about_requests else there.in_room))
    return await there.pin(names)


async def _look_for_now(ctx: Running, command: Command) -> None:
    """Raise Ambiguous for ``unlock at 6pm`` from somebody who may unlock, and may not schedule it."""
    line, rights = getattr(command, "line", None), await ctx.rights()
    if not isinstance(line, InnerLine) or rights(command.level, ANYWHERE).allowed:
        return
    whom = tuple(Mention(user, user) for user in rights.admins[:ASKED])
    if whom and rights(line.command.level, ANYWHERE).allowed:
        now = Button(Reply("{title} now", title=form(type(line.command)).called), invocation_of(line.command))
        raise Ambiguous(
            "Only {those} can schedule this: ask {whom}. You may do it now.",
            those=command.level.holders,
            whom=whom,
        ).offering([now])


def let_pass(verdict: Verdict) -> None:
    """Let somebody pass who may do this; raises UserError with the reason otherwise."""
    if not verdict.allowed:
        raise UserError(verdict.why.template, **verdict.why.values)


async def _loosely(ctx: Running, readings: Sequence[Button]) -> tuple[Command, Button]:
    """The first of several looks that names something, or the only act of which something would come."""
    acts = not ctx.dispatcher.registry.commands[readings[0].invocation.command].reads
    found: list[tuple[Command, Button]] = []
    wrong: UserError | None = None
    for reading in readings:
        try:
            found.append(await _read(ctx, reading, weighed=acts and len(readings) > 1))
        except (Ambiguous, Incomplete):
            raise
        except UserError as error:
            wrong = wrong or error
        if found and not acts:
            break
    if not found and wrong:
        raise wrong
    if len(found) > 1:
        raise Ambiguous("That may mean several things. Which of them?").offering(
            button for _, button in found
        )
    return found[0]


async def _read(ctx: Running, reading: Button, *, weighed: bool) -> tuple[Command, Button]:
    """One reading, pinned; ``weighed`` against others it is called by what would come of it."""
    registry, asked = ctx.dispatcher.registry, reading.invocation
    if reading.form:
        raise unfinished(registry.commands[asked.command], asked.arguments)
    meant_so = registry.load(asked)
    await _look_for_now(ctx, meant_so)
    command = await pinned(ctx, meant_so)
    if not weighed:
        return command, reading
    asks = await saying.complete(command.consequence(ctx))
    label = Reply(asks.button, **asks.values)
    return command, Button(label, registry.invocation(command))
