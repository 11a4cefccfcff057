"""A small file as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class File:
    """Words that are kept better in a file: a calendar, a table for a spreadsheet.

    The ``title`` is filled by the values of the sentence it hangs on; ``kind`` is a media type. With the
    answer to a look it is never written down; in the thread of a post it is, until it is there.
    """

    name: str
    content: str
    title: str
    kind: str = "text/plain"

    @property
    def data(self) -> bytes:
        """What is sent."""
        return self.content.encode()

    def json(self) -> Mapping[str, str]:
        """The same for a program that reads what a shell prints."""
        return {"name": self.name, "kind": self.kind, "content": self.content}

    @classmethod
    def load(cls, stored: Mapping[str, str]) -> Self:
        """Read what ``json`` wrote, and the title beside it."""
        return cls(stored["name"], stored["content"], stored["title"], stored["kind"])
