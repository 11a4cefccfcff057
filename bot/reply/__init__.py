"""What is said, without the place it is said in: replies, their values, the catalogue of sentences."""

from bot.reply.catalogue import Catalogue, Plain, cut, flow, lasting
from bot.reply.changes import NOT_SET, changes, some
from bot.reply.chart import Chart, DataSeries, OpenDay, week_chart
from bot.reply.file import File, spreadsheet
from bot.reply.invocation import Invocation
from bot.reply.message import Message, Place, ShownRow
from bot.reply.reply import Button, Reply, Row, ShownButton, Undo
from bot.reply.stakes import LIVE_STREAM, RECORDING, STREAM, Stakes, what_runs
from bot.reply.table import Table, on_page
from bot.reply.values import (
    Channel,
    Code,
    Counted,
    Day,
    Either,
    KeptWords,
    Link,
    Mention,
    Name,
    Phrase,
    Secret,
    Term,
    TimeOfDay,
    plain,
    roughly,
)

__all__ = [
    "LIVE_STREAM",
    "NOT_SET",
    "RECORDING",
    "STREAM",
    "Button",
    "Catalogue",
    "Channel",
    "Chart",
    "Code",
    "Counted",
    "DataSeries",
    "Day",
    "Either",
    "File",
    "Invocation",
    "KeptWords",
    "Link",
    "Mention",
    "Message",
    "Name",
    "OpenDay",
    "Phrase",
    "Place",
    "Plain",
    "Reply",
    "Row",
    "Secret",
    "ShownButton",
    "ShownRow",
    "Stakes",
    "Table",
    "Term",
    "TimeOfDay",
    "Undo",
    "changes",
    "cut",
    "flow",
    "lasting",
    "on_page",
    "plain",
    "roughly",
    "some",
    "spreadsheet",
    "week_chart",
    "what_runs",
]
