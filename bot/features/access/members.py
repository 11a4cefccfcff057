"""Who somebody of the workspace is, for commands that speak of another person's rights."""

from bot.command import UserRef
from bot.command.ports import Voice
from bot.people import Actor


class Members:
    """The people of the workspace, as the door knows them now."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    async def actor(self, user: UserRef) -> Actor:
        """Somebody as an actor, with what bars them."""
        return await self._voice.actor(user.id)
