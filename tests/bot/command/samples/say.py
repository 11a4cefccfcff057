from typing import Annotated

from bot.command import Command, Level, Option, RoomRef, Sentence


class Say(Command):
    """Say something to the people in a live session."""

    level = Level.MODERATOR
    examples = ("say We start in five minutes", "say Hello --type notice")

    text: Annotated[str, Sentence]
    room: RoomRef
    kind: Annotated[str, Option("type")] = "chat"
