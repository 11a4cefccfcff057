"""How far this machine's clock is from Slack's, as the dates of Slack's answers tell."""

from collections import deque
from datetime import timedelta
from email.utils import parsedate_to_datetime
from statistics import median
from types import SimpleNamespace

from aiohttp import ClientSession, TraceConfig, TraceRequestEndParams, TraceRequestStartParams

from bot.clock import Clock

ANSWERS = 10  # one that came late, or from a server of another mind, changes nothing then
FRESH = timedelta(seconds=1)  # an answer that took longer was dated too long ago


class Skew:
    """Ours less Slack's, the median of the last ten answers."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: deque[timedelta] = deque(maxlen=ANSWERS)

    @property
    def known(self) -> timedelta | None:
        """How much our clock is ahead, to about half a second; None before Slack has answered."""
        return median(self._seen) if self._seen else None  # type: ignore[type-var]  # it adds and halves them too

    def heard(self, date: str) -> None:
        """Take note of the ``Date`` of an answer that has just arrived; nonsense is passed over."""
        try:
            theirs = parsedate_to_datetime(date)
        except ValueError:
            return
        if theirs.tzinfo:
            self._seen.append(self._clock() - theirs)

    def forget(self) -> None:
        """Our clock was set: what it was ahead by says nothing any more."""
        self._seen.clear()

    def traced(self) -> TraceConfig:
        """What makes a session of Slack's tell us the dates of its answers."""
        trace = TraceConfig()
        trace.on_request_start.append(self._began)
        trace.on_request_end.append(self._ended)
        return trace

    async def _began(self, _: ClientSession, context: SimpleNamespace, __: TraceRequestStartParams) -> None:
        context.began = self._clock()

    async def _ended(self, _: ClientSession, context: SimpleNamespace, ended: TraceRequestEndParams) -> None:
        if self._clock() - context.began <= FRESH:
            self.heard(ended.response.headers.get("Date", ""))
