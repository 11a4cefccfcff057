"""The Bolt app: which payload goes to which listener."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.connect import SlackConnection
from bot.slack.inbound import shapes
from bot.slack.inbound.listeners import Listeners
from bot.slack.inbound.payloads import MISFIT, Body
from bot.slack.logs import quiet

ANYTHING = re.compile("")


def build(listeners: Listeners, connection: SlackConnection, *, command: str) -> AsyncApp:
    """Make the app for one workspace; what reaches it is trusted, ``SignedHttp`` has checked who sent it.

    A listener does everything before the response: Bolt's other way looks for the ack every 10 ms. Few
    listeners, since Bolt tries one after another.
    """
    who = connection.identity

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=who.team,
            bot_id=who.bot_id,
            bot_user_id=who.user,
            bot_token=connection.client.token,
        )

    app = AsyncApp(
        name="hms-bot",  # else Bolt walks the stack for one, through every source file on it
        client=connection.client,
        authorize=authorize,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        process_before_response=True,
        logger=quiet("bot.slack.bolt"),
    )
    app.command(command)(listeners.command)
    app.action(ANYTHING)(listeners.action)
    app.options(ANYTHING)(listeners.suggestion)
    app.view(ANYTHING)(listeners.submission)
    app.event(ANYTHING)(listeners.event)
    return app


async def taken(
    app: AsyncApp, body: Body, context: Mapping[str, Any], headers: Mapping[str, Any] | None = None
) -> BoltResponse:
    """Hand a payload to the app, as every transport does: Bolt looks into it before any listener can."""
    wrong = shapes.misfit(body)
    read = shapes.stand_in(body) if wrong else shapes.stated(body)
    about = {**context, MISFIT: wrong}
    return await app.async_dispatch(
        AsyncBoltRequest(mode="socket_mode", body=read, headers=dict(headers or {}), context=about)
    )
