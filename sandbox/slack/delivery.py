"""How a payload reaches the app, whichever way that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

ACK_SECONDS = 3.0


@dataclass(frozen=True)
class Payload:
    """What the app is told; ``kind`` is Socket Mode's word for it."""

    kind: Literal["slash_commands", "interactive", "events_api"]
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Ack:
    """What the app answered within three seconds, or Slack's word for why it did not.

    ``body`` is what came with the acknowledgement: nothing, the text of a command's answer, or an object.
    ``again`` is False where the app asked not to be sent the same once more.
    """

    error: Literal["operation_timeout", "dispatch_failed"] | None = None
    body: str | Mapping[str, Any] = field(default_factory=dict)
    again: bool = True


class Delivery(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    async def deliver(self, payload: Payload) -> Ack:
        """Hand a payload over and wait for its acknowledgement, three seconds at most.

        Events that are not acknowledged are sent again in the background; nothing else is.
        """


class Nowhere:
    """The delivery of a workspace whose app is not running."""

    async def deliver(self, payload: Payload) -> Ack:  # noqa: ARG002 - the protocol's signature
        """Fail as Slack does when nobody listens."""
        return Ack(error="dispatch_failed")
