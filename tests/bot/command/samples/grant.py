from typing import Literal

from bot.command import Command, Level, RoomRef, UserRef


class Grant(Command):
    """Give somebody a level."""

    level = Level.ADMIN
    examples = ("grant @max moderator", "grant @vi viewer --room standup")

    user: UserRef
    rank: Literal["viewer", "moderator", "admin"]
    room: RoomRef | None = None
