from typing import Annotated

from pydantic import Field

from bot.command import Command, Level, Yes


class Approve(Command):
    """Say yes to a request."""

    level = Level.MODERATOR
    examples = ("approve 12", "approve 12 --needs second")

    number: Annotated[int, Field(ge=1)]
    needs: Yes = Yes.NONE
