"""Calls that Slack does not answer as it should, asked for by a test or a demo."""

from collections.abc import Collection
from dataclasses import dataclass, field

ANY = "*"
RESPONSE_URL = "response_url"  # how a fault names what is posted to one: it is no method
UPLOAD_URL = "upload_url"  # likewise


@dataclass
class Fault:
    """What becomes of the next ``left`` calls of ``method`` (in ``channel``), without an end where None.

    They are refused with Slack's word ``error`` and the ``status``; a ``lost`` one is carried out, and only
    its answer never arrives.
    """

    method: str
    error: str
    channel: str | None = None
    status: int = 200
    retry_after: int | None = None
    lost: bool = False
    left: int | None = 1

    def meets(self, method: str, places: Collection[str]) -> bool:
        """Say whether this call, which is about any of ``places``, is one of them."""
        return self.method in {ANY, method} and (self.channel is None or self.channel in places)


@dataclass
class Faults:
    """The faults that wait for their calls, the oldest first."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, method: str, places: Collection[str]) -> Fault | None:
        """Find the fault that this call meets, and count the call."""
        fault = next((each for each in self.waiting if each.meets(method, places)), None)
        if fault is not None and fault.left is not None:
            fault.left -= 1
        self.waiting = [each for each in self.waiting if each.left != 0]
        return fault

    def heal(self, method: str | None = None) -> None:
        """Take back what waits for a method, or everything."""
        self.waiting = [each for each in self.waiting if method not in {None, each.method}]
