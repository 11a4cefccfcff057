from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.errors import UserError
from bot.features.session import acts, report
from bot.reply import Reply


class SessionReport(Command):
    """Get the receipt of a session: who was there and how long, what was done, and all of it as a file."""

    level = Level.VIEWER
    reads = True
    verb = "get a report"
    examples = ("session report", "session report 6501a9f0b2d4e5f60123000f --room standup")

    session: Annotated[str, Positional, Field(description="Its id; the newest if none is named")] = ""
    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        past = await acts.find(ctx, self.room, self.session)
        receipt = await acts.receipt(ctx, self.room, past)
        if receipt is None:
            raise UserError(
                "100ms does not say when session {session} of {room} began, so there is no report of it.",
                session=past.session.id,
                room=self.room,
            )
        file = report.attached(receipt)
        follows = Reply("\n{name} has all of it, in UTC.", name=file.name, room=self.room, file=file)
        return report.said(receipt, follows)
