from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.features.session import acts, cards
from bot.reply import Button, Invocation, Reply, on_page

SHOWN = 50


class SessionShow(Command):
    """See one session of a room: who was there and how long, its recordings and its files."""

    level = Level.VIEWER
    reads = True
    verb = "show a session"
    examples = ("session show", "session show 6501a9f0b2d4e5f60123000f")

    session: Annotated[str, Positional, Field(description="Its id; the newest if none is named")] = ""
    room: RoomRef
    page: Annotated[int, Field(description="Which fifty of its people, counted from 1")] = 1

    async def run(self, ctx: Context) -> Reply:
        past = await acts.find(ctx, self.room, self.session)
        shown = on_page(self.page, SHOWN, len(past.people))
        table = cards.people(past.people[shown])
        more = [self._next(past.session.id)] if shown.stop < len(past.people) else []
        return cards.said(past, self.room, ctx.now) + Reply("", table=table, buttons=more)

    def _next(self, session: str) -> Button:
        following = self.model_copy(update={"session": session, "page": self.page + 1})
        return Button("More people", Invocation("session show", **dict(following)))
