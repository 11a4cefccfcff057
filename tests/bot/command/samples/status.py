from bot.command import Command, Level, RoomRef


class Status(Command):
    """See what goes on in a room."""

    level = Level.VIEWER
    reads = True
    also = ("",)
    examples = ("status", "status standup")

    room: RoomRef
