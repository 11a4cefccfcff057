"""Opening a form: at once, or by a button where nothing was clicked that could open one."""

import json
from collections.abc import Collection, Mapping
from typing import Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.command import Command, Registry
from bot.command.forms import Sheet, form, laid_out
from bot.dispatch.context import context
from bot.dispatch.dispatcher import Dispatcher
from bot.reply import Message, Reply, ShownButton
from bot.request.request import Origin
from bot.slack import refusals
from bot.slack.drawing import limits
from bot.slack.drawing.form_views import FORM, FormViews
from bot.slack.drawing.render import Drawn

log = structlog.get_logger()

TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})
CLOSED = frozenset({"not_found", "hash_conflict"})


class FormOpening:
    """Opens the forms of commands."""

    def __init__(self, client: AsyncWebClient, registry: Registry, views: FormViews) -> None:
        self._client = client
        self._registry = registry
        self._views = views

    def joins(self, road: Dispatcher) -> None:
        """Take what came into being after it: from now on it is known who and what is there."""
        self._road = road

    async def open(
        self,
        trigger: str,
        origin: Origin,
        who: str,
        words: str,
        values: Mapping[str, Any],
        problem: Reply | None,
    ) -> bool:
        """Show a skeleton at once and fill it then; False when Slack does not show it, or not all of it."""
        shown = form(self._registry.commands[words])
        opened = await self._shown(trigger, shown.title, over=origin.view)
        if opened is None:
            return False
        sheet = await self._sheet(who, origin, words, values)
        said = None if sheet.needed else problem  # what is missing is what is asked for
        return await self.fill(opened, self._views.view(shown, sheet, said, origin))

    async def _shown(self, trigger: str, title: str, *, over: str = "") -> Mapping[str, Any] | None:
        """A skeleton, over an open view where it was pressed there; None when the trigger is too old."""
        show = self._client.views_push if over else self._client.views_open
        try:
            answer = await show(trigger_id=trigger, view=self._views.waiting(title))
        except (SlackClientError, ClientError, TimeoutError) as error:
            _note(error, TOO_LATE)
            return None
        view: Mapping[str, Any] = answer["view"]
        return view

    def offer(self, words: str, values: Mapping[str, Any], problem: Reply | None) -> Message:
        """A message with a button that opens the form: a mention brings no trigger."""
        press = ShownButton("Open the form", _held(words, values))
        return Message(problem or Reply("This needs a little more."), buttons=(press,))

    def body(self, message: Message) -> Drawn:
        """An offer as Slack takes it; its button is the door's own."""
        return self._views.renderer.body(message, press=FORM)

    async def _sheet(self, who: str, origin: Origin, words: str, values: Mapping[str, Any]) -> Sheet:
        """What the form asks of this person here; who is in a room is told to nobody who may not know."""
        command, road = self._registry.commands[words], self._road
        actor = await road.voice.actor(who)

        async def may(room: str) -> bool:
            return (await ctx.rights())(command.level, room).allowed

        async def holding(draft: Command) -> Mapping[str, Any]:
            # Its room is known, or it has none.
            placed = draft.in_room or "room" not in type(draft).model_fields
            return await draft.holding(ctx) if placed and await may(draft.in_room) else {}

        ctx = context(road, actor, origin)
        return await laid_out(command, values, ctx.names.needing(command.level), may, holding)

    async def fill(self, opened: Mapping[str, Any], view: Mapping[str, Any]) -> bool:
        """Show this in an open form from now on; False where that fails."""
        try:
            await self._client.views_update(view_id=opened["id"], hash=opened["hash"], view=dict(view))
        except (SlackClientError, ClientError, TimeoutError) as error:
            return _note(error, CLOSED) in CLOSED  # somebody who closes it has decided otherwise
        return True


def _note(error: Exception, usual: Collection[str]) -> str:
    """Slack's word for why a form is not shown, which is logged unless it is a usual one."""
    why = refusals.word(error) if isinstance(error, SlackApiError) else type(error).__name__
    if why not in usual:
        log.warning("a form could not be shown", reason=why)
    return why


def _held(words: str, values: Mapping[str, Any]) -> str:
    """What the button keeps: as much of what was given as Slack lets a button hold."""
    whole = json.dumps({"words": words, "values": dict(values)})
    return whole if len(whole) <= limits.VALUE else json.dumps({"words": words, "values": {}})
