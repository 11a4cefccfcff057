"""A trunk: the telephone company over which a room calls out."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Trunk:
    """What is known of one trunk."""

    id: str
    username: str
    password: str = field(repr=False)
    address: str
    caller: str
