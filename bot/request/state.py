"""Where a request can be."""

from enum import StrEnum


class State(StrEnum):
    """Where a request is; the last seven are final."""

    ASKED = "asked"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    DENIED = "denied"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def final(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self not in {State.ASKED, State.WAITING, State.RUNNING}
