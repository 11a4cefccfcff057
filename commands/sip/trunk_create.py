from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Sealed, TelephoneNumber, Yes
from bot.features.sip import trunks
from bot.features.sip.book import NamedTrunk
from bot.reply import Reply


class SipTrunkCreate(Command):
    """Make a trunk to call telephones through; its password is kept encrypted and never shown."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    verb = "make trunk"
    examples = (
        "sip trunk-create desk acme … sip.example.com +15550199",
        "sip trunk-create backup acme … sips:backup.example.com:5061 +15550198",
    )

    name: Annotated[str, Field(description="What it is called here, in one word")]
    username: Annotated[str, Field(description="Who you are to the telephone company")]
    password: Annotated[Sealed, Field(description="The password that goes with it")]
    address: Annotated[str, Field(description="The telephone company's server, such as sip.example.com")]
    caller: Annotated[TelephoneNumber, Field(description="The number that is seen to call")]

    async def consequence(self, ctx: Context) -> Reply:
        new = self._trunk(ctx)
        await trunks.check_new(ctx, new)
        return Reply(
            "Make the trunk {name}?",
            button="Make {name}",
            facts=[
                Reply("calls go through {address} as {username}", address=new.address, username=new.username),
                Reply("{caller} is seen to call", caller=new.caller),
                Reply("its password is kept encrypted"),
                Reply("each call through it costs money"),
            ],
            name=new.name,
        )

    async def run(self, ctx: Context) -> Reply:
        new = self._trunk(ctx)
        await trunks.create(ctx, new)
        return Reply(
            "{by} made the trunk {name} ({address}). Call through it: `/hms sip call +15550111`.",
            by=ctx.actor.mention,
            name=new.name,
            address=new.address,
        )

    def _trunk(self, ctx: Context) -> NamedTrunk:
        name, by = self.name.casefold(), ctx.actor.id
        return NamedTrunk(name, "", self.username, self.password, self.address, self.caller, by, ctx.now)
