"""The key with which somebody sends a picture in over RTMP."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(eq=False, kw_only=True)
class StreamKey:
    """One key; a room has at most one that is enabled."""

    id: str
    key: str = field(repr=False)
    created_at: datetime
    updated_at: datetime
    enabled: bool = True
