"""Private answers with buttons: what a button asks for is kept, the button carries an opaque id."""

from bot.dispatch.cards import offer_buttons
from bot.dispatch.parts import Parts
from bot.reply import Message, Reply
from bot.request.book import fresh_token
from bot.request.request import Origin


class Offering:
    """Says replies privately."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def tell(
        self, origin: Origin, who: str, reply: Reply, *, public: bool = False, failed: bool = False
    ) -> None:
        """Answer somebody where they asked; the commands of its buttons are written down first."""
        token = fresh_token()
        if reply.all_buttons():
            async with self._parts.db.write() as tx:
                now = self._parts.clock()
                await self._parts.requests.offer(tx, token, reply.all_buttons(), now)
        buttons = offer_buttons(token, reply)
        message = Message(reply, buttons=buttons, public=public, failed=failed)
        await self._parts.voice.answer(origin, who, message)
