"""Somebody of the Slack workspace."""

import re

from pydantic import BaseModel, ConfigDict

from bot.command.kinds.base import Input, Kind
from bot.errors import UserError
from bot.reply import Mention

_USER = re.compile(r"<@(\w+)(?:\|[^<>]*)?>|([UW][A-Z0-9]+)")


class UserRef(BaseModel):
    """Somebody of the Slack workspace."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str

    def said(self) -> Mention:
        """How a reply shows them."""
        return Mention(self.id, self.id)


class UserKind(Kind):
    """Somebody of the Slack workspace."""

    annotation, form = UserRef, Input.USER

    def read(self, words: str) -> UserRef:
        """Take a mention as Slack sends it, or a bare id."""
        found = _USER.fullmatch(words.strip())
        if not found:
            raise UserError(
                "“{words}” is nobody of this workspace. Type @ and choose the person from the list.",
                words=words,
            )
        return UserRef(id=found[1] or found[2])

    def write(self, value: UserRef) -> str:
        """The mention."""
        return f"<@{value.id}>"

    def word(self, value: UserRef) -> str:
        """Never quoted: a mention in quotes is a text."""
        return self.write(value)
