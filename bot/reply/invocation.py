"""A command as it is stored: its words and its arguments, never the line somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import to_jsonable_python


@dataclass(frozen=True, init=False)
class Invocation:
    """What buttons, schedules and requests carry: ``Invocation("room unlock", room=room)``."""

    command: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def __init__(self, command: str, /, **arguments: object) -> None:
        object.__setattr__(self, "command", command)
        object.__setattr__(self, "arguments", to_jsonable_python(arguments))

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Invocation.load`` reads it."""
        return {"command": self.command, "arguments": dict(self.arguments)}

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Invocation":
        """Read what ``json`` wrote."""
        return cls(stored["command"], **stored["arguments"])
