"""On disk, then acked, then taken on: what was not written, or whose ack did not leave, is taken back."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.excuses import confess
from bot.reply import Reply

GIVEN_UP = Reply("Slack had given up on this before I could take it, and has told you so. Nothing was done.")
TOO_LATE = Reply("I could not write that down in time; nothing will be done. Try again in a minute.")

Delivered = Awaitable[bool]  # whether an ack has left for Slack: what it was for is taken on only then
Ack = Callable[..., Awaitable[Delivered]]
Late = Callable[[], Reply | None]
Written = TypeVar("Written")


def at_once() -> Delivered:
    """An ack at a door that waits for none."""
    delivered = asyncio.get_running_loop().create_future()
    delivered.set_result(True)
    return delivered


def in_time() -> None:
    """Nothing comes too late at a door that waits for as long as it takes."""


@dataclass(frozen=True)
class Taking(Generic[Written]):
    """How one thing is taken: written, then acked and accepted, or taken back; ``declined`` says why.

    ``at_once`` is said in the ack when the write takes too long; where there is no place for it, who asked
    is told once the write has ended, and what is true by then.
    """

    write: Coroutine[None, None, Written | None]
    accept: Callable[[Written], Coroutine[None, None, object]]
    take_back: Callable[[Written, Reply], Coroutine[None, None, object]]
    declined: Callable[[Reply], Coroutine[None, None, None]]
    at_once: Reply | None = None


async def taken(road: Dispatcher, taking: Taking[Written], ack: Ack, late: Late) -> None:
    """Write something down and ack it, or say in the ack why not; what follows goes on behind it."""
    if why := late():
        taking.write.close()
        await taking.declined(why)  # before the ack: killed in between, Slack says that something is wrong
        await ack()
        return
    writing = asyncio.create_task(taking.write)
    done, _ = await asyncio.wait({writing}, timeout=road.patience)
    if not done:
        await ack(taking.at_once)
        road.tasks.spawn(_not_taken(writing, taking, TOO_LATE, told=taking.at_once is not None))
    elif why := late():  # it grew late while it was written
        await ack()
        road.tasks.spawn(_not_taken(writing, taking, why, told=False))
    elif isinstance(failed := writing.exception(), Exception):
        why = confess(failed)
        await ack(taking.at_once and why)
        if not taking.at_once:
            road.tasks.spawn(taking.declined(why))
    else:
        delivered = await ack()
        road.tasks.spawn(_accepted(writing.result(), delivered, taking))


async def _accepted(written: Written | None, delivered: Delivered, taking: Taking[Written]) -> None:
    """Take it on when Slack has its ack; else whoever asked has read an error, and nothing is done."""
    if written is None:
        return
    if await delivered:
        await taking.accept(written)
        return
    await taking.take_back(written, GIVEN_UP)
    await taking.declined(GIVEN_UP)


async def _not_taken(
    writing: "asyncio.Task[Written | None]", taking: Taking[Written], why: Reply, *, told: bool
) -> None:
    """Take back what was written after all; where nothing was, only why remains to be said."""
    await asyncio.wait({writing})
    if isinstance(failed := writing.exception(), Exception):
        why = confess(failed)
    elif (written := writing.result()) is not None:
        await taking.take_back(written, why)
    if not told:
        await taking.declined(why)
