from typing import Annotated

from bot.command import Command, Days, Hours, Level, LocalDate, Option, RoomRef, Warnings, ZoneName


class Window(Command):
    """Open a room by the clock."""

    level = Level.ADMIN
    examples = (
        "window mon-fri 09:00-17:00 --tz Europe/Rome --warn 10,5,1",
        "window daily 22:00-02:00 --room yoga",
    )

    days: Days
    hours: Hours
    zone: Annotated[ZoneName, Option("tz")] = ""
    warn: Warnings | None = None
    begin: LocalDate | None = None
    room: RoomRef
