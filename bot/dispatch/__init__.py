"""The road of requests: read, asked, access, pin, consequence, whose yes, run, answer."""

from bot.dispatch.cards import Cards
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.parts import NamesFor, Parts

__all__ = ["Cards", "Dispatcher", "NamesFor", "Parts"]
