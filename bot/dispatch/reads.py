"""Reads, dry runs and lines that say nothing: answered privately, with nothing written but refusals."""

from bot.access import ANYWHERE
from bot.command import (
    Command,
    Incomplete,
    Line,
    Pasted,
    Unreadable,
    asked_back,
    at_first,
    besides,
    suggested,
    write,
)
from bot.dispatch import looking, saying
from bot.dispatch.cards import OLD, ButtonValue
from bot.dispatch.context import Running, context
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.meaning import let_pass, meant
from bot.errors import UserError
from bot.hms import one_look
from bot.people import Actor, Level
from bot.reply import Button, Code, Invocation, Message, Plain, Reply
from bot.request.chain import MINTED, UNREADABLE
from bot.request.request import Origin, State
from bot.work.links import without_keys


def heard(road: Dispatcher, said: str | Invocation, who: str) -> Line | Unreadable:
    """What somebody asks for by a typed line, as it stands or loosely; or what is wrong with that line."""
    if not isinstance(said, str):
        return line_of(road, said)
    try:
        return at_first(road.registry, said, who)
    except Unreadable as wrong:
        return wrong


def line_of(road: Dispatcher, asked: Invocation) -> Line:
    """What a form or a button asks for, as it is asked for now."""
    return Line.of(road.registry, road.registry.load(asked))


async def misread(road: Dispatcher, wrong: Unreadable, line: str, who: str, origin: Origin) -> None:
    """Answer a line that is no command: with its filled form, or with what this person may have meant."""
    actor = await road.voice.actor(who)
    # People paste keys: of what could not be read only its first word and its length are kept.
    await _record(road, actor, origin, UNREADABLE, f"{without_keys(wrong.word)} ({wrong.length} characters)")
    verdict = await road.access.may(actor, Level.ANYBODY, room=ANYWHERE, channel=origin.channel)
    if isinstance(wrong, Pasted):
        await saying.tell(road, origin, who, Reply.of(wrong), failed=True)
        return
    asked = asked_back(road.registry, line, who, lambda command: command.level <= verdict.level)
    may = isinstance(wrong, Incomplete) and verdict.level >= road.registry.commands[wrong.words].level
    if isinstance(wrong, Incomplete) and may and not asked:
        await fill_in(road, wrong, who, origin)
        return
    words = wrong.words if isinstance(wrong, Incomplete) else wrong.tried
    wrong = wrong.trying("" if asked else words)
    near = suggested(road.registry, line, wrong, who, lambda command: command.level <= verdict.level)
    await saying.tell(road, origin, who, Reply.of(wrong) + near, failed=True)


async def look(road: Dispatcher, line: Line, who: str, origin: Origin, *, instead: bool = False) -> None:
    """Run a read, or say what an act would do; ``instead`` in the place of the answer that was pressed."""
    actor = await road.voice.actor(who)
    ctx, line = context(road, actor, origin), besides(road.registry, line, who)
    with one_look():  # nothing is done to 100ms in it: who is meant is who is shown
        try:
            command, loosely = await meant(ctx, line.command, line.loosely, plain=not line.loose)
        except Incomplete as lacking:
            await fill_in(road, lacking, who, origin)
            return
        except UserError as refusal:
            why = Plain().text(Reply.of(refusal))
            await _record(road, actor, origin, State.REFUSED, f"{line.sentence}: {why}")
            raise
        reply = await _seen(ctx, line, command)
    if line.unused and loosely == line.loosely[-1]:
        reply += Reply("I did not use “{words}”.", words=line.unused)
    if line.command.mints:
        await _log(road, actor, origin, MINTED, write(road.registry, command))
    mints = line.command.mints
    if mints and line.here:
        only = Reply("Only you see this: what lets somebody in is published nowhere, also not with `--here`.")
        reply = only + Reply("\n") + reply
    await saying.tell(
        road, origin, who, reply, public=line.here and not mints, fleeting=mints, instead=instead
    )
    if room := command.in_room:
        await looking.notice(road, room)


async def _seen(ctx: Running, line: Line, command: Command) -> Reply:
    """What a read finds, or what an act would do."""
    if line.reads:
        return await saying.complete(command.run(ctx))
    return await saying.complete(command.consequence(ctx)) + Reply("This was a dry run: nothing was done.")


async def decline(road: Dispatcher, line: Line, who: str, origin: Origin, why: Reply) -> None:
    """Say why an act was not taken, with a button that asks for it anew."""
    actor = await road.voice.actor(who)
    await _record(road, actor, origin, State.REFUSED, f"{line.sentence}: {Plain().text(why)}")
    again = Reply(
        "If it is still needed, ask again: {line}.",
        line=Code(f"/hms {line.sentence}"),
        buttons=[Button("Ask again", road.registry.invocation(line.command))],
    )
    await saying.tell(road, origin, who, why + again, failed=True)


async def open_form(road: Dispatcher, value: ButtonValue, who: str, origin: Origin) -> None:
    """Open the form that a button stands for, filled as the button says, for who may do what it asks."""
    async with road.db.read() as tx:
        button = await road.requests.offered(tx, value.token, value.number)
    if button is None:
        await saying.tell(road, origin, who, OLD, failed=True)
        return
    asked = button.invocation
    await _let_ask(road, asked, who, origin)
    await road.voice.form(origin, who, origin.trigger, asked.command, asked.arguments, None)


async def _let_ask(road: Dispatcher, asked: Invocation, who: str, origin: Origin) -> None:
    """Raise UserError for who may not do it: all can press a public card, and would fill in for a no."""
    actor, command = await road.voice.actor(who), road.registry.commands[asked.command]
    held = asked.arguments.get("room")
    room = held.get("id", "") if isinstance(held, dict) and not command.about_requests else ""
    verdict = await road.access.may(actor, command.level, room=room or ANYWHERE, channel=origin.channel)
    if not verdict.allowed:
        why = Plain().text(verdict.why)
        await _record(road, actor, origin, State.REFUSED, f"{asked.command}: {why}")
    let_pass(verdict)


async def hide(road: Dispatcher, who: str, origin: Origin) -> None:
    """Take away the answer that was pressed; a view, which stays until it is closed, says so instead."""
    await road.voice.answer(origin, who, Message(Reply("Hidden."), gone=True))


async def fill_in(road: Dispatcher, lacking: Incomplete, who: str, origin: Origin) -> None:
    """Open the form of a command that lacks something, filled with what was said."""
    words, given, problem = lacking.words, lacking.given, Reply.of(lacking)
    await road.voice.form(origin, who, origin.trigger, words, given, problem)


async def _record(road: Dispatcher, actor: Actor, origin: Origin, state: str, text: str) -> None:
    await saying.written(road, _log(road, actor, origin, state, text))


async def _log(road: Dispatcher, actor: Actor, origin: Origin, state: str, text: str) -> None:
    """Write an entry; what is not in the log by then is not told either."""
    async with road.db.write() as tx:
        await road.audit.add(tx, actor, origin.door, state, text)
