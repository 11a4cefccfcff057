from collections.abc import Sequence

from bot.command import Command, Context, Level
from bot.features.approval import acts
from bot.reply import Code, Reply
from bot.request.request import Request


class ApprovalList(Command):
    """See what waits for a yes that you could give, and what you asked for yourself."""

    level = Level.MODERATOR
    reads = True
    about_requests = True
    also = ("approvals",)
    examples = ("approval list", "approvals --here")

    async def run(self, ctx: Context) -> Reply:
        waiting, own = await acts.waiting_and_own(ctx)
        if not waiting and not own:
            return Reply("Nothing waits for you.")
        said = await self._mine(ctx, waiting) if waiting else Reply("Nothing waits for you.")
        return said + await self._own(ctx, own) if own else said

    async def _mine(self, ctx: Context, waiting: Sequence[Request]) -> Reply:
        if len(waiting) == 1:
            return Reply("This waits for you:") + acts.card(ctx, waiting[0])
        return Reply(
            "This waits for you. Say yes or no with its number: {yes} or {no}.",
            yes=Code(f"/hms approval approve {waiting[0].id}"),
            no=Code(f"/hms approval deny {waiting[0].id}"),
            table=await acts.listed(ctx, waiting),
            buttons=acts.choices(ctx, waiting),
        )

    async def _own(self, ctx: Context, own: Sequence[Request]) -> Reply:
        return Reply(
            "\nYou asked for this, and others decide it:",
            table=await acts.listed(ctx, own),
            buttons=acts.choices(ctx, own),
        )
