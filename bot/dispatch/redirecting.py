"""What cannot be written where it was to be read goes to people directly, and who asked hears why."""

from functools import partial

from bot.dispatch import ledger, saying
from bot.dispatch.considering import deciders
from bot.dispatch.dispatcher import Dispatcher
from bot.reply import Channel, Code, Mention, Message, Place, Reply
from bot.request.facts import Redirected
from bot.request.request import Request
from bot.work import Handler, Job

KIND = "redirect"


def job_of(request: int, place: str, reason: str) -> Job:
    """The job that brings a request's card from a place that refuses it to somewhere it can be read."""
    payload = {"request": request, "place": place, "reason": reason}
    return Job(KIND, f"{KIND}:{request}:{place}", payload)


def last_arm(request: int, place: str, reason: str) -> Job:
    """The job that says it where it was asked, to whom even direct messages cannot be written."""
    payload = {"request": request, "place": place, "reason": reason, "there": True}
    return Job(KIND, f"{KIND}:{request}:{place}:there", payload)


def handler(road: Dispatcher) -> Handler:
    """Who does it."""
    return partial(_redirect, road)


async def _redirect(road: Dispatcher, job: Job) -> None:
    place, reason = job.payload["place"], job.payload["reason"]
    request = await ledger.load(road, job.payload["request"])
    if request is None:
        return
    if job.payload.get("there"):
        said = Message(_why(place, reason) + _unread(request))
        await road.voice.answer(request.origin, request.actor.accountable, said)
        return
    people = await _readers(road, request, place)
    async with road.db.write() as tx:
        told = _told(request, place, reason)
        await saying.show(
            road,
            tx,
            f"{KIND}:{request.id}:{place}",
            Place(request.actor.accountable),
            told,
            request=request.id,
        )
    await ledger.move(road, request.id, Redirected(place, tuple(people)))


async def _readers(road: Dispatcher, request: Request, place: str) -> list[str]:
    """Who decides it while it waits, else who asked; where they are not reached either, the admins."""
    others, asker = request.waits_for_others, [request.actor.accountable]
    first = await deciders(road, request, request.room, request.yes) if others else asker
    return [who for who in first if who != place] or await road.access.admins()


def _why(place: str, reason: str) -> Reply:
    where = Mention(place, place) if Place(place).person else Channel(place)
    return Reply("Slack does not let me write in {place} ({reason}).", place=where, reason=Code(reason))


def _unread(request: Request) -> Reply:
    return Reply(
        "It opens no direct messages either, so nobody may have read of request {number}. See how it stands: "
        "{line}.",
        number=str(request.id),
        line=Code("/hms approval list"),
    )


def _told(request: Request, place: str, reason: str) -> Reply:
    why = _why(place, reason)
    if request.waits_for_others:
        return why + Reply(
            "#{number} waits for a yes all the same: who can give it has it in direct messages.",
            number=str(request.id),
        )
    return why + Reply("What there is to know of #{number} you read here.", number=str(request.id))
