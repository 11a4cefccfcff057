"""What a line typed at a shell is answered with."""

from collections.abc import Mapping
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.ports import Voice
from bot.dispatch.taking import Delivered, at_once
from bot.people import Actor
from bot.reply import Message, Place, Reply
from bot.request.request import Origin


class ShellVoice:
    """Keeps what is said privately for the one who typed; what others read is said by the voice behind it."""

    def __init__(self) -> None:
        self.heard: list[Message] = []

    def before(self, other: Voice) -> Self:
        """Stand before another voice."""
        self._other = other
        return self

    async def actor(self, who: str) -> Actor:
        """Who this is, as Slack says."""
        return await self._other.actor(who)

    async def reaches(self, channel: str) -> bool:
        """Whether the bot can post to the channel."""
        return await self._other.reaches(channel)

    async def answer(self, origin: Origin, who: str, message: Message) -> None:
        """Hear what the line is answered with; what concerns somebody else is said to them."""
        if origin.door == "shell":
            self.heard.append(message)
        else:
            await self._other.answer(origin, who, message)

    async def ack(self, reply: Reply | None = None) -> Delivered:
        """Nobody waits for an ack at a shell; what other doors say in it is heard like an answer."""
        if reply:
            self.heard.append(Message(reply, failed=True))
        return at_once()

    def has_left(self, who: str) -> bool:
        """As the voice behind it knows."""
        return self._other.has_left(who)

    async def pressed(self, tx: AsyncConnection, origin: Origin, token: str) -> None:
        """As above: nothing is pressed at a shell."""
        await self._other.pressed(tx, origin, token)

    def clicked(self, origin: Origin, who: str) -> None:
        """A shell has no buttons: what was pressed stands elsewhere."""
        self._other.clicked(origin, who)

    async def form(
        self,
        origin: Origin,  # noqa: ARG002 -- the port's shape; a shell has no forms
        who: str,  # noqa: ARG002
        trigger: str,  # noqa: ARG002
        words: str,
        values: Mapping[str, Any],  # noqa: ARG002
        problem: Reply | None,
    ) -> None:
        """Say what is missing, and where to read how it is written."""
        usage = Reply("See `/hms help {words}`.", words=words)
        self.heard.append(Message(problem + usage if problem else usage, failed=True))

    def show(
        self, tx: AsyncConnection, key: str, place: Place, message: Message, *, request: int = 0
    ) -> None:
        """Post what others see, or edit it."""
        self._other.show(tx, key, place, message, request=request)
