from bot.command import Command, Context, Level, RoomRef
from bot.errors import UserError
from bot.features.approval import acts as approvals
from bot.features.room import later, live
from bot.features.room.locks import Lock, Locks
from bot.hms import NotFound
from bot.reply import Reply


class Status(Command):
    """See what goes on in a room, and what waits for you."""

    level = Level.VIEWER
    reads = True
    also = ("",)  # what /hms alone means
    examples = ("status", "status standup")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        said = self._session(await live.find(ctx, self.room, hosts=False))
        if not await self._is_open(ctx):
            said += _locked(await ctx[Locks].of(self.room.id))
        at = await later.planned_end(ctx, self.room)
        if at:
            said += Reply("Its end is planned for {at}.", at=at)
        waiting = await approvals.waiting_for(ctx)
        if not waiting:
            return said
        return said + Reply("This waits for you:", table=await approvals.listed(ctx, waiting))

    async def _is_open(self, ctx: Context) -> bool:
        try:
            return (await ctx.hms.rooms.retrieve(self.room.id)).enabled
        except NotFound as error:
            raise UserError(
                "100ms has no room {room} any more. See which there are: `/hms room list`. "
                "An admin can let this channel speak for another one: `/hms room bind`.",
                room=self.room,
            ) from error

    def _session(self, now: live.Live | None) -> Reply:
        if now is None:
            return Reply("Nobody is in {room}.", room=self.room)
        said = Reply(
            "{people} in {room} since {since}.", people=now.people, room=self.room, since=now.since or ""
        )
        return said + Reply("Running: {running}.", running=now.running) if now.running else said


def _locked(lock: Lock | None) -> Reply:
    if lock is None:
        return Reply("It is locked, but not by /hms: nobody new can come in.")
    said = Reply("It is locked by {by} since {since}.", by=lock.by, since=lock.since)
    if lock.why:
        said += Reply("Why: {why}.", why=lock.why)
    return said + Reply("It stays locked until {until}.", until=lock.until) if lock.until else said
