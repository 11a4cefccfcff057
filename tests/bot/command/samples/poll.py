from typing import Annotated

from bot.command import Command, Level, Option, RoomRef, Time


class Poll(Command):
    """Ask the people in a room."""

    level = Level.MODERATOR
    examples = ('poll "Tea?" yes "not now"', "poll Tea? yes no --warn 10,5 --until tomorrow 09:00")

    question: str
    answers: list[str]
    room: RoomRef
    anonymous: bool = True
    warn: Annotated[tuple[str, ...], Option("warn")] = ()
    until: Time | None = None
