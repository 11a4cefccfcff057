"""Whether Slack draws our charts: where it takes none, what is said goes again without them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.slack import refusals
from bot.slack.drawing.charts import has_charts, without_charts
from bot.slack.remembered import Remembered

log = structlog.get_logger()

T = TypeVar("T")

BELIEVED = timedelta(hours=1)
WHERE = "here"  # there is one workspace
# A view is refused in other words than a message.
NOT_TAKEN = frozenset({"invalid_blocks", "invalid_arguments"})


class BlocksRefused(Exception):  # noqa: N818 - a ``response_url`` says no, and is no method
    """A ``response_url`` does not take the blocks that were posted to it."""


class Drawable:
    """Sends what may hold charts; a refusal is believed for an hour, so that not all is sent twice."""

    def __init__(self, clock: Clock) -> None:
        self._refused: Remembered[bool] = Remembered(clock, BELIEVED, 1)

    async def sent(self, send: Callable[[Mapping[str, Any]], Awaitable[T]], body: Mapping[str, Any]) -> T:
        """Send a body, and once more without its charts where they are refused. Raises as ``send`` does."""
        if not has_charts(body):
            return await send(body)
        if not self._refused.get(WHERE):
            try:
                return await send(body)
            except (SlackApiError, BlocksRefused) as error:
                if isinstance(error, SlackApiError) and refusals.word(error) not in NOT_TAKEN:
                    raise
                # Before it goes again: that may be put off, and must not begin with the chart anew.
                self._refused.put(WHERE, value=True)
                log.warning("Slack takes no charts: what they show is said in words for an hour")
        return await send(without_charts(body))
