from bot.command import Command, Context, Level
from bot.people import Yes
from bot.reply import Reply
from bot.request.request import Request

MOST = 20  # requests; Slack takes fifty blocks, of which each needs two


class ApprovalList(Command):
    """See what waits for a yes that you could give, and what you asked for yourself."""

    level = Level.MODERATOR
    reads = True
    about_requests = True
    also = ("approvals",)
    examples = ("approval list", "approvals --here")

    async def run(self, ctx: Context) -> Reply:
        waiting, more = await ctx.road.rows(ctx.actor, MOST)
        others_decide = [_others_decide(request, ctx.actor.id) for request, _ in waiting]
        said = Reply("Nothing waits for you.") if all(others_decide) else Reply("This waits for you:")
        if waiting and all(others_decide):
            said += Reply("You asked for this, and others decide it:")
        rows = [row for _, row in waiting]
        return (said + Reply("{requests} more wait.", requests=more) if more else said).with_rows(rows)


def _others_decide(request: Request, who: str) -> bool:
    return request.yes > Yes.ACTOR and who in request.actor.askers
