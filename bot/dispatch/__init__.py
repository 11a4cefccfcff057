"""The road of requests: read, asked, access, pin, consequence, whose yes, run, answer."""

from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.parts import Parts

__all__ = ["Dispatcher", "Parts"]
