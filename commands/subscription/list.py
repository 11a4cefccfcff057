from bot.command import Command, Context, Level
from bot.features.subscription import acts, cards
from bot.reply import Channel, Counted, Reply


class SubscriptionList(Command):
    """See which channels follow which rooms, this one first."""

    level = Level.VIEWER
    reads = True
    about_requests = True
    verb = "list subscriptions"
    examples = ("subscription list", "subscription list --here")

    async def run(self, ctx: Context) -> Reply:
        found = await acts.seen(ctx)
        if not found:
            return Reply("No channel follows a room of yours. Begin in one: `/hms subscription add`.")
        here, rights = Channel(ctx.origin.channel), await ctx.rights()
        subscriptions = Counted(len(found), "subscription", "subscriptions")
        return Reply("{subscriptions}:", subscriptions=subscriptions).with_rows(
            [cards.row(one, here, acts=rights(Level.MODERATOR, one.room.id).allowed) for one in found]
        )
