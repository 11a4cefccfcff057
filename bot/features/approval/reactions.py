"""What becomes of a request for which nobody says yes."""

from bot.command.reaction import Reaction, ReactionContext
from bot.reply import Mention, Place, Reply
from bot.request.request import State
from bot.work import Moment


class Expiry(Reaction):
    """End a request whose time is up: no answer means no."""

    on = Moment("request expiry", counted=True)

    request: int

    async def react(self, ctx: ReactionContext) -> None:
        """Nothing happens to one that was decided in time."""
        await ctx.road.expire(self.request)


class Halftime(Reaction):
    """Name the admins when half the time is up, where a card waits for somebody else."""

    on = Moment("request halftime", counted=True)

    request: int

    async def react(self, ctx: ReactionContext) -> None:
        """Say it where the card stands, once."""
        request = await ctx.road.find(self.request)
        admins = await ctx.access.admins()
        if request is None or request.state is not State.WAITING:
            return
        named = tuple(Mention(user, user) for user in admins if user not in request.actor.askers)
        still = Reply(
            "Request {number} still waits for a yes: {admins}.", number=str(request.id), admins=named
        )
        async with ctx.transaction() as tx:
            for place in request.places if named else ():
                await ctx.show(tx, f"request:{request.id}:halftime", Place(place), still)
