"""What is done when something occurs: a class states what, what is stored for it, and the deed."""

from asyncio import TaskGroup, sleep
from collections.abc import Awaitable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Protocol, Self

from pydantic import BaseModel, ConfigDict

from bot.command.base import Context
from bot.command.walking import classes
from bot.reply import Reply
from bot.request.request import Cause
from bot.work import Moment, Timer


@dataclass(frozen=True)
class Event:
    """Something 100ms reports, by the name it has there: ``session.close.success``."""

    kind: str


@dataclass(frozen=True)
class Occurrence:
    """One thing that happened: a moment that came, or an event.

    ``key`` is its own for ever: what is done for it is done once, and another day is another occurrence.
    ``skipped`` when it came too late to be acted on.
    """

    key: str
    kind: str
    subject: str
    moment: datetime
    lateness: timedelta = timedelta(0)
    skipped: bool = False


class ReactionContext(Context, Protocol):
    """What a reaction may use: all that a command may, and what it is that occurred."""

    @property
    def occurrence(self) -> Occurrence:
        """What occurred, and how late we are."""


class Reaction(BaseModel):
    """What is done when something occurs.

    The fields are what was stored for it; of what another release stored too, nothing is asked. ``on`` is a
    ``Moment`` (one class a kind) or an ``Event`` (each class that reacts to it is a job of its own). After
    ``attempts`` failures it is given up, and whom it concerns is told.
    """

    model_config = ConfigDict(defer_build=True, frozen=True, extra="ignore")

    on: ClassVar[Moment | Event]
    attempts: ClassVar[int] = 6

    @classmethod
    def kind(cls) -> str:
        """What its jobs are called, in this release and the next."""
        return cls.on.kind if isinstance(cls.on, Moment) else f"{cls.on.kind} {cls.__name__}"

    def timer(self, subject: str, at: datetime, cause: Cause) -> Timer:
        """The moment at which it is done for a subject; ``cause`` is what people read about why."""
        return Timer(self.kind(), subject, at, self.model_dump(mode="json"), cause.json())

    async def react(self, ctx: ReactionContext) -> None:
        """Do what the cause provided for; cut off, it is run again."""
        raise NotImplementedError

    @classmethod
    async def react_all(cls, due: Sequence[tuple[Self, ReactionContext]]) -> Sequence[Exception | None]:
        """Do what came at the same time, and say of each what went wrong; where many are cheaper together."""
        return await results_of(reaction.react(ctx) for reaction, ctx in due)

    def left_out(self, ctx: ReactionContext) -> Reply:
        """What is said, once, of a moment that came too late to be acted on."""
        if not ctx.cause.request:
            return Reply(
                "What was due {moment} is left out: that was {late} ago.",
                moment=ctx.occurrence.moment,
                late=ctx.occurrence.lateness,
            )
        return Reply(
            "What {by} asked for in request {request} was due {moment}. "
            "That was {late} ago, so it is left out.",
            by=ctx.cause.by,
            request=ctx.cause.request,
            moment=ctx.occurrence.moment,
            late=ctx.occurrence.lateness,
        )


async def result_of(reacting: Awaitable[object]) -> Exception | None:
    """What went wrong, as a value: one bad of twenty delays nobody."""
    try:
        await reacting
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is the one's own
        return error
    return None


async def results_of(reacting: Iterable[Coroutine[None, None, object]]) -> Sequence[Exception | None]:
    """What went wrong with each of many that go on together."""
    begun = []
    async with TaskGroup() as together:
        for each in reacting:
            begun.append(together.create_task(result_of(each)))
            await sleep(0)  # one after the other: twenty calls that are prepared at once would hold up acks
    return [task.result() for task in begun]


class Reactions:
    """Every reaction there is, found by walking packages as commands are.

    Raises TypeError when two classes claim one kind of moment: only one of them would hear of it.
    """

    def __init__(self, *packages: str, besides: Iterable[type[Reaction]] = ()) -> None:
        stated = [one for package in packages for one in classes(package, Reaction) if one is not Reaction]
        self.by_kind: dict[str, type[Reaction]] = {}
        for reaction in (*stated, *besides):
            if reaction.kind() in self.by_kind:
                other = self.by_kind[reaction.kind()].__name__
                raise TypeError(f"{reaction.__name__} and {other} both claim {reaction.kind()!r}")
            self.by_kind[reaction.kind()] = reaction
        self._to: dict[str, list[type[Reaction]]] = {}
        for reaction in self.by_kind.values():
            if isinstance(reaction.on, Event):
                self._to.setdefault(reaction.on.kind, []).append(reaction)

    def moments(self) -> Mapping[str, Moment]:
        """What is special about each kind of moment."""
        return {kind: one.on for kind, one in self.by_kind.items() if isinstance(one.on, Moment)}

    def to(self, event: str) -> Sequence[type[Reaction]]:
        """Those that react to an event."""
        return self._to.get(event, ())
