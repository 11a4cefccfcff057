"""What people do in 100ms's own apps becomes a case, where 100ms says that somebody there did it.

What came over the API is ours, or that of somebody's server, and nobody did it in an app. Polling hears of
none of this: a look cannot tell who ended a session, or what role somebody had.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.command import PersonRef, RoomRef
from bot.command.reaction import Event, Reaction, ReactionContext
from bot.features.case import acts
from bot.features.case.acts import Deed
from bot.features.event.book import DELIVERIES, Looks
from bot.features.room.cards import unlocks
from bot.reply import Invocation, Name, Reply
from bot.store import JSON
from bot.work import Effects, Moment, Timers
from bot.work.inbox import Inbox

IN_APP = "peer"  # the source of an end that somebody in the room asked for
KICKED = "peer kicked"  # also why everybody left a session that was ended
ENDED, LEFT, JOINED = "room.end.success", "peer.leave.success", "peer.join.success"
LONG_BEFORE = timedelta(hours=1)  # our clock and that of 100ms are never so far apart
SETTLES = timedelta(minutes=15)  # what was not delivered is delivered again after five, and takes its time
LONGEST = timedelta(days=2)  # by then nobody has what still stays missing delivered again


class EndedInApp(Reaction):
    """Somebody ended the session in an app."""

    on = Event("room.end.success")

    room_id: str
    room_name: str = ""
    session_id: str = ""
    user_id: str = ""
    user_name: str = ""
    source: str = ""
    reason: str = ""
    lock_room: bool = False

    async def react(self, ctx: ReactionContext) -> None:
        """Write it down, with what opens the room again where it was locked too."""
        if self.source != IN_APP:
            return
        room, by = RoomRef(id=self.room_id, name=self.room_name), self.user_name or self.user_id
        invocation = Invocation("end-room", room=room, lock=self.lock_room, reason=self.reason)
        deed = Deed(invocation, room, self.session_id, _ended(room, by, lock=self.lock_room), by, self.reason)
        await acts.note(ctx, ctx.occurrence.subject, deed, ctx.occurrence.moment)


class RoleGivenInApp(Reaction):
    """Somebody gave somebody another role in an app; ``role_change_requested_by`` is not there else."""

    on = Event("role.change.success")

    room_id: str
    room_name: str = ""
    session_id: str = ""
    peer_id: str
    user_id: str = ""
    user_name: str = ""
    role: str = ""
    previous_role: str = ""
    role_change_requested_by: str = ""

    async def react(self, ctx: ReactionContext) -> None:
        """Write it down, with who asked for it as the room knows them."""
        if not self.role_change_requested_by:
            return
        room, by = RoomRef(id=self.room_id, name=self.room_name), await self._by(ctx)
        person = PersonRef(peer_id=self.peer_id, user_id=self.user_id, name=self.user_name, role=self.role)
        said = Reply(
            "{by} gave {person} the role {role} in {room}, in the app. Before it was {before}.",
            by=Name(by),
            person=person,
            role=self.role,
            room=room,
            before=self.previous_role,
        )
        invocation = Invocation("role set", person=person, role=self.role, room=room)
        names = {person.key: person.shown}
        deed = Deed(invocation, room, self.session_id, said, by, "", {person.key: self.previous_role}, names)
        await acts.note(ctx, ctx.occurrence.subject, deed, ctx.occurrence.moment)

    async def _by(self, ctx: ReactionContext) -> str:
        """What whoever asked for it is called: 100ms gives their connection."""
        asked_by = self.role_change_requested_by
        if asked_by in {self.peer_id, self.user_id}:
            return self.user_name or asked_by
        async with ctx.reading() as tx:
            told = await ctx[Inbox].told(tx, self.session_id, JOINED, peer_id=asked_by)
        names = [str(one.data.get("user_name") or "") for one in told]
        return next(filter(None, names), asked_by)


class SessionIsOver(Reaction):
    """A session is over: in a while all that is heard of it was heard, and kicks can be told apart."""

    on = Event("session.close.success")

    room_id: str
    room_name: str = ""
    session_id: str

    async def react(self, ctx: ReactionContext) -> None:
        """Wait until what was not delivered has come."""
        room = RoomRef(id=self.room_id, name=self.room_name)
        later = KickedInApp(room=room, session=self.session_id, over=ctx.occurrence.moment)
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, later.timer(self.session_id, ctx.now + SETTLES, ctx.cause))


class KickedInApp(Reaction):
    """Write down whom somebody took out in an app; 100ms does not say who.

    It also says of everybody who was there when a session was ended that they were kicked: that is the end.
    """

    on = Moment("tell kicks apart", counted=True)

    room: RoomRef
    session: str
    over: datetime | None = None  # which a timer of 0.1.0 does not say

    async def react(self, ctx: ReactionContext) -> None:
        """Leave out what came with the end, and what we did ourselves; both must have come for that."""
        if await self._waits(ctx):
            async with ctx.transaction() as tx:
                await ctx[Timers].set(tx, self.timer(self.session, ctx.now + SETTLES, ctx.cause))
            return
        async with ctx.reading() as tx:
            kicks = await ctx[Inbox].told(tx, self.session, LEFT, reason=KICKED)
            ends = await ctx[Inbox].told(tx, self.session, ENDED) if kicks else []
            end = min((one.at for one in ends if one.at), default=None)
            others = [one for one in kicks if not (end and one.at and one.at >= end)]
            peers = [str(one.data.get("peer_id")) for one in others]
            since = min((one.at for one in others if one.at), default=ctx.now) - LONG_BEFORE
            ours = await ctx[Effects].begun(tx, "remove", peers, since) if others else set()
        for kick, peer in zip(others, peers, strict=True):
            if peer not in ours:
                await acts.note(ctx, kick.fact, self._deed(kick.data), kick.at or ctx.now)

    async def _waits(self, ctx: ReactionContext) -> bool:
        """Whether something from before the end is still to be delivered again: after an outage, for long."""
        if self.over is None or ctx.now - self.over > LONGEST:
            return False
        return (await ctx[Looks].last(DELIVERIES)).until < self.over

    def _deed(self, said: Mapping[str, JSON]) -> Deed:
        person = PersonRef(**{name: str(said.get(name) or "") for name in ("peer_id", "user_id", "role")})
        person = person.model_copy(update={"name": str(said.get("user_name") or "")})
        what = Reply(
            "{person} was taken out of {room} in the app. 100ms does not say by whom.",
            person=person,
            room=self.room,
        )
        invocation = Invocation("remove", person=person, room=self.room)
        about = {person.key: person.role}, {person.key: person.shown}
        return Deed(invocation, self.room, self.session, what, "", str(said.get("message") or ""), *about)


def _ended(room: RoomRef, by: str, *, lock: bool) -> Reply:
    if not lock:
        return Reply("{by} ended {room} in the app.", by=Name(by), room=room)
    undo = unlocks(room)
    return Reply("{by} ended {room} in the app and locked it.", by=Name(by), room=room, undo=undo)
