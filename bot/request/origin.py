"""Where something was asked, and how to answer there."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Origin:
    """One asking at one door.

    ``key`` is unique to the asking (Slack's trigger, action or event id), so a redelivery is the same
    request. ``address`` is the door's own way to answer privately (Slack's ``response_url``): good for
    30 minutes, never shown. ``trigger`` opens one form within 3 seconds.
    """

    door: str
    key: str
    channel: str = ""
    thread: str = ""
    address: str = ""
    trigger: str = ""

    def __repr__(self) -> str:
        return f"Origin({self.door!r}, channel={self.channel!r})"

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Origin(**stored)`` reads it."""
        return asdict(self) | {"trigger": ""}
