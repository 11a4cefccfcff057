"""The road of requests: read, asked, access, pin, consequence, whose yes, run, answer."""

from bot.dispatch.cards import Cards
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.parts import PATIENCE, NamesFor, Parts

__all__ = ["PATIENCE", "Cards", "Dispatcher", "NamesFor", "Parts"]
