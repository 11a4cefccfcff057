from typing import Annotated

from bot.command import Command, Level, Or, PersonRef, Reason, RoomRef, Yes


class Remove(Command):
    """Take somebody out of a live session."""

    level = Level.MODERATOR
    yes = Yes.SECOND
    also = ("kick",)
    examples = ("remove Gus spamming the chat", "remove --role guest --reason 'the lesson begins'")

    person: Annotated[PersonRef | None, Or("role")] = None
    reason: Reason
    room: RoomRef
    role: str = ""
