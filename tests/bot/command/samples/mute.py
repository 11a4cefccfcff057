from typing import Annotated

from bot.command import Command, Duration, Level, PersonRef, Positional, RoomRef


class Mute(Command):
    """Take somebody's microphone."""

    level = Level.MODERATOR
    examples = ("mute Gus 10m", "mute Gus Miller")

    person: PersonRef
    lasting: Annotated[Duration | None, Positional] = None
    room: RoomRef
