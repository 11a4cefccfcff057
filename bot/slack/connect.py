"""The connection to Slack's Web API: one session, checked once, clear about what is wrong."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from multidict import CIMultiDict
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.clock import Clock
from bot.dispatch.awaited import Whom, waiting_for
from bot.errors import UserError
from bot.features.doctor.checks import SKEW
from bot.reply import Term
from bot.settings import proxy_for
from bot.slack import refusals
from bot.slack.logs import quiet
from bot.slack.manifest import SCOPES
from bot.slack.skew import Skew
from bot.work import Trouble, Troubles

log = structlog.get_logger()

TIMEOUT = ClientTimeout(total=10)
WRONG = {
    Trouble.TOKEN: Term("Slack does not accept my token"),
    Trouble.CONNECTION: Term("Slack does not let me connect"),
    Trouble.DATABASE: Term("nothing can be written to the database"),
    Trouble.HMS: Term("100ms does not answer"),
}
PAUSES = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 30.0, 30.0)  # seconds


class SlackTrouble(UserError):  # noqa: N818 -- named as what it is
    """It is Slack that does not work, and not our token."""


@dataclass(frozen=True)
class Identity:
    """Who the bot is to Slack: its workspace, its bot id, and the user it speaks as."""

    team: str
    bot_id: str
    user: str


class ObservedClient(AsyncWebClient):
    """A client that takes note when Slack refuses the bot's token, and when it is good again.

    ``troubles`` is None for the app's token, whose trouble is that of the connection.
    """

    troubles: Troubles | None = None

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Ask as always."""
        try:
            with waiting_for(Whom.SLACK):
                answer = await super().api_call(api_method, **arguments)
        except SlackApiError as error:
            # Of a group message it only means that it was not asked for: that is no trouble of the whole bot.
            if self.troubles and refusals.is_of_the_token(error) and api_method != "conversations.info":
                self.troubles.noticed(Trouble.TOKEN, refusals.word(error))
            raise
        if self.troubles:
            self.troubles.passed(Trouble.TOKEN)
        return answer


@dataclass(frozen=True)
class SlackConnection:
    """The session everything shares. ``client`` waits out rate limits; ``once`` repeats nothing by itself."""

    session: ClientSession
    client: AsyncWebClient
    once: AsyncWebClient
    identity: Identity
    skew: Skew
    troubles: Troubles

    async def time(self) -> datetime | None:
        """What time Slack has, None when it does not say; raises UserError when it does not answer."""
        answer = await asked(self.client, "auth.test", "SLACK_BOT_TOKEN", self.client.base_url)
        said = answer.headers.get("Date")
        return parsedate_to_datetime(said) if said else None

    @property
    def clock_is_off(self) -> bool:
        """Whether this machine's clock is so far from Slack's that signatures may be refused."""
        return abs(self.skew.known or timedelta(0)) > SKEW

    def trouble(self) -> list[Term]:
        """What is not in order, while people can still be told so."""
        known = [WRONG[trouble] for trouble in self.troubles.now]
        return [*known, *([Term("this machine's clock is off")] if self.clock_is_off else [])]

    async def close(self) -> None:
        """Close the session."""
        await self.session.close()


async def connect(
    token: SecretStr,
    api_url: str,
    clock: Clock,
    troubles: Troubles | None = None,
    pauses: Sequence[float] = PAUSES,
) -> SlackConnection:
    """Open the session and ask Slack who we are; raises UserError with one sentence when that fails.

    Slack's own trouble is waited for: so long before each further try.
    """
    skew, troubles = Skew(clock), troubles or Troubles(clock)
    session = ClientSession(timeout=TIMEOUT, trace_configs=[skew.traced()])
    patient = web_client(token, api_url, session, [AsyncRateLimitErrorRetryHandler()], troubles)
    try:
        identity = await _identified(patient, api_url, pauses)
    except UserError:
        await session.close()
        raise
    once = web_client(token, api_url, session, [], troubles)
    return SlackConnection(session, patient, once, identity, skew, troubles)


async def _identified(client: AsyncWebClient, api_url: str, pauses: Sequence[float]) -> Identity:
    for pause in pauses:
        try:
            return await identify(client, api_url)
        except SlackTrouble as trouble:
            log.warning("Slack has trouble of its own", why=str(trouble), seconds=pause)
            await asyncio.sleep(pause)
    return await identify(client, api_url)


def web_client(
    token: SecretStr | None,
    api_url: str,
    session: ClientSession,
    handlers: list[AsyncRetryHandler],
    troubles: Troubles | None = None,
) -> AsyncWebClient:
    """A client on the shared session; connection errors are never retried, since a post could then be two."""
    made = ObservedClient(
        token=token.get_secret_value() if token else None,
        base_url=api_url,
        session=session,
        logger=quiet("slack_sdk.web"),
        retry_handlers=handlers,
    )
    made.troubles = troubles
    made.proxy = proxy_for(api_url)
    return made


async def identify(client: AsyncWebClient, api_url: str) -> Identity:
    """Ask ``auth.test``; raises UserError when the token is wrong, lacks scopes or Slack does not answer."""
    answer = await asked(client, "auth.test", "SLACK_BOT_TOKEN", api_url)
    missing = missing_scopes(CIMultiDict(answer.headers).get("X-OAuth-Scopes", ""))
    if missing:
        raise UserError(
            "SLACK_BOT_TOKEN lacks {missing}. Update the app from app_manifest.yml and install it again.",
            missing=missing,
        )
    if not answer.get("bot_id"):
        raise UserError("SLACK_BOT_TOKEN is not a bot's token. Copy the one that starts with xoxb-.")
    return Identity(answer["team_id"], answer["bot_id"], answer["user_id"])


async def asked(client: AsyncWebClient, method: str, variable: str, api_url: str, **arguments: object) -> Any:
    """Call a method at start; raises UserError that names the variable to mend, or SlackTrouble."""
    try:
        return await client.api_call(method, **arguments)  # type: ignore[arg-type]  # headers, as given by us
    except SlackApiError as error:
        if refusals.is_lost(error) or refusals.is_rate_limit(error):
            raise SlackTrouble(
                "Slack has trouble of its own ({word}). See slack-status.com, and try again later.",
                word=refusals.word(error) or Term("no usable answer"),
            ) from error
        raise UserError(
            "Slack does not accept {variable} ({word}). Copy the token again from api.slack.com/apps.",
            variable=variable,
            word=refusals.word(error) or Term("no usable answer"),
        ) from error
    except (ClientError, TimeoutError) as error:
        raise UserError(
            "Slack cannot be reached at {url}. Check the network, and SLACK_API_URL if it is set.",
            url=api_url,
        ) from error


def missing_scopes(granted: str) -> Sequence[str]:
    """The scopes we need and do not have; none when Slack did not say which we have."""
    held = {scope.strip() for scope in granted.split(",") if scope.strip()}
    return [scope for scope in SCOPES if held and scope not in held]
