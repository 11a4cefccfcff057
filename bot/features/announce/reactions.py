"""What is said in a session when the clock says so, and when it is over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Cadence, Context, RoomRef
from bot.command.reaction import Reaction, ReactionContext
from bot.features.announce.book import Announcement, Announcements
from bot.features.room import live
from bot.hms import NotFound
from bot.reply import Button, Invocation, Place, Reply
from bot.store import JSON
from bot.work import CatchUp, EffectUnknown, Moment, Timers
from bot.work.links import without_keys

LATEST = timedelta(minutes=1)  # what is announced later than this is wrong: people have gone on


def next_time(payload: Mapping[str, JSON], after: datetime) -> datetime:
    """The next time of an announcement; what was missed is not made up for."""
    cadence = Cadence.model_validate(payload["cadence"])
    return cadence.next_after(after, datetime.fromisoformat(payload["since"]))


class Announcing(Reaction):
    """Say something to everybody in one session, once at each of its moments.

    Whoever ends the session, we too, leaves this alone: the next moment looks, finds it over, and says so.
    """

    on = Moment("announce", late=CatchUp.SKIP, grace=LATEST, next=next_time, counted=Cadence.set_back)

    number: int
    room: RoomRef
    session: str
    text: str
    cadence: Cadence
    since: datetime

    @classmethod
    def of(cls, asked: Announcement) -> Self:
        """The reaction of an announcement."""
        return cls(
            number=asked.number,
            room=asked.room,
            session=asked.session,
            text=asked.text,
            cadence=asked.cadence,
            since=asked.since,
        )

    async def react(self, ctx: ReactionContext) -> None:
        """Say it where that session still runs, else that it is over."""
        if not await self._is_wanted(ctx):
            await self._end(ctx)
            return
        try:
            said = await live.session(ctx, self.room) == self.session and await self._say(ctx)
        except EffectUnknown:
            async with ctx.transaction() as tx:
                await _post(ctx, tx, self._unclear(ctx))
            return
        if not said:
            await self._end(ctx, self._over())

    async def _is_wanted(self, ctx: ReactionContext) -> bool:
        async with ctx.reading() as tx:
            return await ctx[Announcements].find(tx, self.number) is not None

    async def _say(self, ctx: ReactionContext) -> bool:
        """Whether it was heard: the session may end between the look and the word."""

        async def send() -> bool:
            try:
                await ctx.hms.active_rooms.send_message(self.room.id, self.text, kind="chat")
            except NotFound:
                return False
            return True

        return bool(await ctx.once("announce", self.session, send))

    async def _end(self, ctx: ReactionContext, said: Reply | None = None) -> None:
        async with ctx.transaction() as tx:
            await forget(ctx, tx, self.number)
            if said:
                await _post(ctx, tx, said)

    def _over(self) -> Reply:
        return Reply(
            "The session in {room} is over, so “{text}” is not announced any more (#{number}).",
            room=self.room,
            text=without_keys(self.text),
            number=self.number,
        )

    def _unclear(self, ctx: ReactionContext) -> Reply:
        again = Button("Say it now", Invocation("say", text=self.text, room=self.room))
        return Reply(
            "100ms did not say whether “{text}” was announced in {room}, {moment} (#{number}).",
            room=self.room,
            text=without_keys(self.text),
            moment=ctx.occurrence.moment,
            number=self.number,
            buttons=[again],
        )

    def left_out(self, ctx: ReactionContext) -> Reply:
        """What is said where the bot was away at that moment."""
        return Reply(
            "“{text}” was to be announced in {room}, {moment} (#{number}). "
            "That was {late} ago, so it is left out.",
            room=self.room,
            text=without_keys(self.text),
            moment=ctx.occurrence.moment,
            late=ctx.occurrence.lateness,
            number=self.number,
        )


async def _post(ctx: ReactionContext, tx: AsyncConnection, said: Reply) -> None:
    for place in ctx.cause.places:
        await ctx.show(tx, ctx.occurrence.key, Place(place), said)


async def forget(ctx: Context, tx: AsyncConnection, number: int) -> None:
    """Let an announcement have no next moment."""
    await ctx[Announcements].forget(tx, number)
    await ctx[Timers].cancel(tx, Announcing.kind(), str(number))
