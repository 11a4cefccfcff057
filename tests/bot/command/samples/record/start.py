from bot.command import Command, Level, RoomRef


class RecordStart(Command):
    """Start a recording."""

    level = Level.MODERATOR
    examples = ("record start", "record start standup --destination s3")

    room: RoomRef
    destination: str = ""
