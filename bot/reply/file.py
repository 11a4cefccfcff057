"""A small file as a value."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    """Words that are kept better in a file: a calendar, a table for a spreadsheet.

    The ``title`` is filled by the values of the sentence it hangs on; ``kind`` is a media type. It goes with
    the answer to a look, and is never written down.
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
