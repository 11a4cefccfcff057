"""What Slack's libraries log holds no ticket and no traceback that could."""

import logging

import pytest

from bot.slack.logs import quiet


def test_a_ticket_never_reaches_a_log_line(caplog: pytest.LogCaptureFixture) -> None:
    broken = ConnectionError("wss://slack.example/link?ticket=secret")
    quiet("slack_sdk.socket_mode").error(
        "Failed to connect (error: %s); Retrying...", broken, exc_info=broken
    )
    assert "wss://slack.example/link)" in caplog.text
    assert "secret" not in caplog.text


def test_only_what_is_broken_is_logged() -> None:
    assert quiet("slack_sdk.web").level == logging.ERROR
    assert len(quiet("slack_sdk.web").filters) == 1
