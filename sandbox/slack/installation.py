"""The app as the workspace knows it: its ids, its secrets, and what its manifest asks for."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from sandbox.slack.people import BOT, TEAM

MANIFEST = Path(__file__).parents[2] / "app_manifest.yml"
APP_SCOPES = frozenset({"connections:write"})


def _asked() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return manifest


BOT_SCOPES = frozenset(_asked()["oauth_config"]["scopes"]["bot"])
BOT_EVENTS = frozenset(_asked()["settings"]["event_subscriptions"]["bot_events"])


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
