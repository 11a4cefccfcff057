"""Times as Slack writes them: ``<!date^…>`` tokens, in the zone of whoever reads."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from sandbox.slack.page.reader import Reader

_HALF_A_YEAR = timedelta(days=183)
_TOKEN = re.compile(r"\{(\w+)\}")
_AGO = (("year", 31_536_000), ("month", 2_592_000), ("day", 86_400), ("hour", 3_600), ("minute", 60))


def formatted(timestamp: str, template: str, reader: Reader) -> str | None:
    """Fill a date template for the reader; None says that Slack would show the fallback.

    ``timestamp`` is in unix seconds. Source: Slack, "Formatting message text", date formatting.
    """
    if not timestamp.isdecimal() or len(timestamp) > 11:
        return None
    tokens = _TOKEN.findall(template)
    if not tokens or not set(tokens) <= _FORMATS.keys():
        return None
    at = datetime.fromtimestamp(int(timestamp), UTC).astimezone(reader.zone)
    text = _TOKEN.sub(lambda token: _FORMATS[token[1]](at, reader.now.astimezone(reader.zone)), template)
    return text[:1].upper() + text[1:] if template.startswith("{") else text


def clock(at: datetime, reader: Reader) -> str:
    """Say when a message was sent, as the short time beside its author."""
    return _time(at.astimezone(reader.zone), reader.now)


def in_full(at: datetime, reader: Reader) -> str:
    """Say a moment so that nothing is left open: for tooltips and whoever cannot see the short time."""
    return f"{at.astimezone(reader.zone):%A, %-d %B %Y, %H:%M:%S}"


def day(at: datetime, reader: Reader) -> str:
    """Head the messages of one day."""
    pretty = _day_divider(at.astimezone(reader.zone), reader.now.astimezone(reader.zone))
    return pretty[:1].upper() + pretty[1:]


def _ordinal(number: int) -> str:
    if number in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _date(at: datetime, now: datetime) -> str:
    near = abs(at - now) < _HALF_A_YEAR
    return f"{at:%B} {_ordinal(at.day)}" + ("" if near else f", {at.year}")


def _date_long(at: datetime, _now: datetime) -> str:
    return f"{at:%A, %B} {_ordinal(at.day)}, {at.year}"


def _date_long_full(at: datetime, _now: datetime) -> str:
    return f"{at:%B} {at.day}, {at.year}"


def _date_short(at: datetime, _now: datetime) -> str:
    return f"{at:%b} {at.day}, {at.year}"


def _date_num(at: datetime, _now: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _date_slash(at: datetime, _now: datetime) -> str:
    return f"{at:%d/%m/%Y}"


def _time(at: datetime, _now: datetime) -> str:
    return f"{at:%H:%M}"


def _time_secs(at: datetime, _now: datetime) -> str:
    return f"{at:%H:%M:%S}"


def _near(at: datetime, now: datetime) -> str | None:
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((at.date() - now.date()).days)


def _pretty(otherwise: Callable[[datetime, datetime], str]) -> Callable[[datetime, datetime], str]:
    return lambda at, now: _near(at, now) or otherwise(at, now)


def _day_divider(at: datetime, now: datetime) -> str:
    long = _date_long(at, now)
    return _near(at, now) or (long.rpartition(",")[0] if at.year == now.year else long)


def _ago(at: datetime, now: datetime) -> str:
    seconds = int((now - at).total_seconds())
    for unit, length in _AGO:
        count = abs(seconds) // length
        if count:
            counted = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"{counted} ago" if seconds > 0 else f"in {counted}"
    return "just now"


_FORMATS: Mapping[str, Callable[[datetime, datetime], str]] = MappingProxyType(
    {
        "ago": _ago,
        "date": _date,
        "date_long": _date_long,
        "date_long_full": _date_long_full,
        "date_long_pretty": _pretty(_date_long),
        "date_num": _date_num,
        "date_pretty": _pretty(_date),
        "date_short": _date_short,
        "date_short_pretty": _pretty(_date_short),
        "date_slash": _date_slash,
        "day_divider_pretty": _day_divider,
        "time": _time,
        "time_secs": _time_secs,
    }
)
