"""How long to wait before asking 100ms again.

Plain functions and not stamina: the wait passes through the sleep that tests own, and stamina takes none.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_WAIT = 0.2
DOUBLINGS = 4  # past these a wait has reached the longest
LONGEST_WAIT = 3.0
SPREAD = 0.5  # up to so much of a wait is left to chance, so that many callers do not come back together


def wait_before(repeat: int, asked: float | None, chance: Callable[[], float]) -> float:
    """Decide how many seconds to wait before the given repeat, counted from 0.

    ``asked`` is what 100ms wants us to wait, and never undercut; ``chance`` draws from 0 to 1.
    """
    backoff = min(FIRST_WAIT * 2.0 ** min(repeat, DOUBLINGS), LONGEST_WAIT)
    return max(asked or 0.0, backoff) + backoff * SPREAD * chance()


def asked_wait(header: str | None, words: str, now: datetime) -> float | None:
    """Read how many seconds 100ms asks us to wait: from ``Retry-After``, else from its words.

    Source: RFC 9110, 10.2.3; 100ms docs, webhook replay ("retry after 45 seconds").
    """
    seconds = re.fullmatch(r"\s*(\d{1,6})\s*", header or "") or re.search(r"after (\d{1,6}) seconds?", words)
    if seconds:
        return float(seconds[1])
    return _until(header, now) if header else None


def _until(date: str, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:  # neither seconds nor a date: as good as no header
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)
