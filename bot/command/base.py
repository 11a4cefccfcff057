"""What a command is: one class that states its arguments, level, yes and action."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from json import dumps
from typing import Any, ClassVar, Protocol, Self, TypeVar

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import to_jsonable_python
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import Access, Rights
from bot.command.arguments import arguments, words_of
from bot.command.pinning import pinned
from bot.command.ports import Names, Road
from bot.errors import UserError
from bot.hms import Hms
from bot.people import Actor, Level, Yes
from bot.reply import Mention, Message, Place, Reply, Stakes
from bot.request.audit import Audit
from bot.request.request import Cause, Origin, Request

Kept = TypeVar("Kept")


class Context(Protocol):
    """What a command or a reaction may use while it runs."""

    @property
    def actor(self) -> Actor:
        """Who asked."""

    @property
    def origin(self) -> Origin:
        """Where it was asked."""

    @property
    def now(self) -> datetime:
        """What time it is."""

    @property
    def request(self) -> Request | None:
        """The request it is done for; None for a read or a dry run."""

    @property
    def cause(self) -> Cause:
        """What provided for it, as people read it."""

    @property
    def hms(self) -> Hms:
        """The 100ms client."""

    @property
    def road(self) -> Road:
        """Other requests, for commands that decide on them."""

    @property
    def access(self) -> Access:
        """Who may do what."""

    async def rights(self) -> Rights:
        """What whoever asks may do in any room, from where they ask; looked up once."""

    @property
    def audit(self) -> Audit:
        """The log of who did what."""

    @property
    def names(self) -> Names:
        """What words mean here."""

    async def member(self, user: str) -> Actor:
        """Somebody of the workspace as the door knows them now, with what bars them."""

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """One state of the store, for looking: it waits for no writer."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """One transaction on the store."""

    async def written(self, write: Coroutine[Any, Any, object]) -> bool:
        """Write what an answer can do without; False when that takes longer than people are kept waiting."""

    def __getitem__(self, book: type[Kept]) -> Kept:
        """A feature's book: ``ctx[Locks]``."""

    async def once(
        self,
        step: str,
        target: str,
        call: Callable[[], Awaitable[Any]],
        *,
        read_back: Callable[[], Awaitable[bool | None]] | None = None,
    ) -> Any:
        """Make a call that may happen only once for this request, also after a crash.

        ``read_back`` looks whether a call that was cut off happened: True, False, or None for "cannot tell".
        """

    async def first_seen(self, what: str, target: str, look: Callable[[], Awaitable[Any]]) -> Any:
        """What was true, as JSON, when this was first looked at for this request.

        A request that was cut off runs again; without this it would take its own deed for somebody else's.
        """

    async def show(self, tx: AsyncConnection, key: str, place: Place, said: Reply | Message) -> None:
        """Post what others read; the same ``key`` again edits it. Its buttons work as those of an answer."""


class Command(BaseModel):
    """What a person can ask for, as a value.

    The file's path is its words, the docstring its help line, the fields its arguments.
    """

    # Built when it is first asked for: no start waits for all of them.
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    level: ClassVar[Level]
    yes: ClassVar[Yes] = Yes.NONE
    reads: ClassVar[bool] = False
    mints: ClassVar[bool] = False  # a read whose answer is a secret: for who asked alone, and in the log
    in_session: ClassVar[bool] = False  # an act within a session: when that is over, nothing of it is left
    aside: ClassVar[bool] = False  # an act whose answer concerns nobody but who asked
    # It ends or locks: a schedule does it also when its maker may not any more.
    closes: ClassVar[bool] = False
    by_stakes: ClassVar[bool] = False  # what is at stake can raise whose yes it needs
    about_channel: ClassVar[bool] = False  # of no use where the bot is not in the channel that asks
    # What decides is the right to the room of each request, or of what failed: the command itself looks.
    about_requests: ClassVar[bool] = False
    previews: ClassVar[bool] = False  # its form shows what it would do, and takes the yes to that itself
    verb: ClassVar[str] = ""  # what its form asks for, where its words are no verb
    alone: ClassVar[str] = ""  # the words of the read that is meant where nothing stands behind its own
    also: ClassVar[tuple[str, ...]] = ()
    examples: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="before")
    @classmethod
    def _with_what_is_implied(cls, values: Any) -> Any:
        """A room that nobody named is the one of the place where it was asked."""
        if not isinstance(values, Mapping):
            return values
        return {one.name: one.default for one in arguments(cls) if one.implied} | dict(values)

    async def pin(self, names: Names) -> Self:
        """Turn names, rows and times into ids and instants.

        Raises UserError where they name nothing, Ambiguous where they name several things, Incomplete where
        the words held a name and no text behind it.
        """
        return await pinned(self, names)

    def unsaid(self) -> UserError | None:
        """What has to be said of what may be left out, where all of it was: a line then opens the form."""
        return None

    async def holding(self, ctx: Context) -> Mapping[str, Any]:  # noqa: ARG002 -- for those that change what holds
        """What holds now of what it would change, by field: its form shows it."""
        return {}

    async def yes_needed(self, ctx: Context) -> Yes:  # noqa: ARG002 -- for those that look at the case
        """Whose yes this one needs; a command raises it where it depends on the case."""
        return self.yes

    def yes_at(self, stakes: Stakes) -> Yes:  # noqa: ARG002 -- for those that act on people
        """Whose yes it needs, at least, for what its consequence found to be at stake."""
        return Yes.NONE

    async def consequence(self, ctx: Context) -> Reply:
        """What it would do, asked before it is done: "End standup for 12 people?".

        A question, whose ``button`` labels the yes in at most thirty characters, whose ``facts`` are the
        case in a few words each, and whose ``stakes`` are what that yes is given to.
        """
        raise NotImplementedError

    async def check(self, ctx: Context) -> None:
        """Raise UserError where it could not be done: a form says so beside its field, before it closes."""
        if not self.reads:
            await self.consequence(ctx)

    async def on_wait(self, ctx: Context) -> None:
        """What keeps harm away while a second person is asked; ``on_no`` undoes it."""

    async def on_no(self, ctx: Context) -> None:
        """Undo ``on_wait`` where it ended without being done."""

    async def run(self, ctx: Context) -> Reply:
        """Do it, and say who did what: others read it ("@Mo locked standup")."""
        raise NotImplementedError

    def at_moment(self, at: datetime) -> "Command | None":  # noqa: ARG002 -- for what plans by itself
        """The same, planned for a moment by the command itself; None where it cannot."""
        return None

    def has_card(self) -> bool:
        """Whether others read what was done on a card of its subject: they need not read it twice."""
        return False

    @property
    def in_room(self) -> str:
        """The id of the room that it is about, once pinned; empty where it is about none."""
        return getattr(getattr(self, "room", None), "id", "") or ""

    @property
    def sameness(self) -> str:
        """What is equal in two askings for the same: the act on its targets by their ids, for any reason."""
        exact = {name: getattr(value, "exact", value) for name, value in self if name != "reason"}
        return dumps([words_of(type(self)), to_jsonable_python(exact)], sort_keys=True)

    def covers(self, other: "Command") -> bool:
        """Whether this, once done, leaves nothing of another to do: it asks for the same, for any reason."""
        return self.sameness == other.sameness

    def done_by(self, by: Mention, ago: timedelta, number: str) -> Reply:
        """How somebody reads, who asked for it too, that another has done it first."""
        return Reply("{by} did that {ago} ago (#{number}).", by=by, ago=ago, number=number)
