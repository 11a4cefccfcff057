from typing import Annotated

from pydantic import Field

from bot.command import Chips, Command, Context, Level, Or, PersonRef, Reason, RoleName, RoomRef, Yes
from bot.command.identity import claiming, connections
from bot.features.person import acts
from bot.features.room import live
from bot.reply import Reply, Term


class Remove(Command):
    """Take somebody out of a live session."""

    level = Level.MODERATOR
    yes = Yes.SECOND
    also = ("kick",)
    examples = ("remove Gus spamming the chat", "remove --role guest --reason 'the lesson begins'")

    person: Annotated[PersonRef | None, Or("role")] = None
    reason: Annotated[Reason, Chips(Term("spamming"), Term("shouting"), Term("not invited"))]
    room: RoomRef
    role: Annotated[RoleName, Field(description="Everybody with this role instead of one person")] = ""

    async def consequence(self, ctx: Context) -> Reply:
        now = await live.look(ctx, self.room)
        return await self._one(ctx, now, self.person) if self.person else self._all(now)

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
        return Reply("Removed {person} from {room}.", person=self.person, room=self.room)

    async def _one(self, ctx: Context, now: live.Live, person: PersonRef) -> Reply:
        there = connections(person, now.here)
        if not there:
            raise acts.gone(self.room, person)
        removes = Reply(
            "Removes {person} from {room}. They could come back in.",
            button="Remove {person}",
            stakes=now.stakes(await acts.as_they_were(ctx, there)),
            person=person,
            room=self.room,
        )
        quiet = await acts.quiet_role(ctx, self.room, now, there)
        meanwhile = Reply(
            "Until that is decided, {person} sits in the role {role}.", person=person, role=quiet
        )
        others = claiming(person, now.here)
        stay = Reply("Stays, with the same user id: {people}.", people=others)
        return sum((said for said, holds in ((meanwhile, quiet), (stay, others)) if holds), start=removes)

    def _all(self, now: live.Live) -> Reply:
        bulk = acts.with_role(now, self.role)
        if not bulk.hit:
            raise acts.nobody_to_remove(self.room, self.role, bulk)
        said = Reply(
            "Removes {people} from {room}: {names}.",
            button="Remove {people}",
            stakes=now.stakes(bulk.hit),
            people=bulk.people,
            room=self.room,
            names=bulk.hit,
        )
        spared = Reply("Leaves alone {names}: hosts are protected.", names=bulk.spared)
        return said + spared if bulk.spared else said

    async def _remove_all(self, ctx: Context) -> Reply:
        removed, left = await acts.remove_role(ctx, self.room, self.role, self.reason)
        done = Reply("Removed {people} from {room}.", people=removed, room=self.room)
        return done + Reply("{people} had left before.", people=left) if left.number else done
