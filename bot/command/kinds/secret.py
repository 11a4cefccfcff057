"""A secret that somebody hands over, such as a stream key: read once, sealed, and never shown again."""

from collections.abc import Sequence
from typing import Any

from pydantic import SecretStr

from bot.command.kinds.base import Kind
from bot.command.vault import HIDDEN, Sealed


class SecretKind(Kind):
    """A secret: wherever it would be written there stands ``…``, and a form asks for it again."""

    annotation = Sealed

    def read(self, words: str) -> SecretStr:
        """Take it closed; it is sealed with the command that it is for."""
        return SecretStr(words.strip())

    def write(self, value: Any) -> str:  # noqa: ARG002 -- nothing of it is written
        """What stands for it."""
        return HIDDEN

    def fill(self, value: Any) -> None:
        """Nothing: what a form holds is remembered by others."""

    def among(self, value: Any, *, last: bool) -> Sequence[str]:  # noqa: ARG002 -- as above
        """What stands for it."""
        return [HIDDEN]
