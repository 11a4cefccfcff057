from typing import Annotated

from pydantic import Field

from bot.command import Command, Duration, Level, Option, Reason, RoomRef, Yes


class EndRoom(Command):
    """End the live session in a room."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    also = ("close",)
    examples = ("end-room standup --lock --reason 'time is up'", "end-room --in 5m")

    room: RoomRef
    reason: Reason = ""
    lock: Annotated[bool, Field(description="Keep the room closed afterwards")] = False
    after: Annotated[Duration | None, Option("in"), Field(description="Wait this long first")] = None
