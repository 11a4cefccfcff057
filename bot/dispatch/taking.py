"""On disk, then acked: nothing acked is lost, nothing unacked is done."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Line
from bot.dispatch.ledger import Ledger, job_of
from bot.dispatch.parts import Parts
from bot.people import Actor
from bot.reply import Message, Reply
from bot.request.book import fresh_token
from bot.request.facts import Unacked
from bot.request.request import Origin, Request, State
from bot.work import Job
from bot.work.tasks import Tasks

TOO_LATE = Reply("I could not write that down in time; nothing will be done. Try again in a minute.")
STOPPED = Reply(
    "hms-bot was stopped before it could take this on, and nothing was done. Ask again if it is needed."
)

Ack = Callable[..., Awaitable[None]]
Written = TypeVar("Written")


class Taking:
    """Writes askings and clicks down before their ack, and hands them to the carrier after it."""

    def __init__(self, parts: Parts, ledger: Ledger, tasks: Tasks) -> None:
        self._parts = parts
        self._ledger = ledger
        self._tasks = tasks

    async def take(self, line: Line, who: str, origin: Origin, ack: Ack) -> None:
        """Take an act; a redelivery of one that is here is acked and changes nothing."""
        await self._write_then_ack(self._write(line, who, origin), ack, self._accept, self._too_late)

    async def take_click(self, value: str, who: str, origin: Origin, ack: Ack, lane: str) -> None:
        """Take a click; those of one ``lane`` are handled one after the other."""

        async def accept(number: int) -> None:
            await self._accept_click(number, lane)

        await self._write_then_ack(self._write_click(value, who, origin), ack, accept, self._undo_click)

    async def recover(self, since: timedelta) -> None:
        """Take back what was written down at least so long ago and never acked, and tell who asked."""
        before = self._parts.clock() - since
        async with self._parts.db.read() as tx:
            loose = await self._parts.requests.unacked(tx, before)
            clicks = await self._parts.requests.unacked_clicks(tx, before)
        for request in loose:
            moved = await self._ledger.move(request.id, Unacked(STOPPED))
            if moved.happened:
                await self._parts.voice.answer(request.origin, request.actor.id, Message(STOPPED))
        for click in clicks:
            if await self._forget_click(click.id):
                await self._parts.voice.answer(click.origin, click.who, Message(STOPPED))

    async def ask(self, tx: AsyncConnection, line: Line, who: str, origin: Origin) -> Request | None:
        """Write a request in the caller's transaction; None when it is here already."""
        actor = Actor(who, who, via=self._parts.via)
        request = await self._parts.requests.ask(tx, self._asked(line, actor, origin))
        if request:
            sentence = line.sentence
            add = self._parts.audit.add_unlinked
            await add(tx, actor, origin.door, State.ASKED, sentence, request=request.id)
        return request

    async def accept(self, tx: AsyncConnection, number: int) -> None:
        """Hand a request whose ack was given to the carrier."""
        if await self._parts.requests.acked(tx, number, self._parts.clock()):
            await self._parts.work.later(tx, job_of(number))

    async def _write_then_ack(
        self,
        write: Coroutine[None, None, Written | None],
        ack: Ack,
        accept: Callable[[Written], Coroutine[None, None, None]],
        undo: Callable[[Written], Coroutine[None, None, None]],
    ) -> None:
        writing = asyncio.create_task(write)
        done, _ = await asyncio.wait({writing}, timeout=self._parts.patience)
        if not done:
            await ack(TOO_LATE)
            self._tasks.spawn(_then(writing, undo))
            return
        written = writing.result()
        await ack()
        if written is not None:
            self._tasks.spawn(accept(written))

    async def _write(self, line: Line, who: str, origin: Origin) -> int | None:
        async with self._parts.db.write() as tx:
            request = await self.ask(tx, line, who, origin)
        return request.id if request else None

    async def _accept(self, number: int) -> None:
        async with self._parts.db.write() as tx:
            await self.accept(tx, number)

    async def _too_late(self, number: int) -> None:
        await self._ledger.move(number, Unacked(TOO_LATE))

    async def _write_click(self, value: str, who: str, origin: Origin) -> int | None:
        async with self._parts.db.write() as tx:
            return await self._parts.requests.click(tx, value, who, origin, self._parts.clock())

    async def _accept_click(self, number: int, lane: str) -> None:
        async with self._parts.db.write() as tx:
            await self._parts.requests.click_acked(tx, number, self._parts.clock())
            await self._parts.work.later(tx, Job("click", f"click:{number}", {"id": number}, lane))

    async def _undo_click(self, number: int) -> None:
        await self._forget_click(number)

    async def _forget_click(self, number: int) -> bool:
        async with self._parts.db.write() as tx:
            return await self._parts.requests.forget_click(tx, number)

    def _asked(self, line: Line, actor: Actor, origin: Origin) -> Request:
        return Request(
            id=0,
            token=fresh_token(),
            invocation=self._parts.registry.invocation(line.command),
            sentence=line.sentence,
            actor=actor,
            origin=origin,
            state=State.ASKED,
            asked_at=self._parts.clock(),
            sure=line.sure,
            reason=line.reason,
        )


async def _then(
    writing: "asyncio.Task[Written | None]", undo: Callable[[Written], Coroutine[None, None, None]]
) -> None:
    written = await writing
    if written is not None:
        await undo(written)
