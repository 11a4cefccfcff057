from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.features.event import cards, history
from bot.features.session import acts
from bot.reply import Reply


class EventTracks(Command):
    """See who turned camera, microphone and screen on and off in a session."""

    level = Level.MODERATOR
    reads = True
    verb = "list tracks"
    examples = ("event tracks", "event tracks standup --session 6501a9f0b2d4e5f60123000f")

    room: RoomRef
    session: Annotated[str, Field(description="Of which session, by its id; else of the newest")] = ""

    async def run(self, ctx: Context) -> Reply:
        past = await acts.find(ctx, self.room, self.session)
        told = await history.happened(ctx, self.room, "tracks", past.session.id)
        if not told.events:
            return Reply(
                "Nobody turned anything on or off in the session {session} of {room}.",
                session=past.session.id,
                room=self.room,
            )
        return cards.in_session(told, past.session.id, self.room, cards.tracks(told), "tracks")
