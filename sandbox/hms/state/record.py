"""What was asked of the API, and what goes wrong on purpose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sandbox.hms.wire import Json


@dataclass(frozen=True, kw_only=True)
class RecordedCall:
    """One call as it arrived, without its token."""

    operation: str  # empty when no operation has this method and path
    method: str
    path: str
    query: str
    body: Json
    status: int
    at: datetime
    delay_s: float = 0
    dropped: bool = False


@dataclass(kw_only=True)
class Fault:
    """How the next answers fail.

    With a status or a body the call is answered so and nothing is done. Without either it is carried out, and
    the delay or the drop befalls its answer: the deed is done and whoever asked does not hear of it.
    """

    path: str
    method: str | None = None
    status: int | None = None
    body: Json = None
    headers: Mapping[str, str] | None = None
    delay_s: float = 0
    drop: bool = False
    times: int = 1

    @property
    def replaces(self) -> bool:
        """Whether it answers in place of the API."""
        return self.status is not None or self.body is not None

    def befalls(self, method: str, path: str) -> bool:
        """Tell whether this call is meant; the path may be written with or without its base (`/v2`)."""
        bases = ("", "/v2", "/legacy")
        return (
            self.times > 0
            and self.method in {None, method}
            and any(path.startswith(base + self.path) for base in bases)
        )


class FaultFields(TypedDict, total=False):
    """How a fault looks; all of `Fault` but its path."""

    method: str | None
    status: int | None
    body: Json
    headers: Mapping[str, str] | None
    delay_s: float
    drop: bool
    times: int


SECRET_MEMBERS = frozenset({"credentials", "password", "headers", "rtmp_urls", "rtmpUrls"})


def masked(body: Json) -> Json:
    """Blank out what only its owner may know, for whoever shows a body."""
    if isinstance(body, dict):
        return {name: "***" if name in SECRET_MEMBERS else masked(value) for name, value in body.items()}
    return [masked(each) for each in body] if isinstance(body, list) else body
