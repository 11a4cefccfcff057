"""Who reads the page: what texts need to know about them before they can be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo


@dataclass(frozen=True)
class Reader:
    """Handed to whatever draws text, so that names and times are those of the person reading.

    ``now`` is aware; ``zone`` is where the reader lives; ``people`` and ``channels`` map ids to names
    without their ``@`` and ``#``; ``user_id`` is the reader's own.
    """

    now: datetime
    zone: tzinfo = UTC
    user_id: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
