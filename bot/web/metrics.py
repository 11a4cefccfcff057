"""What Prometheus collects."""

from contextlib import AbstractContextManager
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

LATENESS_BUCKETS = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 3600, 86_400)
ACK_BUCKETS = (0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0)


class Metrics:
    """What Prometheus collects. A label is a command's word, an outcome or a kind: never a name or an id."""

    content_type = CONTENT_TYPE_PLAIN_0_0_4

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "hms_bot_requests", "Requests that ended", ["command", "outcome"], registry=self.registry
        )
        self._acks = Histogram(
            "hms_bot_ack_seconds",
            "From a payload of Slack's to its ack",
            ["kind"],
            buckets=ACK_BUCKETS,
            registry=self.registry,
        )
        self._lateness = Histogram(
            "hms_bot_moment_lateness_seconds",
            "From a moment until what is to be done then was done",
            ["kind"],
            buckets=LATENESS_BUCKETS,
            registry=self.registry,
        )
        self._due = Gauge(
            "hms_bot_moments_due", "Moments that have come and nobody has taken yet", registry=self.registry
        )
        self._running = Gauge("hms_bot_jobs_running", "Jobs that run now", ["kind"], registry=self.registry)
        self._unknown = Counter(
            "hms_bot_effects_unknown",
            "Calls of which nobody knows whether they were carried out",
            registry=self.registry,
        )
        self._drift = Counter(
            "hms_bot_drift",
            "What was found otherwise than it should be, and was mended or told",
            ["kind"],
            registry=self.registry,
        )

    def ended(self, command: str, outcome: str) -> None:
        """Count a request that ended: the command's words, the name of the final state."""
        self._requests.labels(command, outcome).inc()

    def acked(self, kind: str, seconds: float) -> None:
        """Record how long an ack took."""
        self._acks.labels(kind).observe(seconds)

    def came(self, kind: str, late: timedelta) -> None:
        """Record how late it was that something was done at its moment."""
        self._lateness.labels(kind).observe(late.total_seconds())

    def running(self, kind: str) -> AbstractContextManager[object]:
        """Count a job for as long as it runs."""
        return self._running.labels(kind).track_inprogress()

    def lost(self) -> None:
        """Count a call whose answer was lost."""
        self._unknown.inc()

    def drifted(self, what: str, number: int) -> None:
        """Count what was found otherwise than it should be: moments that were gone, the doors of rooms."""
        self._drift.labels(what).inc(number)

    def due(self, moments: float) -> None:
        """Say how many moments are due; no number where nobody knows."""
        self._due.set(moments)

    def page(self) -> bytes:
        """Everything counted so far, as Prometheus reads it."""
        return generate_latest(self.registry)
