"""One of each thing that is added to a house: what is written for it, and the test that proves that it works.

Long because a house is of many things: a part of this file is one of them, and is read by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.store.migrate import newest


@dataclass(frozen=True)
class Edit:
    """A place in a file that is there, and what is written for it; the end of the file, without a place."""

    place: str
    text: str

    def of(self, before: str) -> str:
        if not self.place:
            return before + self.text
        assert before.count(self.place) == 1, f"{self.place!r} does not stand there once"
        return before.replace(self.place, self.text)


NEXT = f"{int(newest()) + 1:04}"
EACH = "tests/bot/hms/each_operation/test_each_operation.py"
Written = str | tuple[Edit, ...]  # a new file, or what changes in one that is there


@dataclass(frozen=True)
class Addition:
    """Something added: ``what`` the table calls it, its files, and beside them the tests that prove it.

    ``holds`` are tests of the house that were there before and now speak of it too.
    """

    what: str
    files: Mapping[str, Written]
    proof: Mapping[str, Written] = field(default_factory=dict)
    holds: tuple[str, ...] = ()

    def made_in(self, folder: Path) -> None:
        """Write it into a house."""
        for name, written in (self.files | self.proof).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written if isinstance(written, str) else _changed(path.read_text(), written))

    @property
    def tests(self) -> list[str]:
        """What has to pass where it was added."""
        own = [name for name in self.proof if Path(name).name.startswith("test_")]
        return [*own, *self.holds]


def _changed(text: str, edits: tuple[Edit, ...]) -> str:
    for edit in edits:
        text = edit.of(text)
    return text


COMMAND = Addition(
    "a command",
    {
        "commands/sweep.py": '''\
from bot.command import Command, Context, Level, RoomRef
from bot.reply import Reply


class Sweep(Command):
    """Sweep the floor of a room."""

    level = Level.MODERATOR
    examples = ("sweep", "sweep standup")

    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        return Reply("Sweeps {room}.", room=self.room)

    async def run(self, ctx: Context) -> Reply:
        return Reply("Swept {room}.", room=self.room)
''',
        "docs/security.md": (Edit("`room unlock`, `retry`", "`room unlock`, `retry`, `sweep`"),),
    },
    {
        "tests/commands/test_sweep.py": """\
from tests.chat import Chat


async def test_a_room_is_swept(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)

    assert "sweep" in (await chat.says("mo", "/hms help sweep")).text
    assert "Swept standup." in (await chat.says("mo", "/hms sweep standup --yes")).text
    assert "Only moderators can do this" in (await chat.says("vi", "/hms sweep standup")).text
    assert "no room called" in (await chat.says("mo", "/hms sweep nowhere")).text
""",
    },
    (
        "tests/house/test_security.py::test_a_command_stands_in_the_row_of_its_level[sweep]",
        "tests/house/test_commands.py::test_a_command_says_what_it_is_for[sweep]",
        "tests/house/test_commands.py::test_a_command_states_its_level_and_its_yes[sweep]",
        "tests/house/test_commands.py::test_what_a_command_takes_is_described[sweep]",
        "tests/house/test_commands.py::test_a_command_shows_two_examples_at_least_and_they_are_its_own[sweep]",
    ),
)

OPERATION = Addition(
    "an operation of 100ms",
    {
        "bot/hms/stream_keys.py": (
            Edit(
                "",
                '''
    async def list(self, room_id: str) -> Page[StreamKey]:
        """Read every key that a room has had.

        Raises NotFound for an unknown room, Forbidden.
        Source: 100ms docs, live-streams/list-rtmp-stream-keys.
        """
        path = at("/stream-keys/room/{room_id}/all", room_id=room_id)
        return await self._get("stream_keys.list", path, Page[StreamKey])
''',
            ),
        ),
        "sandbox/hms/routes/stream_keys.py": (
            Edit(
                "",
                '''

@operation("stream_keys.list", "GET", "/stream-keys/room/{room_id}/all")
def list_all(world: World, call: Call) -> Answer:
    """Show every key, those that work no longer too."""
    room = _room(world, call)
    return {"data": [_shown(room, key) for key in room.stream_keys]}
''',
            ),
        ),
        "tests/house/operations.txt": (
            Edit("", "stream_keys.list GET /stream-keys/room/{room_id}/all api idempotent\n"),
        ),
    },
    {
        "tests/bot/hms/each_operation/rooms.py": (
            Edit(
                "CODES_AND_KEYS = {\n",
                """\
CODES_AND_KEYS = {
    "stream_keys.list": Read(
        works=lambda hms, stage: hms.stream_keys.list(stage.standup.id),
        tells=lambda keys, stage: [key.id for key in keys.data] == [stage.standup.stream_key.id],
        refused=lambda hms, _: hms.stream_keys.list(UNKNOWN),
        error=NotFound,
    ),
""",
            ),
        ),
    },
    (
        "tests/house/test_operations.py",
        f"{EACH}::test_a_reading_is_refused_as_documented_or_tells_what_is[stream_keys.list]",
    ),
)

KIND = Addition(
    "a kind of argument",
    {
        "bot/command/kinds/parity.py": '''\
"""Odd days or even ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.command.kinds.base import Input, Kind, Pinned, Slot
from bot.command.ports import Names
from bot.command.references import RoomRef
from bot.errors import UserError


@dataclass(frozen=True)
class Parity:
    """Which days, and of which room."""

    word: str
    of: str = ""


class ParityKind(Kind):
    """A parity, by its word."""

    annotation, form, sample = Parity, Input.SEARCH, "odd"

    def read(self, words: str) -> Parity:
        """Read it."""
        if words not in ("odd", "even"):
            raise UserError("“{words}” is neither odd nor even.", words=words)
        return Parity(words)

    def write(self, value: Parity) -> str:
        """Write it."""
        return value.word

    async def pin(self, value: Parity, slot: Slot) -> Pinned:
        """Name the room that it is of."""
        return Pinned(Parity(value.word, of=slot.place.id))

    async def offers(self, names: Names, place: RoomRef | None) -> Sequence[Parity]:
        """Offer both."""
        return [Parity("odd"), Parity("even")]
''',
    },
    {
        "chores/__init__.py": "",
        "chores/clean.py": '''\
from bot.command import Command, Level, RoomRef
from bot.command.kinds.parity import Parity


class Clean(Command):
    """Clean a room on odd days or on even ones."""

    level = Level.MODERATOR

    days: Parity
    room: RoomRef
''',
        "tests/bot/command/kinds/test_parity.py": """\
from bot.command import Registry, form, from_form, read, to_form, usage, write
from bot.command.forms import Sheet, offered
from bot.request.request import Origin
from bot.slack.drawing.form_views import FormViews
from bot.slack.drawing.render import Renderer
from sandbox.slack.blocks import checked_view
from tests.bot.command.place import Place


async def test_a_parity_is_read_written_offered_pinned_and_drawn() -> None:
    registry = Registry("chores")
    line = 'clean even --room "Big Hall"'
    command = read(registry, line).command
    assert write(registry, command) == line
    assert usage(type(command)) == "clean <days>"
    assert from_form(registry, "clean", to_form(command)) == command
    assert await offered(type(command), "days", Place()) == {"odd": "odd", "even": "even"}
    assert (await command.pin(Place())).days.of == "r2"

    sheet = Sheet("clean", to_form(command), shown=("days", "room"))
    view = FormViews(Renderer()).view(form(type(command)), sheet, None, Origin("slack", "k"))
    checked_view(view, expected="modal")
    shown = {block["block_id"]: block["element"]["type"] for block in view["blocks"]}
    assert shown == {"days": "external_select", "room": "external_select"}
""",
    },
)

BUTTON = Addition(
    "a button",
    {
        "commands/room/unlock.py": (
            Edit(
                "from bot.reply import Reply, Undo", "from bot.reply import Button, Invocation, Reply, Undo"
            ),
            Edit(
                '        return Reply("{by} unlocked {room}.", by=ctx.actor.mention, room=self.room, ',
                """\
        buttons = [Button("How it is set up", Invocation("room show", room=self.room))]
        by = ctx.actor.mention
        return Reply("{by} unlocked {room}.", by=by, room=self.room, buttons=buttons, \
""",
            ),
        ),
    },
    {
        "tests/commands/room/test_how_it_is_set_up.py": """\
from tests.chat import Chat


async def test_the_button_asks_for_what_it_carries(chat: Chat) -> None:
    chat.world.add_room("standup", enabled=False)
    done = await chat.says("mo", "/hms room unlock standup --yes")

    assert "is set up like this" in (await chat.clicks("vi", "How it is set up", done)).text
""",
    },
)

MOMENT = Addition(
    "something by the clock",
    {
        "bot/features/approval/reactions.py": (
            Edit(
                "from bot.work import Moment\n",
                "from bot.reply import Place, Reply\nfrom bot.work import Moment\n",
            ),
            Edit(
                "",
                '''

class Sweeping(Reaction):
    """Say that a floor was swept."""

    on = Moment("sweeping", counted=False)

    floor: str

    async def react(self, ctx: ReactionContext) -> None:
        """Say it where it was asked for."""
        async with ctx.transaction() as tx:
            for place in ctx.cause.places:
                swept = Reply("Swept {floor}.", floor=self.floor)
                await ctx.show(tx, ctx.occurrence.key, Place(place), swept)
''',
            ),
        ),
    },
    {
        "tests/bot/features/approval/test_sweeping.py": """\
from datetime import timedelta

from bot.features.approval.reactions import Sweeping
from bot.reply import Mention
from bot.request.request import Cause
from tests.chat import MORNING, Chat


async def test_its_moment_brings_it(chat: Chat) -> None:
    cause = Cause(0, Mention("U0MO", "Mo"), MORNING, places=("C0CLASSES",))
    async with chat.bot.db.write() as tx:
        in_an_hour = Sweeping(floor="the hall").timer("hall", MORNING + timedelta(hours=1), cause)
        await chat.bot.timers.set(tx, in_an_hour)

    await chat.passes("59m")
    assert chat.channel("classes") == []
    await chat.passes("1m")
    assert chat.channel("classes") == ["Swept the hall."]
""",
    },
)

EVENT = Addition(
    "something when 100ms reports",
    {
        "bot/features/upkeep/reactions.py": (
            Edit(
                "from bot.command.reaction import Reaction, ReactionContext",
                "from bot.command.reaction import Event, Reaction, ReactionContext",
            ),
            Edit(
                "",
                '''

class Opened(Reaction):
    """Tell the admins that a session began."""

    on = Event("session.open.success")

    room_name: str

    async def react(self, ctx: ReactionContext) -> None:
        """Tell them."""
        began = Reply("A session began in {room}.", room=self.room_name)
        admins = await ctx.access.admins()
        async with ctx.transaction() as tx:
            for admin in admins:
                await ctx.show(tx, ctx.occurrence.key, Place(admin), began)
''',
            ),
        ),
    },
    {
        "tests/bot/features/upkeep/test_opened.py": """\
from bot.work.arrivals import Arrival
from bot.work.inbox import Inbox
from tests.chat import Chat


async def test_the_event_brings_it(chat: Chat) -> None:
    reported = {"room_name": "standup", "session_id": "s"}
    arrival = Arrival("event 1", "session.open.success", reported, None)
    await chat.bot.dispatcher.books[Inbox].take(arrival)
    await chat.bot.idle()

    assert "A session began in standup." in chat.reads("ada", "dm").text
""",
    },
)

TABLE = Addition(
    "a table",
    {
        "bot/features/room/brooms.py": '''\
"""Which brooms there are."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.book import Book
from bot.store import Instant, metadata

brooms = sa.Table(
    "brooms",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("since", Instant, nullable=False),
)


class Brooms(Book):
    """The brooms on disk."""

    async def put(self, tx: AsyncConnection, name: str) -> None:
        """Write one down."""
        await tx.execute(brooms.insert().values(name=name, since=self.clock()))

    async def names(self) -> list[str]:
        """All there are."""
        async with self.db.read() as tx:
            return list(await tx.scalars(sa.select(brooms.c.name)))

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget the old ones."""
        await tx.execute(brooms.delete().where(brooms.c.since < before))
''',
        f"bot/store/migrations/versions/{NEXT}_brooms.py": f'''\
"""Which brooms there are."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{newest()}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brooms",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_brooms"),
    )
''',
    },
    {
        "tests/bot/features/room/test_brooms.py": """\
from bot.features.room.brooms import Brooms
from tests.chat import Chat


async def test_a_broom_is_kept_and_one_day_forgotten(chat: Chat) -> None:
    brooms = chat.bot.dispatcher.books[Brooms]
    async with chat.bot.db.write() as tx:
        await brooms.put(tx, "birch")
    assert await brooms.names() == ["birch"]

    await chat.passes("401d")
    assert await brooms.names() == []
""",
    },
    ("tests/bot/store/test_migrations.py::test_migrations_make_what_the_code_declares[sqlite]",),
)

SETTING = Addition(
    "a setting",
    {
        "bot/settings.py": (
            Edit("    log_format: Annotated", '    hms_bot_broom: str = "birch"\n    log_format: Annotated'),
        ),
        "README.md": (
            Edit("| `LOG_FORMAT` |", "| `HMS_BOT_BROOM` | `birch` | what is swept with |\n| `LOG_FORMAT` |"),
        ),
    },
    {
        "tests/bot/test_broom.py": """\
from bot.settings import Settings
from tests.bot.test_settings import GOOD


def test_the_variable_is_read_and_has_a_default() -> None:
    assert Settings.read(GOOD).hms_bot_broom == "birch"
    assert Settings.read(GOOD | {"HMS_BOT_BROOM": "straw"}).hms_bot_broom == "straw"
""",
    },
    ("tests/house/test_settings.py",),
)

FEATURE = Addition(
    "a feature",
    {
        "bot/features/chore/__init__.py": '"""Chores: what has to be done about a room by hand."""\n',
        "pyproject.toml": (Edit('"access | ', '"access | chore | '),),
    },
    {
        "tests/bot/features/chore/test_imports.py": """\
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_every_import_points_down() -> None:
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS
""",
    },
)

ADDITIONS = (COMMAND, OPERATION, KIND, BUTTON, MOMENT, EVENT, TABLE, SETTING, FEATURE)
