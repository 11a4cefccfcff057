"""What Prometheus collects."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

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

    def ended(self, command: str, outcome: str) -> None:
        """Count a request that ended: the command's words, the name of the final state."""
        self._requests.labels(command, outcome).inc()

    def acked(self, kind: str, seconds: float) -> None:
        """Record how long an ack took."""
        self._acks.labels(kind).observe(seconds)

    def page(self) -> bytes:
        """Everything counted so far, as Prometheus reads it."""
        return generate_latest(self.registry)
