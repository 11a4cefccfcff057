"""What Slack takes at most, and cutting to it so that the reader can tell.

Source: Slack docs, block-kit/blocks and chat.update.
"""

import re

BLOCKS = 50
VIEW_BLOCKS = 100  # of a form, and of Home
MESSAGE_TEXT = 12_000  # of all blocks together
TEXT = 3000  # of one text; chat.update takes 4000 beside blocks, so one size fits every way to say it
HEADER = 150
BUTTONS = 25  # in one block
BUTTON_TEXT = 75
OPTIONS = 100
MENU = 5  # options behind three dots
OPTION_TEXT = 75
FORM_TITLE = 24
EXTERNAL_ID = 255
VALUE = 2000
INPUT_TEXT = 3000
LABEL = 2000
OPTION_VALUE = 150
ROWS = 100  # of a data table beside its heading; Slack's pages say this, or twice as many
PAGE = 10  # rows of a data table that are seen at once
COLUMNS = 20
TABLE_TEXT = 10_000
CELL_TEXT = 300
CHARTS = 2  # in a message
CHART_TITLE = 50
CHART_LABEL = 20
SERIES = 6  # or slices; Slack takes twelve by now, of which nobody tells as many apart
CATEGORIES = 20

ELLIPSIS = "…"
HALF_A_TOKEN = re.compile(r"(&\w*|<[^<>]*)$")


def shorten(text: str, limit: int) -> str:
    """Cut words to what fits; an ellipsis says that there were more."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def legible(text: str, limit: int) -> str:
    """Cut words to what fits where Slack refuses a text that shows nothing: that is an ellipsis."""
    return shorten(text, limit) if text.strip() else ELLIPSIS


def shorten_escaped(text: str, limit: int) -> str:
    """Cut escaped text, never through the middle of ``&amp;`` or ``<@U…>``."""
    if len(text) <= limit:
        return text
    return HALF_A_TOKEN.sub("", text[: limit - 1]).rstrip() + ELLIPSIS
