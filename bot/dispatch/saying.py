"""What is said on the road: what a button asks for is written down first, the button carries an opaque id."""

import asyncio
from collections.abc import Awaitable, Coroutine, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.standing import Standing, StandingBook
from bot.hms import ConnectedPeers, missed
from bot.reply import Button, Code, Counted, Message, Place, Reply
from bot.request.book import digest, fresh_token
from bot.request.request import Origin
from bot.store import is_down
from bot.work import Job, Over, Trouble

log = structlog.get_logger()

HOMES = Job("homes", "homes")  # whoever looks at their Home sees what has changed
NO_BUTTONS = Reply("Buttons are missing here, since my database takes no writes. Type it, or ask again soon.")
STOPPED = Reply(
    "hms-bot was stopped before it could take this on, and nothing was done. Ask again if it is needed."
)
WHAT = {
    Trouble.TOKEN: "From {since} to {until} Slack did not accept my token ({why}).",
    Trouble.CONNECTION: (
        "From {since} to {until} Slack did not let me connect ({why}), and nothing reached me."
    ),
    Trouble.DATABASE: "From {since} to {until} nothing could be written to the database ({why}).",
    Trouble.HMS: "From {since} to {until} 100ms did not answer.",
}


def stopped(sentence: str) -> Message:
    """What somebody reads whose line died with its process."""
    about = Reply("It was {line}.", line=Code(f"/hms {sentence}"))
    return Message(STOPPED + about if sentence else STOPPED)


async def tell(  # noqa: PLR0913 -- whatever an answer may be
    road: Dispatcher,
    origin: Origin,
    who: str,
    reply: Reply,
    *,
    public: bool = False,
    failed: bool = False,
    fleeting: bool = False,
    instead: bool = False,
) -> None:
    """Answer somebody where they asked; with ``public`` the channel reads it too.

    With ``instead`` it takes the place of what was pressed, for everybody who reads that.

    A database that takes no writes keeps nobody waiting: then there are no buttons. What is ``fleeting``
    can be hidden.
    """
    token, number = fresh_token(), count()
    if reply.offers() and not await written(road, _offer(road, token, reply.offers())):
        reply = reply.without_buttons() + NO_BUTTONS
    buttons = road.cards.offers(token, reply, number)
    rows = road.cards.rows(token, reply, number)
    if fleeting:
        buttons = (*buttons, road.cards.hides(token))
    said = Message(reply, buttons=buttons, rows=rows, public=public, failed=failed, fleeting=fleeting)
    await road.voice.answer(origin, who, replace(said, replace=instead))


async def page(road: Dispatcher, messages: Sequence[Message]) -> list[Message]:
    """Several messages of one page as they are shown; drawn again as it was, a page keeps nothing new."""
    offers = [offer for message in messages for offer in message.reply.offers()]
    token = digest([offer.json() for offer in offers])
    if offers:
        await _offer(road, token, offers)
    number = count()
    return [
        replace(
            one,
            buttons=road.cards.offers(token, one.reply, number),
            rows=road.cards.rows(token, one.reply, number),
        )
        for one in messages
    ]


async def complete(looking: Awaitable[Reply]) -> Reply:
    """What is said of a look at 100ms, with how much of what it sent is missing in it."""
    with missed() as kinds:
        said = await looking
    for kind, several in kinds.items():
        people = kind == ConnectedPeers.__name__
        left_out = Counted(several, "person", "people") if people else Counted(several, "entry", "entries")
        said += Reply("Left out, since I cannot read what 100ms sent of it: {left_out}.", left_out=left_out)
    return said


async def written(road: Dispatcher, write: Coroutine[Any, Any, object]) -> bool:
    """Whether it was written while somebody may be kept waiting; what takes longer is written after that."""
    writing = asyncio.create_task(write)
    done, _ = await asyncio.wait({writing}, timeout=road.patience)
    if not done:
        road.tasks.spawn(_in_the_end(writing))
        return False
    return await _in_the_end(writing)


async def show(
    road: Dispatcher, tx: AsyncConnection, key: str, place: Place, said: Reply | Message, *, request: int
) -> None:
    """Say something that others read; the same ``key`` at the same place edits it.

    With a button that goes once it was done it is the last that is said by its key.
    """
    token, card = fresh_token(), said if isinstance(said, Message) else Message(said)
    buttons = card.reply.all_buttons()
    if buttons:
        await road.requests.offer(tx, token, buttons, road.clock())
    once = next((button.invocation for button in buttons if button.once), None)
    if once:
        room = road.registry.load(once).in_room
        await road.books[StandingBook].put(tx, Standing(key, place.channel, room, card.reply, request))
    message = replace(card, buttons=road.cards.offers(token, card.reply))
    road.voice.show(tx, f"{key}:{place.channel}", place, message, request=request)
    await asyncio.sleep(0)  # to draw many cards one after the other would hold up acks


async def is_over(road: Dispatcher, over: Over) -> None:
    """Trouble of the whole bot is over: write to every admin what it was, and that nothing was lost."""
    what = Reply(WHAT[over.trouble], since=over.since, until=over.until, why=Code(over.why))
    said = what + Reply("It works again. What I had taken on before was kept, and goes on now.")
    for admin in await road.access.admins():
        async with road.db.write() as tx:
            key = f"trouble:{over.trouble}:{over.since.isoformat()}"
            await show(road, tx, key, Place(admin), said, request=0)


async def _offer(road: Dispatcher, token: str, offers: Sequence[Button]) -> None:
    async with road.db.write() as tx:
        await road.requests.offer(tx, token, offers, road.clock())


async def _in_the_end(writing: "asyncio.Task[object]") -> bool:
    try:
        await writing
    except Exception as error:
        if not is_down(error):
            raise
        log.warning("something beside an answer was not written", exc_info=True)
        return False
    return True
