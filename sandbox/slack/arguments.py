"""What a Web API call was given, from a form, a query or a JSON body alike."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.slack.refusal import Refusal

Json = Mapping[str, Any]
# Sent along by Slack's own client: the first is looked at elsewhere, the second says nothing new here.
EVERYWHERE = frozenset({"token", "team_id"})
TRUE = frozenset({True, "true", "1", "True"})


@dataclass(frozen=True)
class Arguments:
    """The named arguments of one call; a wrong one refuses as Slack does."""

    given: Json

    def only(self, known: frozenset[str]) -> None:
        """Refuse arguments that are not emulated, rather than pass over what they ask for."""
        unknown = sorted(set(self.given) - known - EVERYWHERE)
        if unknown:
            raise Refusal("invalid_arguments", messages=[f"[ERROR] not emulated: {name}" for name in unknown])

    def needed(self, name: str) -> str:
        """Give an argument that the method cannot do without."""
        value = self.text(name)
        if not value:
            raise Refusal("invalid_arguments", messages=[f"[ERROR] missing required field: {name}"])
        return value

    def text(self, name: str) -> str:
        """Give an argument as text, empty where it was left out."""
        value = self.given.get(name)
        return "" if value is None else str(value)

    def optional(self, name: str) -> str | None:
        """Give an argument as text, None where it was left out."""
        return self.text(name) or None

    def flag(self, name: str) -> bool:
        """Give an argument as yes or no."""
        value = self.given.get(name)
        return isinstance(value, str | int) and value in TRUE

    def number(self, name: str, default: int) -> int:
        """Give an argument as a whole number."""
        try:
            return int(self.text(name) or default)
        except ValueError as error:
            raise Refusal("invalid_arguments", messages=[f"[ERROR] must be a number: {name}"]) from error

    def blocks(self) -> Sequence[Json]:
        """Give the blocks, sent as an array or as the JSON text of one."""
        blocks = self.decoded("blocks", "invalid_blocks_format")
        if not isinstance(blocks, list | None):
            raise Refusal("invalid_blocks_format")
        return blocks or ()

    def decoded(self, name: str, otherwise: str) -> object:
        """Give a JSON argument, sent as it is or as JSON text; refuses broken text with ``otherwise``."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise Refusal(otherwise) from error
