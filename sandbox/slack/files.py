"""A file as the workspace has it."""

import mimetypes
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class File:
    """One file; ``content`` is None until it was sent, ``shared`` says that its upload is over."""

    id: str
    name: str
    length: int
    at: datetime
    title: str = ""
    content: bytes | None = None
    shared: bool = False

    @property
    def mimetype(self) -> str:
        """What it is, as its name says."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def described(self, user: str) -> dict[str, object]:
        """Give as much of Slack's file object as is known here."""
        return {
            "id": self.id,
            "created": int(self.at.timestamp()),
            "timestamp": int(self.at.timestamp()),
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "user": user,
            "size": self.length,
        }
