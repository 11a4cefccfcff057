from bot.command import Command, Context, Level
from bot.features.sip import trunks
from bot.reply import Button, Counted, Invocation, Mention, Reply, Row


class SipTrunkList(Command):
    """See the trunks to call through; passwords are never shown."""

    level = Level.ADMIN
    reads = True
    verb = "list trunks"
    examples = ("sip trunk-list", "sip trunk-list --here")

    async def run(self, ctx: Context) -> Reply:
        there = await trunks.known(ctx)
        if not there:
            return Reply("There is no trunk to call through. Make one: `/hms sip trunk-create`.")
        rows = [
            Row(
                Reply(
                    "{name} · {address} as {username} · calls from {caller} · made by {by}, {at}",
                    name=one.name,
                    address=one.address,
                    username=one.username,
                    caller=one.caller,
                    by=Mention(one.added_by, one.added_by),
                    at=one.added_at,
                ),
                (Button("Change…", Invocation("sip trunk-edit", name=one.name), form=True),),
            )
            for one in there
        ]
        return Reply("{trunks}:", trunks=Counted(len(there), "trunk", "trunks")).with_rows(rows)
