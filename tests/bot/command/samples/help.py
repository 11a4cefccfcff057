from typing import Annotated

from bot.command import Command, Level, Positional


class Help(Command):
    """See what you can run."""

    level = Level.ANYBODY
    reads = True
    examples = ("help", "help end-room")

    words: Annotated[str, Positional] = ""
