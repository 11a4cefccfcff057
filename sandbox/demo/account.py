"""What the demo's bot is given to reach the emulated 100ms and the emulated Slack."""

from collections.abc import Mapping

ADMIN = "U0ADA"
# No secrets: they open nothing but this demo, and the bot takes them only for APIs on this machine.
BOT_TOKEN = "xoxb-sandbox-bot"  # noqa: S105 - as above
APP_TOKEN = "xapp-sandbox-app"  # noqa: S105 - as above
ACCESS_KEY = "sandbox-access-key"
SECRET = "sandbox-secret-long-enough-to-sign-with"  # noqa: S105 - as above
SECRET_KEY = "sandbox-key-everybody-may-read-it-opens-it0="  # noqa: S105 - as above


def environment(address: str) -> Mapping[str, str]:
    """The variables that lead a bot to the demo at an address such as ``http://127.0.0.1:8400``."""
    return {
        "SLACK_API_URL": f"{address}/api/",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "HMS_API_URL": f"{address}/v2",
        "HMS_AUTH_URL": f"{address}/v2",
        "HMS_LEGACY_URL": f"{address}/legacy",
        "HMS_ACCESS_KEY": ACCESS_KEY,
        "HMS_SECRET": SECRET,
        "SECRET_KEY": SECRET_KEY,
        "HMS_BOT_ADMINS": ADMIN,
    }
