"""``advance``, the only thing that moves a request.

Confirming, approving, running and failing are states of the same request. ``advance`` is pure: it takes a
request and a fact and answers the request as it is then, with what follows. A fact that comes
too late, or from somebody who may not, leaves the request as it was and says so to that person.
"""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.people import Level, Yes
from bot.reply import Mention, Reply
from bot.request.facts import (
    Agreed,
    Decider,
    Denied,
    Expired,
    Fact,
    Failed,
    Finished,
    FollowUp,
    Lost,
    NeedsYes,
    Refused,
    Release,
    Revised,
    Run,
    Show,
    Tell,
    Unopposed,
    Wait,
    Withdrawn,
)
from bot.request.request import Request, State

Moved = tuple["Request", tuple[FollowUp, ...]]


def advance(request: Request, fact: Fact, now: datetime) -> tuple[Request, tuple[FollowUp, ...]]:  # noqa: PLR0911 -- one arm a fact
    """Move a request by one fact; an unchanged ``version`` means that nothing happened."""
    match fact:
        case NeedsYes() | Unopposed() | Refused():
            return _considered(request, fact, now)
        case Agreed():
            return _agreed(request, fact, now)
        case Denied():
            return _denied(request, fact, now)
        case Withdrawn():
            return _withdrawn(request, fact, now)
        case Revised():
            return _revised(request, fact)
        case Expired():
            return _expired(request, now)
        case Finished() | Failed() | Lost():
            return _ran(request, fact, now)
        case _:
            assert_never(fact)


def _considered(request: Request, fact: NeedsYes | Unopposed | Refused, now: datetime) -> Moved:
    if request.state is not State.ASKED:
        return request, ()
    if isinstance(fact, Refused):
        return _end(request, State.REFUSED, now, answer=fact.why), () if fact.said else (Show(),)
    actor = replace(request.actor, name=fact.asker)
    known = replace(
        request,
        actor=actor,
        reason=fact.reason,
        invocation=fact.invocation,
        room=fact.room,
        places=fact.places,
    )
    if isinstance(fact, Unopposed):
        return _to(known, State.RUNNING), (Run(),)
    held = replace(known, consequence=fact.consequence, yes=fact.yes, expires_at=fact.until, revision=1)
    return _to(held, State.WAITING), (Show(), Wait(fact.until))


def _agreed(request: Request, fact: Agreed, now: datetime) -> Moved:
    objection = _late(request, now) or _unfit(request, fact.by, max(request.yes, fact.yes))
    if objection is None and fact.revision != request.revision:
        objection = Reply("This card has changed since. Read it again, then decide.")
    if objection:
        return request, (Tell(objection),)
    decided = replace(_answered_at(request, fact.address), decider=fact.by, decided_at=now)
    return _to(decided, State.RUNNING), (Run(), Show())


def _denied(request: Request, fact: Denied, now: datetime) -> Moved:
    if request.state is State.WAITING and request.yes is Yes.ACTOR and fact.by.id == request.actor.id:
        return _withdrawn(request, Withdrawn(fact.by, address=fact.address), now)
    objection = _late(request, now) or _unfit(request, fact.by, request.yes)
    if objection:
        return request, (Tell(objection),)
    decided = replace(request, decider=fact.by, decided_at=now)
    why = Reply("Reason: {reason}.", reason=fact.why) if fact.why else None
    return _end(decided, State.DENIED, now, answer=why), (Show(), Release())


def _withdrawn(request: Request, fact: Withdrawn, now: datetime) -> Moved:
    if request.state not in {State.ASKED, State.WAITING}:
        return request, (Tell(decided(request)),)
    if fact.by and fact.by.id != request.actor.id and fact.by.level < Level.ADMIN:
        return request, (Tell(Reply("Only {asker} can withdraw this.", asker=_asker(request))),)
    told = _answered_at(request, fact.address)
    ended = _end(replace(told, decider=fact.by), State.WITHDRAWN, now, answer=fact.why)
    return ended, (Show(), Release())


def _revised(request: Request, fact: Revised) -> Moved:
    if request.state is not State.WAITING:
        return request, ()
    revised = replace(
        _answered_at(request, fact.address),
        revision=request.revision + 1,
        consequence=fact.consequence,
        yes=max(request.yes, fact.yes),
        places=fact.places,
    )
    return _to(revised, State.WAITING), (Show(),)


def _expired(request: Request, now: datetime) -> Moved:
    if request.state is not State.WAITING or not _overdue(request, now):
        return request, ()
    return _end(request, State.EXPIRED, now), (Show(), Release())


def _ran(request: Request, fact: Finished | Failed | Lost, now: datetime) -> Moved:
    if request.state is not State.RUNNING:
        return request, ()
    if isinstance(fact, Finished):
        return _end(request, State.DONE, now, answer=fact.answer), (Show(),)
    state = State.FAILED if isinstance(fact, Failed) else State.UNKNOWN
    return _end(request, state, now, answer=fact.why), (Show(),)


def _answered_at(request: Request, address: str) -> Request:
    """The private card of who asked is answered where it was last pressed; nobody else presses one."""
    if not address or request.yes is not Yes.ACTOR:
        return request
    return replace(request, origin=replace(request.origin, address=address))


def _to(request: Request, state: State) -> Request:
    return replace(request, state=state, version=request.version + 1)


def _end(request: Request, state: State, now: datetime, *, answer: Reply | None = None) -> Request:
    return replace(_to(request, state), ended_at=now, answer=answer)


def _overdue(request: Request, now: datetime) -> bool:
    return request.expires_at is not None and now >= request.expires_at


def _late(request: Request, now: datetime) -> Reply | None:
    if request.state is not State.WAITING:
        return decided(request)
    return decided(replace(request, state=State.EXPIRED)) if _overdue(request, now) else None


def _unfit(request: Request, by: Decider, yes: Yes) -> Reply | None:
    """Why this person cannot decide it; None when they can."""
    own = by.id == request.actor.id
    if yes <= Yes.ACTOR:
        return None if own else Reply("Only {asker} can confirm this.", asker=_asker(request))
    if own:
        return Reply(
            "You asked for this, so somebody else decides. Take it back with /hms approval withdraw {id}.",
            id=request.id,
        )
    if by.level < yes.level:
        return Reply("This waits for {whom}, and you are not one here.", whom=whom(yes))
    if by.since is None or by.since > request.asked_at:
        return Reply("You were given that level after this was asked, so somebody else has to decide.")
    return None


def whom(yes: Yes) -> str:
    """Who is being waited for, in words."""
    return {Yes.ADMIN: "an admin", Yes.SECOND: "a second moderator"}.get(yes, "your confirmation")


def _asker(request: Request) -> Mention:
    return Mention(request.actor.id, request.actor.name)


def decided(request: Request) -> Reply:
    """What somebody reads who comes too late."""
    by = request.decider.mention if request.decider else None
    match request.state:
        case State.DENIED:
            return Reply("Already denied by {by}.", by=by)
        case State.EXPIRED:
            return Reply("Nobody decided this in time, so nothing was done. Ask again if it is still needed.")
        case State.WITHDRAWN:
            return Reply("{asker} took this back.", asker=_asker(request))
        case State.REFUSED:
            return Reply("This was refused.")
        case _ if by:
            return Reply("Already decided by {by}.", by=by)
        case _:
            return Reply("This is already under way.")
