from typing import Annotated

from bot.command import Command, Level, Rest, Time


class Once(Command):
    """Run a line at a moment."""

    level = Level.ADMIN
    examples = ("once 18:00 end-room --lock", "once 'tomorrow 09:00' say Good morning")

    when: Time
    line: Annotated[str, Rest]
