from bot.command import Command, Context, Level
from bot.features.approval import acts
from bot.reply import Code, Reply


class ApprovalList(Command):
    """See what waits for a yes that you could give."""

    level = Level.MODERATOR
    reads = True
    about_requests = True
    also = ("approvals",)
    examples = ("approval list", "approvals --here")

    async def run(self, ctx: Context) -> Reply:
        waiting = await acts.waiting_for(ctx)
        if not waiting:
            return Reply("Nothing waits for you.")
        if len(waiting) == 1:
            return Reply("This waits for you:") + acts.card(ctx, waiting[0])
        return Reply(
            "This waits for you. Say yes or no with its number: {yes} or {no}.",
            yes=Code(f"/hms approval approve {waiting[0].id}"),
            no=Code(f"/hms approval deny {waiting[0].id}"),
            table=await acts.listed(ctx, waiting),
            buttons=acts.choices(ctx, waiting),
        )
