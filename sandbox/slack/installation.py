"""The app as the workspace knows it: its ids, its secrets, and what it was allowed."""

from dataclasses import dataclass, field

from sandbox.slack.people import BOT, TEAM

BOT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:read",
        "im:write",
        "users:read",
    }
)
APP_SCOPES = frozenset({"connections:write"})


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
    app_id: str = "A0HMS"
    bot_id: str = "B0HMS"
    bot_user: str = BOT.id
