from typing import Annotated

from bot.command import Cadence, Command, Level, Rest


class Every(Command):
    """Run a line again and again."""

    level = Level.ADMIN
    examples = ("every 15m say Drink water", "every 'mon-fri 09:00' room unlock")

    when: Cadence
    line: Annotated[str, Rest]
