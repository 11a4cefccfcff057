from typing import Annotated

from bot.command import Command, Level, Option, Reason, RoomRef


class Say(Command):
    """Say something to the people in a live session."""

    level = Level.MODERATOR
    examples = ("say We start in five minutes", "say Hello --type notice")

    text: Reason
    room: RoomRef
    kind: Annotated[str, Option("type")] = "chat"
