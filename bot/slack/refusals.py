"""Slack's no, read: its word for it, and how long it wants us to wait."""

from collections.abc import Mapping

from slack_sdk.errors import SlackApiError

NOT_THERE = frozenset(
    {"channel_not_found", "not_in_channel", "is_archived", "user_not_in_channel", "user_not_found"}
)
SLACKS_OWN = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
)
# What is wrong with the token is wrong with everything that is asked of Slack.
TOKEN = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
USUAL_WAIT = 1.0


def word(error: SlackApiError) -> str:
    """Slack's code, such as ``not_in_channel``; empty when the answer was not Slack's usual one."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, Mapping) else ""


def is_rate_limit(error: SlackApiError) -> bool:
    """Whether Slack only wants us to come back later; nothing was done."""
    return _status(error) == 429 or word(error) in {"ratelimited", "rate_limited"}


def is_of_the_token(error: SlackApiError) -> bool:
    """Whether Slack refuses us, and not what was asked."""
    return word(error) in TOKEN


def is_lost(error: SlackApiError) -> bool:
    """Whether it may have been done all the same: Slack broke, or something in front of it answered."""
    return _status(error) >= 500 or not word(error) or word(error) in SLACKS_OWN


def wait(error: SlackApiError) -> float:
    """How many seconds Slack asks us to wait."""
    asked = str(getattr(error.response, "headers", {}).get("Retry-After", ""))
    return float(asked) if asked.isdecimal() else USUAL_WAIT


def _status(error: SlackApiError) -> int:
    status = getattr(error.response, "status_code", getattr(error.response, "status", 0))
    return status if isinstance(status, int) else 0
