"""Both carriers for every test of what must happen later."""

from tests.bot.work.carriers import clock, feature, work

__all__ = ["clock", "feature", "work"]
