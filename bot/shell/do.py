"""``hms-bot do``: one line through the same road as Slack, by the shell user on behalf of somebody."""

import asyncio
import getpass
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from bot.app import Bot, Hand
from bot.command import Line, Registry, Unreadable, read, understood, write
from bot.dispatch import intake, ledger
from bot.errors import UserError
from bot.reply import Button, File, Plain, Reply, Table
from bot.request.request import Origin, Request, State
from bot.settings import Settings
from bot.shell import logs
from bot.shell.voice import ShellVoice
from bot.text import printable, storable

LOOK = 0.05  # seconds between looks at what became of it; another process may be doing it
CODES = {State.DONE: 0, State.WAITING: 3}
FAILED = 1
ENDS = {
    State.DONE: Reply("Done."),
    State.REFUSED: Reply("Refused."),
    State.DENIED: Reply("Denied."),
    State.EXPIRED: Reply("Expired."),
    State.WITHDRAWN: Reply("Withdrawn."),
    State.MOOT: Reply("Moot."),
    State.FAILED: Reply("Failed."),
    State.UNKNOWN: Reply("Unknown."),
}
GAP = "  "
MEMBERS = "members"  # the field of a command that --json fills


@dataclass(frozen=True)
class Outcome:
    """What came of a line; ``request`` is 0 where it needed none, ``code`` is the contract's exit code.

    ``files`` are what an answer carries, with their content.
    """

    request: int
    state: str
    text: str
    code: int
    files: Sequence[File] = ()

    def printed(self, *, as_json: bool) -> str:
        """What is printed: for people the words, then each file with its name over it."""
        if as_json:
            said = {"request": self.request or None, "state": self.state, "text": self.text}
            return json.dumps(said | ({"files": [file.json() for file in self.files]} if self.files else {}))
        files = [("", f"{file.name}:", *file.content.splitlines()) for file in self.files]
        return printable("\n".join([self.text, *(line for lines in files for line in lines)]))


def do(environment: Mapping[str, str], line: str, who: str, *, as_json: bool, file: str | None = None) -> int:
    """Run one line, with what it takes from a ``file``, and say what came of it; answers the exit code."""
    settings = Settings.read(environment)
    logs.set_up(settings.log_format)
    line, who = storable(line), storable(who)
    _refuse_decisions(line)
    asked = with_file(line, storable(_read(file))) if file else None
    outcome = asyncio.run(_do(settings, line, who, asked))
    _say(outcome, as_json=as_json)
    return outcome.code


def _refuse_decisions(line: str) -> None:
    """Raise UserError for what only the person it depends on may decide, in Slack."""
    try:
        words = understood(Registry("commands"), line).words
    except Unreadable:
        return
    if words in {"approval approve", "approval deny"} or words.split()[0] in {"policy", "access"}:
        raise UserError("“{words}” is done in Slack, by a person. The shell cannot stand in.", words=words)


def with_file(line: str, content: str) -> Line:
    """A line with what its ``--json`` takes from a file, which may be longer than a line is.

    UserError where the command takes none, or is only to be tried.
    """
    takes_none = "This takes no file. Only what takes --json does: `/hms help template edit`."
    try:
        typed = read(Registry("commands"), f"{line} --json '{{}}'")
    except Unreadable as error:
        raise UserError(takes_none) from error
    if MEMBERS not in type(typed.command).model_fields:
        raise UserError(takes_none)
    if typed.dry_run:
        raise UserError(
            "--dry-run and --file do not go together: what a template's change waits for is a yes."
        )
    return replace(typed, command=typed.command.model_copy(update={MEMBERS: content}))


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("The file {file} cannot be read: {why}.", file=file, why=str(error)) from error


async def _do(settings: Settings, line: str, who: str, asked: Line | None = None) -> Outcome:
    origin, voice = Origin("shell", f"shell:{uuid4()}"), ShellVoice()
    hand = Hand(storable(getpass.getuser()), voice.before)
    bot = await Bot.open(settings, hand=hand)
    try:
        await bot.audit.ready()
        await bot.work.run(bot.handlers)
        said = bot.dispatcher.registry.invocation(asked.command) if asked else line
        sure = asked is not None and asked.sure
        await intake.submit(bot.dispatcher, said, who, origin, voice.ack, sure=sure)
        await bot.tasks.idle()
        return await _outcome(bot, voice, origin)
    finally:
        await bot.close()


async def _outcome(bot: Bot, voice: ShellVoice, origin: Origin) -> Outcome:
    """The answer to a read, or what the request says once it is over or waits."""
    request = await ledger.asked_as(bot.dispatcher, origin.key)
    if request is None:
        text = "\n".join(_written(bot, message.reply) for message in voice.heard)
        failed = any(message.failed for message in voice.heard)
        files = [file for message in voice.heard for _, file in message.reply.files()]
        return Outcome(0, State.REFUSED if failed else State.DONE, text, FAILED if failed else 0, files)
    while request.state in {State.ASKED, State.RUNNING}:
        await asyncio.sleep(LOOK)
        request = await ledger.asked_as(bot.dispatcher, origin.key) or request
    return Outcome(request.id, request.state, _written(bot, _said(request)), CODES.get(request.state, FAILED))


def _said(request: Request) -> Reply:
    if request.state is State.WAITING:
        waits = Reply("Request {number} waits for a yes.", number=str(request.id))
        return waits + request.consequence if request.consequence else waits
    return request.answer or ENDS[request.state]


def _written(bot: Bot, reply: Reply) -> str:
    plain = replace(bot.door.plain, zone=bot.settings.hms_bot_timezone)
    return printable(words_of(reply, plain, bot.dispatcher.registry))


def _say(outcome: Outcome, *, as_json: bool) -> None:
    stream = sys.stderr if outcome.code == FAILED and not as_json else sys.stdout
    print(outcome.printed(as_json=as_json), file=stream)


def words_of(reply: Reply, plain: Plain, registry: Registry) -> str:
    """Everything a reply says, for somebody who can neither see a block nor press a button."""
    tables = [sentence.table for sentence in reply.sentences() if sentence.table]
    rows = [row for table in tables for row in _columns(table, plain)]
    listed = [plain.text(row.said) for row in reply.all_rows()]
    charts = [plain.text(line).strip() for each in reply.sentences() for line in each.charted()]
    return "\n".join(
        [plain.text(reply), *charts, *rows, *listed, *_choices(reply.all_buttons(), plain, registry)]
    )


def _columns(table: Table, plain: Plain) -> Iterator[str]:
    """A line a row, each column as wide as its widest cell."""
    said = [[plain.catalogue.said(cell, plain.say) for cell in row] for row in table.lines]
    widths = [max(map(len, column)) for column in zip(*said, strict=True)]
    for row in said:
        yield _padded(row, widths)


def _choices(buttons: Iterable[Button], plain: Plain, registry: Registry) -> Iterator[str]:
    for button in (each for each in buttons if not each.form):  # a shell has no forms
        yield f"{plain.label(button.label)}: {write(registry, registry.load(button.invocation))}"


def _padded(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return GAP.join(cells).rstrip()
