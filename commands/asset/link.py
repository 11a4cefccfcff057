from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Duration, Level, RoomRef
from bot.errors import UserError
from bot.features.record import files
from bot.reply import Reply

USUAL = timedelta(hours=2)


class AssetLink(Command):
    """Get a fresh link to a file of a recording, for you alone; that you had it is written down."""

    level = Level.VIEWER
    reads = True
    mints = True
    verb = "get a link to a file"
    examples = (
        "asset link 6504dd00b2d4e5f601230040",
        "asset link 6504dd00b2d4e5f601230040 --ttl 2h --room standup",
    )

    asset: Annotated[str, Field(description="Its id, as asset list shows it")]
    room: RoomRef
    ttl: Annotated[Duration, Field(title="Works for", description="How long the link works, at most 7d")] = (
        USUAL
    )

    async def run(self, ctx: Context) -> Reply:
        if self.ttl > files.LONGEST_LINK:
            wrong = UserError("A link works for {most} at most.", most=files.LONGEST_LINK)
            raise wrong.at("ttl")
        return await files.fresh_link(ctx, self.room, self.asset, self.ttl)
