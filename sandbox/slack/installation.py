"""The app as the workspace knows it: its ids, its secrets, and what its manifest asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from sandbox.slack.people import BOT, TEAM

MANIFEST = Path(__file__).with_name("app_manifest.yml")  # a link to the one that people paste
APP_SCOPES = frozenset({"connections:write"})


def _asked() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return manifest


BOT_SCOPES = frozenset(_asked()["oauth_config"]["scopes"]["bot"])
BOT_EVENTS = frozenset(_asked()["settings"]["event_subscriptions"]["bot_events"])
_TAB = _asked()["features"]["app_home"]
TYPED_TO = _TAB["messages_tab_enabled"] and not _TAB["messages_tab_read_only_enabled"]
# Any of these is enough to be told of an event; what is not here needs none.
EVENT_SCOPES = {
    "app_mention": {"app_mentions:read"},
    "channel_archive": {"channels:read"},
    "channel_id_changed": {"channels:read", "groups:read"},
    "channel_unarchive": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.im": {"im:history"},
}


@dataclass(frozen=True)
class Installation:
    """Everything that was settled when the app was installed."""

    signing_secret: str = field(repr=False)
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    team: str = TEAM
    team_domain: str = "hms"
    team_name: str = "HMS"
    command: str = "/hms"
    scopes: frozenset[str] = BOT_SCOPES
    events: frozenset[str] = BOT_EVENTS
    app_id: str = "A0HMS"
    bot_id: str = "B0HMS"
    bot_user: str = BOT.id
    typed_to: bool = TYPED_TO  # whether people may write to it in its messages tab

    def hears(self, event: Mapping[str, Any]) -> bool:
        """Say whether the app has subscribed to what happened, and may know of it.

        A message is subscribed to by the kind of place where it stands: ``message.im``.
        """
        kind = event["type"]
        name = f"message.{event.get('channel_type')}" if kind == "message" else kind
        needed = EVENT_SCOPES.get(name)
        return name in self.events and (needed is None or bool(needed & self.scopes))
