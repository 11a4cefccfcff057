"""What is said, without the place it is said in: replies, their values, the catalogue of sentences."""

from bot.reply.catalogue import Catalogue, Plain, lasting
from bot.reply.invocation import Invocation
from bot.reply.message import Message, Place, ShownRow
from bot.reply.reply import Button, Reply, Row, ShownButton, Table, Undo
from bot.reply.stakes import Stakes, changes
from bot.reply.values import Channel, Code, Counted, Day, KeptWords, Mention, Term, plain

__all__ = [
    "Button",
    "Catalogue",
    "Channel",
    "Code",
    "Counted",
    "Day",
    "Invocation",
    "KeptWords",
    "Mention",
    "Message",
    "Place",
    "Plain",
    "Reply",
    "Row",
    "ShownButton",
    "ShownRow",
    "Stakes",
    "Table",
    "Term",
    "Undo",
    "changes",
    "lasting",
    "plain",
]
