from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.slack.page.dates import clock, day, formatted, in_full
from sandbox.slack.page.reader import Reader

NOW = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
LONDON = Reader(now=NOW, zone=ZoneInfo("Europe/London"))
KOLKATA = Reader(now=NOW, zone=ZoneInfo("Asia/Kolkata"))


@pytest.mark.parametrize(
    ("token", "text"),
    [
        ("{date_num}", "2026-03-09"),
        ("{date_slash}", "09/03/2026"),
        ("{date}", "March 9th"),
        ("{date_pretty}", "Today"),
        ("{date_short}", "Mar 9, 2026"),
        ("{date_short_pretty}", "Today"),
        ("{date_long}", "Monday, March 9th, 2026"),
        ("{date_long_full}", "March 9, 2026"),
        ("{date_long_pretty}", "Today"),
        ("{day_divider_pretty}", "Today"),
        ("{time}", "23:30"),
        ("{time_secs}", "23:30:00"),
        ("{ago}", "Just now"),
    ],
)
def test_every_token_of_slack_is_filled(token: str, text: str) -> None:
    assert formatted(str(int(NOW.timestamp())), token, LONDON) == text


def test_the_zone_is_that_of_whoever_reads() -> None:
    at = str(int(NOW.timestamp()))
    assert formatted(at, "until {date_num} {time}", KOLKATA) == "until 2026-03-10 05:00"


@pytest.mark.parametrize(
    ("away", "pretty", "ago"),
    [
        (timedelta(days=-1), "Yesterday", "1 day ago"),
        (timedelta(days=1), "Tomorrow", "In 1 day"),
        (timedelta(days=2), "March 11th", "In 2 days"),
        (timedelta(days=-400), "February 2nd, 2025", "1 year ago"),
        (timedelta(minutes=-5), "Today", "5 minutes ago"),
    ],
)
def test_days_nearby_have_names(away: timedelta, pretty: str, ago: str) -> None:
    at = str(int((NOW + away).timestamp()))
    assert formatted(at, "{date_pretty}", LONDON) == pretty
    assert formatted(at, "{ago}", LONDON) == ago


@pytest.mark.parametrize(("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (22, "22nd")])
def test_days_are_counted_in_ordinals(number: int, text: str) -> None:
    at = str(int(datetime(2026, 3, number, tzinfo=UTC).timestamp()))
    assert formatted(at, "on {date}", LONDON) == f"on March {text}"


@pytest.mark.parametrize(
    ("timestamp", "template"),
    [("soon", "{time}"), ("1", "{nosuch}"), ("1", "no token"), ("9" * 12, "{time}")],
)
def test_what_cannot_be_formatted_leaves_the_fallback(timestamp: str, template: str) -> None:
    assert formatted(timestamp, template, LONDON) is None


def test_a_message_says_its_time_and_its_day() -> None:
    sent = NOW - timedelta(days=3)
    assert clock(sent, LONDON) == "23:30"
    assert day(sent, LONDON) == "Friday, March 6th"
    assert day(NOW, LONDON) == "Today"
    assert in_full(sent, KOLKATA) == "Saturday, 7 March 2026, 05:00:00"
