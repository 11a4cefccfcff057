"""A form is tried while it is still open, and then written down: Slack waits for both together."""

from bot.dispatch.considering import TRIED
from bot.dispatch.dispatcher import PATIENCE

SLACK = 3.0  # seconds until it shows an error


def test_the_trial_of_a_form_and_the_write_behind_it_fit_into_what_slack_waits() -> None:
    assert PATIENCE * (TRIED + 1) <= SLACK * 0.9
