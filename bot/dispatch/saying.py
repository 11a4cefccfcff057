"""What is said on the road: what a button asks for is written down first, the button carries an opaque id."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.dispatch.dispatcher import Dispatcher
from bot.reply import Code, Message, Place, Reply
from bot.request.book import digest, fresh_token
from bot.request.request import Origin
from bot.work import Job, Over, Trouble

HOMES = Job("homes", "homes")  # whoever looks at their Home sees what has changed
WHAT = {
    Trouble.TOKEN: "From {since} to {until} Slack did not accept my token ({why}).",
    Trouble.CONNECTION: (
        "From {since} to {until} Slack did not let me connect ({why}), and nothing reached me."
    ),
    Trouble.DATABASE: "From {since} to {until} nothing could be written to the database ({why}).",
    Trouble.HMS: "From {since} to {until} 100ms did not answer.",
}


async def tell(
    road: Dispatcher, origin: Origin, who: str, reply: Reply, *, public: bool = False, failed: bool = False
) -> None:
    """Answer somebody where they asked; with ``public`` the channel reads it too."""
    message = replace(await offered(road, reply), public=public, failed=failed)
    await road.voice.answer(origin, who, message)


async def offered(road: Dispatcher, reply: Reply) -> Message:
    """A reply as it is shown, what its buttons ask for kept."""
    token, number = fresh_token(), count()
    if reply.offers():
        async with road.db.write() as tx:
            await road.requests.offer(tx, token, reply.offers(), road.clock())
    buttons = road.cards.offers(token, reply, number)
    return Message(reply, buttons=buttons, rows=road.cards.rows(token, reply, number))


async def page(road: Dispatcher, messages: Sequence[Message]) -> list[Message]:
    """Several messages of one page as they are shown; drawn again as it was, a page keeps nothing new."""
    offers = [offer for message in messages for offer in message.reply.offers()]
    token = digest([offer.json() for offer in offers])
    if offers:
        async with road.db.write() as tx:
            await road.requests.offer(tx, token, offers, road.clock())
    number = count()
    return [
        replace(
            one,
            buttons=road.cards.offers(token, one.reply, number),
            rows=road.cards.rows(token, one.reply, number),
        )
        for one in messages
    ]


async def show(
    road: Dispatcher, tx: AsyncConnection, key: str, place: Place, said: Reply | Message, *, request: int
) -> None:
    """Say something that others read; the same ``key`` at the same place edits it."""
    token, card = fresh_token(), said if isinstance(said, Message) else Message(said)
    if card.reply.all_buttons():
        await road.requests.offer(tx, token, card.reply.all_buttons(), road.clock())
    message = replace(card, buttons=road.cards.offers(token, card.reply))
    road.voice.show(tx, f"{key}:{place.channel}", place, message, request=request)
    await road.work.later(tx, HOMES)
    await asyncio.sleep(0)  # to draw many cards one after the other would hold up acks


async def is_over(road: Dispatcher, over: Over) -> None:
    """Trouble of the whole bot is over: write to every admin what it was, and that nothing was lost."""
    what = Reply(WHAT[over.trouble], since=over.since, until=over.until, why=Code(over.why))
    said = what + Reply("It works again. What I had taken on before was kept, and goes on now.")
    for admin in await road.access.admins():
        async with road.db.write() as tx:
            key = f"trouble:{over.trouble}:{over.since.isoformat()}"
            await show(road, tx, key, Place(admin), said, request=0)
