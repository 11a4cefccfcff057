"""Who somebody is, as Slack says; their flags are never older than a minute."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.people import LOCKED_OUT, UNKNOWN, Actor
from bot.reply import Term
from bot.slack import refusals
from bot.slack.remembered import Remembered
from bot.text import storable, visible

log = structlog.get_logger()

FRESH = timedelta(seconds=60)
MOST = 5000


class People:
    """Looks people up; an act needs flags that are fresh, and a no when Slack cannot say."""

    def __init__(self, client: AsyncWebClient, team: str, clock: Clock) -> None:
        self._client = client
        self._team = team
        self._known: Remembered[Actor] = Remembered(clock, FRESH, MOST)

    async def actor(self, who: str) -> Actor:
        """The person with this Slack id; ``barred`` is UNKNOWN when Slack cannot say."""
        known = self._known.get(who)
        if known:
            return known
        try:
            answer = await self._client.users_info(user=who)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("somebody could not be looked up", reason=_reason(error))
            ours = isinstance(error, SlackApiError) and refusals.is_of_the_token(error)
            return Actor(who, who, barred=LOCKED_OUT if ours else UNKNOWN)
        return self._known.put(who, actor(storable(answer["user"]), self._team))

    def has_left(self, who: str) -> bool:
        """Whether somebody is barred, as far as was asked within the last minute."""
        known = self._known.get(who)
        return known is not None and known.barred is not None


def actor(user: Mapping[str, Any], team: str) -> Actor:
    """Read Slack's user object."""
    profile = user.get("profile", {})
    names = (user.get("real_name"), profile.get("real_name"), profile.get("display_name"), user.get("name"))
    name = next(filter(visible, filter(None, names)), user["id"])
    return Actor(user["id"], name, user.get("tz") or "UTC", barred=barred(user, team))


def barred(user: Mapping[str, Any], team: str) -> Term | None:
    """Why this account may not act whatever was granted, as it goes on after "You are"; None when it may."""
    if user.get("deleted"):
        return Term("deactivated", "is")
    if not _is_of(user, team) or user.get("is_stranger"):
        return Term("from another workspace", "is")
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Term("a guest", "is")
    return Term("a bot", "is") if user.get("is_bot") else None


def _is_of(user: Mapping[str, Any], team: str) -> bool:
    """Whether Slack counts somebody to a workspace; in an organisation they may be of several."""
    return user.get("team_id") == team or team in (user.get("enterprise_user") or {}).get("teams", ())


def _reason(error: Exception) -> str:
    return refusals.word(error) if isinstance(error, SlackApiError) else type(error).__name__
