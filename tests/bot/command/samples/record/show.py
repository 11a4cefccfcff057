from bot.command import Command, Level, RoomRef


class RecordShow(Command):
    """See what is being recorded."""

    level = Level.VIEWER
    reads = True
    examples = ("record", "record show standup")

    room: RoomRef
