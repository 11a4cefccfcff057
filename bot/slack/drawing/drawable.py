"""Whether Slack draws our charts and sorts our tables: where it does not, what is said goes without them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.slack import refusals
from bot.slack.drawing import charts, tables
from bot.slack.remembered import Remembered

log = structlog.get_logger()

T = TypeVar("T")

BELIEVED = timedelta(hours=1)  # for the one workspace that there is
# A view is refused in other words than a message.
NOT_TAKEN = frozenset({"invalid_blocks", "invalid_arguments"})


class BlocksRefused(Exception):  # noqa: N818 - a ``response_url`` says no, and is no method
    """A ``response_url`` does not take the blocks that were posted to it."""


@dataclass(frozen=True)
class Doubtful:
    """A block that not every Slack takes, and a body with something else in its place."""

    block: str
    instead: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    refused: str

    def is_in(self, body: Mapping[str, Any]) -> bool:
        """Whether it would be sent."""
        return any(block["type"] == self.block for block in body.get("blocks", ()))


DOUBTFUL = (  # the newest first
    Doubtful(tables.BLOCK, tables.plain_tables, "Slack sorts no tables: they are plain ones for an hour"),
    Doubtful(
        charts.BLOCK,
        charts.without_charts,
        "Slack takes no charts: what they show is said in words for an hour",
    ),
)


class Drawable:
    """Sends what may hold such blocks; a refusal is believed for an hour, so that not all is sent twice."""

    def __init__(self, clock: Clock) -> None:
        self._refused: Remembered[bool] = Remembered(clock, BELIEVED, len(DOUBTFUL))

    async def sent(self, send: Callable[[Mapping[str, Any]], Awaitable[T]], body: Mapping[str, Any]) -> T:
        """Send a body, and again without what may have been refused, one by one. Raises as ``send`` does."""
        body = self._known_to_be_taken(body)
        suspected: Doubtful | None = None
        for one in (each for each in DOUBTFUL if each.is_in(body)):
            try:
                return await send(body)
            except (SlackApiError, BlocksRefused) as error:
                if isinstance(error, SlackApiError) and refusals.word(error) not in NOT_TAKEN:
                    raise
                self._believe(one, suspected)
            suspected, body = one, one.instead(body)
        return await send(body)

    def _known_to_be_taken(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """A body without what was refused within the hour."""
        for one in DOUBTFUL:
            if self._refused.get(one.block) and one.is_in(body):
                body = one.instead(body)
        return body

    def _believe(self, refused: Doubtful, suspected: Doubtful | None) -> None:
        """Remember a refusal before it goes again: that may be put off, and must not begin with it anew.

        What was taken out before that was not to blame, or is found out another time.
        """
        if suspected:
            self._refused.put(suspected.block, value=False)
        self._refused.put(refused.block, value=True)
        log.warning(refused.refused)
