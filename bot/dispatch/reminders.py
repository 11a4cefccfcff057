"""Half its time is up: what still waits in a channel is said once, in one message, in a card's thread.

The message is edited as those of which it speaks are decided, so that its buttons outlive none of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.dispatch import ledger, looking
from bot.dispatch.choices import minutes_left
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.showing import able, thread_of
from bot.reply import Counted, Mention, Message, Reply, ShownButton
from bot.request.request import Request
from bot.work import Job

MOST_SHOWN = 10  # with their buttons; more than that is a list of its own


async def remind(road: Dispatcher, number: int) -> None:
    """Say that a request still waits, and all that wait where it does; who was reminded of is so once."""
    request = await ledger.load(road, number)
    if request is None or not request.waits_for_others or request.reminder:
        return
    await _look_again(road, request.places)
    async with road.db.write() as tx:
        waiting = await _beside(road, tx, request.places)
        if not any(one.id == number for one in waiting):
            return
        oldest = waiting[0]
        await road.requests.reminded(tx, [one.id for one in waiting], oldest.id)
        await _show(road, tx, oldest, waiting)


async def handle(road: Dispatcher, job: Job) -> None:
    """Bring a reminder up to date: what it speaks of was decided, or has changed."""
    async with road.db.write() as tx:
        reminded = await road.requests.in_reminder(tx, job.payload["reminder"])
        if reminded:
            await _show(road, tx, reminded[0], reminded)


async def _look_again(road: Dispatcher, places: tuple[str, ...]) -> None:
    """Nobody is reminded of what is moot."""
    async with road.db.read() as tx:
        rooms = {one.room for one in await _beside(road, tx, places) if one.room}
    for room in sorted(rooms):
        await looking.again(road, room)


async def _beside(road: Dispatcher, tx: AsyncConnection, places: tuple[str, ...]) -> list[Request]:
    """All that wait at these places and were not reminded of, the oldest first."""
    waiting = await road.requests.waiting(tx)
    return [one for one in waiting if one.places == places and one.waits_for_others and not one.reminder]


async def _show(road: Dispatcher, tx: AsyncConnection, oldest: Request, reminded: Sequence[Request]) -> None:
    waiting = [one for one in reminded if one.waits_for_others]
    called = await _called(road, waiting)
    said = _one(road, oldest, called) if len(reminded) == 1 else _several(road, reminded, called)
    several = len(reminded) > 1
    buttons = tuple(each for one in waiting[:MOST_SHOWN] for each in _buttons(road, one, several=several))
    for place in oldest.places:
        key = f"{ledger.REMINDER}:{oldest.id}:{place}"
        message = Message(said, buttons=buttons)
        road.voice.show(tx, key, thread_of(oldest, place), message, request=oldest.id)


async def _called(road: Dispatcher, waiting: Sequence[Request]) -> tuple[Mention, ...]:
    """Whom it calls: the admins who did not ask, else whoever could say yes."""
    askers = {user for one in waiting for user in one.actor.askers}
    there = [user for user in await road.access.admins() if not road.voice.has_left(user)]
    admins = [user for user in there if user not in askers]
    others = [] if admins else [user for one in waiting for user in await able(road, one)]
    return tuple(Mention(user, user) for user in dict.fromkeys(admins or others))


def _one(road: Dispatcher, request: Request, called: tuple[Mention, ...]) -> Reply:
    if not request.waits_for_others:
        return _over(road, request)
    said = Reply("{people}:", people=called) if called else Reply("Half the time is up.")
    asker = request.actor.mention
    return said + Reply("{asker} still needs a second yes:", asker=asker) + _asked(road, request)


def _several(road: Dispatcher, reminded: Sequence[Request], called: tuple[Mention, ...]) -> Reply:
    count = sum(one.waits_for_others for one in reminded)
    if not count:
        said = Reply("Nothing of this waits any more:")
    elif called:
        said = Reply("{people}: {requests} a second yes:", people=called, requests=_requests(count))
    else:
        said = Reply("{requests} a second yes:", requests=_requests(count))
    shown = [*map(partial(_line, road), reminded[:MOST_SHOWN])]
    more = len(reminded) - len(shown)
    rest = [Reply("\nAnd {more} more: `/hms approval list`.", more=more)] if more else []
    return sum([*shown, *rest], start=said)


def _line(road: Dispatcher, request: Request) -> Reply:
    """One of several, with its number, which stands on its no too."""
    number = str(request.id)
    if not request.waits_for_others:
        return Reply("\n#{number}", number=number) + _over(road, request)
    asker = request.actor.mention
    return Reply("\n#{number} {asker}:", number=number, asker=asker) + _asked(road, request)


def _asked(road: Dispatcher, request: Request) -> Reply:
    """What it is about, why, and how long it still waits."""
    question, reason, left = _question(request), request.reason, Reply("{left}.", left=_left(road, request))
    if question and reason:
        return question + Reply("Why: {reason}.", reason=reason) + left
    if question:
        return question + left
    what = _yes(road, request)
    if reason:
        return Reply("{what} ({reason}).", what=what, reason=reason) + left
    return Reply("{what}.", what=what) + left


def _over(road: Dispatcher, request: Request) -> Reply:
    """What it was about, and what became of it."""
    question, state = _question(request), request.state.said()
    if question:
        return question + Reply("It is {state}.", state=state)
    return Reply("{what}: {state}.", what=_yes(road, request), state=state)


def _question(request: Request) -> Reply | None:
    """The question of its card, where the words of its yes name nothing: “Schedule it”."""
    consequence = request.consequence
    return consequence.first() if consequence and "{" not in consequence.button else None


def _buttons(road: Dispatcher, request: Request, *, several: bool) -> tuple[ShownButton, ...]:
    """The yes and the no of its card; of several each no says to which."""
    yes, no = road.cards.choices(request)
    deny = road.cards.plain.text(Reply("Deny #{number}", number=str(request.id)))
    return yes, replace(no, label=deny) if several else no


def _yes(road: Dispatcher, request: Request) -> str:
    return road.cards.choices(request)[0].label


def _requests(count: int) -> Counted:
    return Counted(count, "request still needs", "requests still need")


def _left(road: Dispatcher, request: Request) -> Counted:
    return Counted(minutes_left(road, request), "minute left", "minutes left")
