from asyncio import gather
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.command import Chips, Command, Context, Level, Or, PersonRef, Reason, RoleName, RoomRef, Yes
from bot.command.identity import claiming, connections
from bot.features.person import acts
from bot.features.room import live
from bot.reply import Mention, Reply, Stakes, Term


class Remove(Command):
    """Take somebody out of a live session."""

    level = Level.MODERATOR
    in_session = True
    yes = Yes.SECOND
    by_stakes = True
    also = ("kick",)
    examples = ("remove Gus spamming the chat", "remove --role guest --reason 'the lesson begins'")

    person: Annotated[PersonRef | None, Or("role")] = None
    reason: Annotated[Reason, Chips(Term("spamming"), Term("shouting"), Term("not invited"))]
    room: RoomRef
    role: Annotated[RoleName, Field(description="Everybody with this role instead of one person")] = ""

    async def consequence(self, ctx: Context) -> Reply:
        if self.person is None:
            return self._all(await live.look(ctx, self.room))
        now, _ = await gather(live.look(ctx, self.room), acts.glance(ctx, self.room, self.person))
        return await self._one(ctx, now, self.person)

    def yes_at(self, stakes: Stakes) -> Yes:
        """An admin's for a host, whatever the policy says of others."""
        return Yes.ADMIN if stakes.hit_a_host else Yes.NONE

    async def on_wait(self, ctx: Context) -> None:
        if self.person:
            await acts.quieten(ctx, self.room, self.person)

    async def on_no(self, ctx: Context) -> None:
        await acts.restore(ctx)

    async def run(self, ctx: Context) -> Reply:
        if self.person is None:
            return await self._remove_all(ctx)
        if not await acts.remove(ctx, self.room, self.person, self.reason):
            raise acts.gone(self.room, self.person)
        return Reply(
            "{by} removed {person} from {room}.", by=ctx.actor.mention, person=self.person, room=self.room
        )

    def done_by(self, by: Mention, ago: timedelta, number: str) -> Reply:
        if self.person is None:
            return super().done_by(by, ago, number)
        return Reply(
            "{by} removed {person} from {room} {ago} ago (#{number}).",
            by=by,
            person=self.person,
            room=self.room,
            ago=ago,
            number=number,
        )

    async def _one(self, ctx: Context, now: live.Live, person: PersonRef) -> Reply:
        there = connections(person, now.here)
        if not there:
            raise acts.gone(self.room, person)
        before = await acts.as_they_were(ctx, there)
        stakes = now.stakes(before)
        removes = Reply(
            "Remove {person}, a host, from {room}?" if stakes.hit_a_host else "Remove {person} from {room}?",
            button="Remove {person}",
            facts=[*await acts.described(ctx, self.room, now, before), Reply("could come back in")],
            stakes=stakes,
            person=person,
            room=self.room,
        )
        others = claiming(person, now.here)
        return (
            removes + Reply("Stays, with the same user id: {people}.", people=others) if others else removes
        )

    def _all(self, now: live.Live) -> Reply:
        bulk = acts.with_role(now, self.role)
        if not bulk.hit:
            raise acts.nobody_to_remove(self.room, self.role, bulk)
        said = Reply(
            "Remove {people} from {room}?",
            button="Remove {people}",
            facts=[Reply("everybody with the role {role}", role=self.role), Reply("could come back in")],
            stakes=now.stakes(bulk.hit),
            people=bulk.people,
            room=self.room,
        )
        said += Reply("These: {names}.", names=bulk.hit)
        spared = Reply("Leaves alone {names}: hosts are protected.", names=bulk.spared)
        return said + spared if bulk.spared else said

    async def _remove_all(self, ctx: Context) -> Reply:
        removed, left = await acts.remove_role(ctx, self.room, self.role, self.reason)
        done = Reply(
            "{by} removed {people} from {room}.", by=ctx.actor.mention, people=removed, room=self.room
        )
        return done + Reply("{people} had left before.", people=left) if left.number else done
