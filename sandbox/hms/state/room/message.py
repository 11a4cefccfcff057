"""What was said into a room over the API."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message and the people it reached; ``name`` is what one person was called when they heard it."""

    text: str
    type: str
    at: datetime
    peer_id: str = ""
    name: str = ""
    role: str = ""
    reached: tuple[str, ...] = ()

    @property
    def to(self) -> str:
        """Whom it was meant for: a peer's id, a role or everybody."""
        return self.peer_id or self.role or "everybody"

    @property
    def whom(self) -> str:
        """The same for people to read, also when that person has left."""
        return self.name or self.to
