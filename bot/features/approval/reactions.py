"""What becomes of a request for which nobody says yes."""

from bot.command.reaction import Reaction, ReactionContext
from bot.work import Moment


class Expiry(Reaction):
    """End a request whose time is up: no answer means no."""

    on = Moment("request expiry", counted=True)

    request: int

    async def react(self, ctx: ReactionContext) -> None:
        """Nothing happens to one that was decided in time."""
        await ctx.road.expire(self.request)


class Halftime(Reaction):
    """Say it again when half the time is up, and name the admins, where a card waits for somebody else."""

    on = Moment("request halftime", counted=True)

    request: int

    async def react(self, ctx: ReactionContext) -> None:
        """Say it in the thread of the card, once for all that wait beside it."""
        await ctx.road.remind(self.request)
