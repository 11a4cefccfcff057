"""Views in which something is said to one person: what is pressed on Home is answered there."""

from asyncio import Task, sleep, timeout, wait
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.reply import Message
from bot.slack import refusals
from bot.slack.drawing import limits
from bot.slack.drawing.form_views import LAST, FormViews
from bot.slack.remembered import Remembered
from bot.work.tasks import Tasks

log = structlog.get_logger()

TRIGGER = 3.0  # seconds that a trigger is good for
REMEMBERED, MOST = timedelta(minutes=10), 10_000
OURS = "home:"  # what the names of these views begin with; the ids that Slack gives begin otherwise
PAUSES = (0.1, 0.3, 0.6)  # seconds until a view is there that another process is opening
USUAL = frozenset({"not_found", "hash_conflict", "expired_trigger_id", "exchanged_trigger_id"})


class Pages:
    """Opens such views beside the ack, never before it: each has a name of ours, by which it is found."""

    def __init__(self, client: AsyncWebClient, views: FormViews, clock: Clock, tasks: Tasks) -> None:
        self._client = client
        self._views = views
        self._tasks = tasks
        self._begun: Remembered[Task[Any]] = Remembered(clock, REMEMBERED, MOST)

    def begin(self, trigger: str, key: str) -> str:
        """Begin to open one for what was pressed, whose ``key`` is its own; answers its name."""
        name = f"{OURS}{key}"[: limits.EXTERNAL_ID]
        self._begun.put(name, self._tasks.spawn(self._open(trigger, name)))
        return name

    async def say(self, view: str, message: Message, zone: str) -> bool:
        """Say something in an open view, by its name or its id; False where somebody has closed it."""
        last, view = view.startswith(LAST), view.removeprefix(LAST)
        begun = self._begun.get(view)
        if begun:
            await wait({begun})
        said = self._views.page(message, zone, name=view if view.startswith(OURS) else "", last=last)
        for pause in () if begun or not view.startswith(OURS) else PAUSES:
            if await self._update(view, said):
                return True
            await sleep(pause)
        return await self._update(view, said)

    async def _open(self, trigger: str, name: str) -> None:
        try:
            async with timeout(TRIGGER):
                await self._client.views_open(trigger_id=trigger, view=self._views.waiting(name=name))
        except (SlackClientError, ClientError, TimeoutError) as error:
            _note(error)

    async def _update(self, view: str, said: Mapping[str, Any]) -> bool:
        where = {"external_id" if view.startswith(OURS) else "view_id": view}
        try:
            await self._client.views_update(view=dict(said), **where)
        except (SlackClientError, ClientError, TimeoutError) as error:
            _note(error)
            return False
        return True


def _note(error: Exception) -> None:
    """Log why a view is not shown, unless it is closed or was asked for too late."""
    why = refusals.word(error) if isinstance(error, SlackApiError) else type(error).__name__
    if why not in USUAL:
        log.warning("a view could not be shown", reason=why)
