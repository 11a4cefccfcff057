"""A session that is over leaves a receipt in the channels of its room: told at once, made whole once."""

from datetime import datetime, timedelta

from bot.command import RoomRef
from bot.command.reaction import Event, Reaction, ReactionContext
from bot.errors import UserError
from bot.features.session import acts, report
from bot.features.session.receipt import Receipt
from bot.features.subscription import following
from bot.features.subscription.book import Feature
from bot.reply import Button, Invocation, Reply
from bot.work import Moment, Timers

SOON = timedelta(seconds=10)  # 100ms may still call a session running that it has just reported as over
SETTLES = timedelta(minutes=1)  # what it tells of microphones and cameras comes somewhat later
LONGEST = timedelta(minutes=30)  # after that the receipt stays as it is
OLDEST = timedelta(days=1)  # what ended before that is asked for, where anybody wants it


class SessionOver(Reaction):
    """A session has ended, whoever ended it."""

    on = Event("session.close.success")

    room_id: str
    session_id: str
    room_name: str = ""

    async def react(self, ctx: ReactionContext) -> None:
        """Have its receipt shown, unless it ended so long ago that nobody waits for it."""
        ended = ctx.occurrence.moment
        if ctx.now - ended > OLDEST:
            return
        room = RoomRef(id=self.room_id, name=self.room_name)
        shown = ShownReceipt(room=room, session=self.session_id, ended=ended)
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, shown.timer(self.session_id, ctx.now, ctx.cause))


class ShownReceipt(Reaction):
    """Show what is known of a session that ended; once it was ``shown`` only what makes it whole is added."""

    on = Moment("show receipt", counted=True)

    room: RoomRef
    session: str
    ended: datetime
    shown: bool = False

    async def react(self, ctx: ReactionContext) -> None:
        """Look at it as a whole; where nobody is to read it nothing is looked up."""
        room, places = await following.readers(ctx, self.room, Feature.SESSIONS, self.session)
        if not places:
            return
        receipt = await self._known(ctx, room)
        is_last = self._is_last(receipt, ctx.now)
        said = _said(receipt, last=is_last) if is_last or not self.shown else None
        async with ctx.transaction() as tx:
            for place in places if said else ():
                await ctx.show(tx, f"receipt:{self.session}", place, said or Reply(""))
            if not is_last:
                again = self.model_copy(update={"shown": self.shown or receipt is not None})
                await ctx[Timers].set(tx, again.timer(self.session, self._next(ctx.now), ctx.cause))

    async def _known(self, ctx: ReactionContext, room: RoomRef) -> Receipt | None:
        """What there is to tell; None while 100ms says that it goes on, or has no such session."""
        try:
            past = await acts.find(ctx, room, self.session)
        except UserError:
            return None
        return None if past.session.active else await acts.receipt(ctx, room, past)

    def _is_last(self, receipt: Receipt | None, now: datetime) -> bool:
        """Whether nothing is waited for any more; what seems whole at once may lack what comes last."""
        since = now - self.ended
        return since >= LONGEST or (receipt is not None and receipt.is_whole and since >= SETTLES)

    def _next(self, now: datetime) -> datetime:
        """When it is looked at again: each time after twice as long, since some files take long."""
        since = now - self.ended
        if not self.shown and since < SETTLES:
            return now + SOON
        return min(now + max(since, SETTLES), self.ended + LONGEST)


def _said(receipt: Receipt | None, *, last: bool) -> Reply | None:
    """The receipt, if anybody wants to read it; the last one has everybody's times in its thread."""
    if receipt is None or not receipt.is_worth_telling:
        return None
    asks = Invocation("session report", session=receipt.session, room=receipt.room)
    button = Button("Get it as a file", asks)
    if not last:
        return report.said(receipt, Reply("\nTimes below are UTC.", buttons=[button]))
    file = report.attached(receipt)
    below = Reply(
        "\nTimes below are UTC; {name} in the thread has all of them.",
        name=file.name,
        room=receipt.room,
        file=file,
        buttons=[button],
    )
    return report.said(receipt, below)
