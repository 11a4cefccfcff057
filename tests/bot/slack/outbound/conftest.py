"""Both carriers, for what is posted by jobs."""

from tests.bot.work.carriers import work

__all__ = ["work"]
