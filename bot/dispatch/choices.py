"""What somebody can press about a request that waits, where the view is theirs alone."""

from datetime import timedelta

from bot.dispatch import ledger
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.showing import able, thread_of
from bot.people import Actor, Level
from bot.reply import Button, Counted, Either, Invocation, Mention, Message, Place, Reply
from bot.request.advance import decided
from bot.request.facts import Decider
from bot.request.request import Request, State

MOST_NAMED = 5


def withdraws(request: Request) -> Button:
    """Takes it back, for who asked."""
    return Button("Withdraw", Invocation("approval withdraw", number=request.id), alone=True)


def says_why(label: str, request: Request) -> Button:
    """Opens a form of one field: why it is asked for, or why it was denied."""
    return Button(label, Invocation("approval reason", number=request.id, reason=""))


def decides(road: Dispatcher, request: Request) -> tuple[Button, ...]:
    """The yes and the no to the card as it is now: a later one is another question."""
    about = {"number": request.id, "revision": request.revision}
    yes, no = (choice.label for choice in road.cards.choices(request))
    return (
        Button(yes, Invocation("approval approve", **about), alone=True),
        Button(no, Invocation("approval deny", **about), alone=True),
    )


async def asked_again(road: Dispatcher, waits: Request, asker: str) -> Reply:
    """What somebody reads who asks for what waits already: who has it before them, and what they can do."""
    fit = await able(road, waits)
    if asker in waits.actor.askers:
        return await _before(road, waits, buttons=(withdraws(waits), says_why("Add a reason", waits)))
    asked = Reply("{by} asked for that already.", by=waits.actor.mention)
    if asker in fit:
        left = _left(road, waits)
        return asked + Reply("It waits for your yes, {left}.", left=left, buttons=decides(road, waits))
    return asked + await _before(road, waits)


async def not_theirs(road: Dispatcher, request: Request, by: Decider) -> Reply | None:
    """What somebody reads who presses what only others can decide; None where it may be theirs."""
    if by.id in request.actor.askers:
        return _decide(await named(road, request), withdraws(request))
    if by.level >= request.yes.level:
        return None
    fit, takes = await named(road, request), Reply("Only {whom} can do this.", whom=request.yes.level.needed)
    asks = [_asks(road, request, fit[0])] if fit and by.level >= Level.VIEWER else []
    return takes + _decide(fit, *asks)


async def ask(road: Dispatcher, number: int, by: Actor) -> Reply | None:
    """Call somebody who could decide a request, in its card's thread, once; answers why not, if not."""
    request = await ledger.known(road, number)
    fit = await named(road, request)
    places = [place for place in request.places if not Place(place).direct]
    if not fit or not places:
        return decided(request) if request.state is not State.WAITING else _decide(fit)
    said = Reply("{person}: {by} asks you to decide this one.", person=fit[0], by=by.mention)
    async with road.db.write() as tx:
        for place in places:
            key = f"asked for:{request.id}:{place}"
            road.voice.show(tx, key, thread_of(request, place), Message(said), request=request.id)
    return None


async def named(road: Dispatcher, request: Request) -> tuple[Mention, ...]:
    """Some of those who could say yes to it, by name."""
    few = (await able(road, request))[:MOST_NAMED]
    known = [await road.voice.actor(user) for user in few]
    return tuple(Mention(one.id, one.name) for one in known)


def _asks(road: Dispatcher, request: Request, person: Mention) -> Button:
    label = road.cards.plain.text(Reply("Ask {person}", person=person.name))
    return Button(label, Invocation("approval ask", number=request.id))


def _decide(people: tuple[Mention, ...], *buttons: Button) -> Reply:
    if not people:
        return Reply("Nobody who is here now can decide this one.", buttons=buttons)
    if len(people) == 1:
        return Reply("{people} decides this one.", people=people, buttons=buttons)
    return Reply("{people} decide this one.", people=Either(people), buttons=buttons)


async def _before(road: Dispatcher, request: Request, buttons: tuple[Button, ...] = ()) -> Reply:
    people, left = await named(road, request), _left(road, request)
    if not people:
        return Reply("That waits for a yes already, {left}.", left=left, buttons=buttons)
    if len(people) == 1:
        return Reply("{people} has that before them, {left}.", people=people, left=left, buttons=buttons)
    return Reply("{people} have that before them, {left}.", people=Either(people), left=left, buttons=buttons)


def minutes_left(road: Dispatcher, request: Request) -> int:
    """How long it still waits, as one tells it."""
    until = request.expires_at or road.clock()
    return max(1, -((road.clock() - until) // timedelta(minutes=1)))


def _left(road: Dispatcher, request: Request) -> Counted:
    return Counted(minutes_left(road, request), "more minute", "more minutes")
