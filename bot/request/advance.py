"""``advance``, the only thing that moves a request.

Confirming, approving, running and failing are states of the same request. ``advance`` is pure: it takes a
request and a fact and answers the request as it is then, with what follows. A fact that comes
too late, or from somebody who may not, leaves the request as it was and says so to that person.

Long because every fact has its arm here, and what is said to whoever brings one too late.
"""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.people import Level, Yes
from bot.reply import Counted, Mention, Phrase, Reply, Term
from bot.request.facts import (
    Agreed,
    Decider,
    Denied,
    Disallowed,
    Expired,
    Fact,
    Failed,
    Faster,
    Finished,
    FollowUp,
    Lost,
    Moot,
    NeedsYes,
    Reasoned,
    Redirected,
    Refused,
    Release,
    Repeated,
    Revised,
    Run,
    Show,
    TakenBack,
    Tell,
    Unacked,
    Unopposed,
    Wait,
    Withdrawn,
)
from bot.request.request import Request, State

Advanced = tuple["Request", tuple[FollowUp, ...]]


def advance(request: Request, fact: Fact, now: datetime) -> tuple[Request, tuple[FollowUp, ...]]:  # noqa: PLR0911 -- one arm a fact
    """Move a request by one fact; an unchanged ``version`` means that nothing happened."""
    match fact:
        case NeedsYes() | Unopposed() | Refused() | Repeated():
            return _considered(request, fact, now)
        case Agreed() | Denied() | Withdrawn() | Reasoned():
            return _decided(request, fact, now)
        case Unacked():
            return _unacked(request, fact, now)
        case Disallowed() | Moot():
            return _called_off(request, fact, now)
        case Revised() | Redirected():
            return _shown_otherwise(request, fact)
        case Expired():
            return _expired(request, now)
        case Finished() | Failed() | Lost() | TakenBack():
            return _ran(request, fact, now)
        case _:
            assert_never(fact)


def _considered(request: Request, fact: NeedsYes | Unopposed | Refused | Repeated, now: datetime) -> Advanced:
    if request.state is not State.ASKED:
        return request, ()
    if isinstance(fact, Repeated):
        return _end(request, State.MOOT, now, answer=fact.why), (Show(),)
    if isinstance(fact, Refused):
        return _end(request, State.REFUSED, now, answer=fact.why), () if fact.said else (Show(),)
    actor = replace(request.actor, name=fact.asker)
    known = replace(
        request,
        actor=actor,
        reason=fact.reason,
        invocation=fact.invocation,
        sentence=fact.sentence or request.sentence,
        room=fact.room,
        places=fact.places,
    )
    if isinstance(fact, Unopposed):
        return _to(known, State.RUNNING), (Run(),)
    held = replace(
        known,
        consequence=fact.consequence,
        yes=fact.yes,
        needed=fact.needed if fact.yes > Yes.ACTOR else 1,
        expires_at=fact.until,
        same=fact.same,
        revision=1,
    )
    return _to(held, State.WAITING), (Show(), Wait(fact.until))


def _decided(request: Request, fact: Agreed | Denied | Withdrawn | Reasoned, now: datetime) -> Advanced:
    match fact:
        case Agreed():
            return _agreed(request, fact, now)
        case Denied():
            return _denied(request, fact, now)
        case Withdrawn():
            return _withdrawn(request, fact, now)
        case Reasoned():
            return _reasoned(request, fact)


def _agreed(request: Request, fact: Agreed, now: datetime) -> Advanced:
    wrong = objection(request, fact, now)
    if wrong:
        return request, (Tell(wrong),)
    yes = max(request.yes, fact.yes)
    deciders = (*(one for one in request.deciders if _unfit(request, one, yes) is None), fact.by)
    earlier = (*request.lapsed, *request.deciders)
    agreed = replace(
        _answered_at(request, fact.address),
        deciders=deciders,
        lapsed=tuple(one for one in earlier if one not in deciders and one.id != fact.by.id),
        decided_at=now,
    )
    if len(agreed.deciders) < agreed.needed:
        return _to(agreed, State.WAITING), (Show(),)
    return _to(agreed, State.RUNNING), (Run(), Show())


def _denied(request: Request, fact: Denied, now: datetime) -> Advanced:
    if request.state is State.WAITING and request.yes is Yes.ACTOR and fact.by.id in request.actor.askers:
        return _withdrawn(request, Withdrawn(fact.by, address=fact.address), now)
    objection = _late(request, now) or _unfit(request, fact.by, request.yes)
    if objection:
        return request, (Tell(objection),)
    decided = replace(request, ended_by=fact.by, decided_at=now)
    return _end(decided, State.DENIED, now, answer=_because(fact.why)), (Show(), Release())


def _withdrawn(request: Request, fact: Withdrawn, now: datetime) -> Advanced:
    if request.state not in {State.ASKED, State.WAITING}:
        return request, (Tell(decided(request)),)
    if fact.by.id not in request.actor.askers and fact.by.level < Level.ADMIN:
        return request, (Tell(Reply("Only {asker} can withdraw this.", asker=request.actor.mention)),)
    told = _answered_at(request, fact.address)
    return _end(replace(told, ended_by=fact.by), State.WITHDRAWN, now), (Show(), Release())


def _reasoned(request: Request, fact: Reasoned) -> Advanced:
    """Words on the card: they change nothing of what a yes is given to."""
    if request.state is State.WAITING and fact.by.id in request.actor.askers:
        more = f"{request.reason}; {fact.why}" if request.reason else fact.why
        return _to(replace(request, reason=more), State.WAITING), (Show(),)
    if request.state is State.WAITING:
        return request, (Tell(Reply("Only {asker} can say why.", asker=request.actor.mention)),)
    if request.state is State.DENIED and request.ended_by and request.ended_by.id == fact.by.id:
        return _to(replace(request, answer=_because(fact.why)), State.DENIED), (Show(),)
    return request, (Tell(decided(request)),)


def _because(why: str) -> Reply | None:
    return Reply("Reason: {reason}.", reason=why) if why else None


def _unacked(request: Request, fact: Unacked, now: datetime) -> Advanced:
    if request.state is not State.ASKED:
        return request, (Tell(decided(request)),)
    return _end(request, State.WITHDRAWN, now, answer=fact.why), ()


def _shown_otherwise(request: Request, fact: Revised | Redirected) -> Advanced:
    return _revised(request, fact) if isinstance(fact, Revised) else _redirected(request, fact)


def _redirected(request: Request, fact: Redirected) -> Advanced:
    if fact.place not in request.places:
        return request, ()
    people = tuple(one for one in fact.people if one not in request.places)
    places = (*(place for place in request.places if place != fact.place), *people)
    return _to(replace(request, places=places), request.state), (Show(),)


def _called_off(request: Request, fact: Disallowed | Moot, now: datetime) -> Advanced:
    """Nobody said no, and nobody can say yes any more: it ends, and says why."""
    if request.state is not State.WAITING:
        return request, (Tell(decided(request)),)
    state = State.MOOT if isinstance(fact, Moot) else State.REFUSED
    called = replace(_answered_at(request, fact.address), ended_by=fact.by)
    ended = _end(called, state, now, answer=_instead(fact.why))
    return ended, (Show(), Release())


def _instead(why: Reply | Faster) -> Reply:
    if isinstance(why, Reply):
        return why + Reply("Nothing was done.")
    return why.did + Reply("Nothing more was done.")


def _revised(request: Request, fact: Revised) -> Advanced:
    if request.state is not State.WAITING:
        return request, ()
    revised = replace(
        _answered_at(request, fact.address),
        revision=request.revision + 1,
        consequence=fact.consequence,
        yes=max(request.yes, fact.yes),
        same=fact.same or request.same,
        deciders=(),
        lapsed=(*request.lapsed, *request.deciders),
        places=fact.places,
    )
    return _to(revised, State.WAITING), (Show(),)


def _expired(request: Request, now: datetime) -> Advanced:
    if request.state is not State.WAITING or not _overdue(request, now):
        return request, ()
    return _end(request, State.EXPIRED, now), (Show(), Release())


def _ran(request: Request, fact: Finished | Failed | Lost | TakenBack, now: datetime) -> Advanced:
    if isinstance(fact, TakenBack):
        return _undone(request, fact, now)
    if request.state is not State.RUNNING:
        return request, ()
    if isinstance(fact, Finished):
        return _end(request, State.DONE, now, answer=fact.answer), (Show(),)
    state = State.FAILED if isinstance(fact, Failed) else State.UNKNOWN
    return _end(request, state, now, answer=fact.why), (Show(), Release())


def _undone(request: Request, fact: TakenBack, now: datetime) -> Advanced:
    """It stays done, and says below what was done when by whom to take it back; its buttons go."""
    if request.state is not State.DONE or request.answer is None:
        return request, ()
    answer = request.answer.overtaken(now, fact.did)
    return _to(replace(request, answer=answer), State.DONE), (Show(),)


def _answered_at(request: Request, address: str) -> Request:
    """The private card of who asked turns where it was last pressed; nobody else presses one."""
    if not address or request.yes is not Yes.ACTOR:
        return request
    return replace(request, origin=replace(request.origin, address=address, instead=True))


def _to(request: Request, state: State) -> Request:
    return replace(request, state=state, version=request.version + 1)


def _end(request: Request, state: State, now: datetime, *, answer: Reply | None = None) -> Request:
    return replace(_to(request, state), ended_at=now, answer=answer)


def _overdue(request: Request, now: datetime) -> bool:
    return request.expires_at is not None and now >= request.expires_at


def objection(request: Request, fact: Agreed, now: datetime) -> Reply | None:
    """Why a yes would not count; None when it would: to be asked before the case is looked at again."""
    yes = max(request.yes, fact.yes)
    return _late(request, now) or _unfit(request, fact.by, yes) or _uncounted(request, fact)


def _late(request: Request, now: datetime) -> Reply | None:
    if request.state is not State.WAITING:
        return decided(request)
    return decided(replace(request, state=State.EXPIRED)) if _overdue(request, now) else None


def _unfit(request: Request, by: Decider, yes: Yes) -> Reply | None:
    """Why this person cannot decide it; None when they can."""
    own = by.id in request.actor.askers
    if yes <= Yes.ACTOR:
        return None if own else Reply("Only {asker} can confirm this.", asker=request.actor.mention)
    if own:
        return Reply("You asked for this, so somebody else decides.")
    if by.level < yes.level:
        return Reply("Only {whom} can do this.", whom=yes.level.needed)
    if by.since is None or by.since > request.asked_at:
        return Reply("You were given that level after this was asked, so somebody else has to decide.")
    return None


def _uncounted(request: Request, fact: Agreed) -> Reply | None:
    """Why a yes of somebody who may decide it does not count; None when it does."""
    if fact.revision != request.revision:
        return Reply("This card has changed since. Read it again, then decide.")
    if not request.has_yes_of(fact.by.id):
        return None
    more = Counted(request.needed - len(request.deciders), "more yes", "more yeses")
    return Reply("You said yes to this already. It waits for {more}, by somebody else.", more=more)


def decided(request: Request) -> Reply:  # noqa: PLR0911 -- one arm a state
    """What somebody reads who comes too late."""
    match request.state:
        case State.DENIED if request.ended_by:
            return Reply("Already denied by {by}.", by=request.ended_by.mention)
        case State.EXPIRED:
            return unanswered(request) + Reply("Ask again if it is still needed.")
        case State.WITHDRAWN if request.ended_by:
            return Reply("{by} took this back.", by=request.ended_by.mention)
        case State.REFUSED if request.answer:
            return Reply("This was refused.") + request.answer
        case State.WITHDRAWN | State.MOOT if request.answer:
            return request.answer
        case _ if request.deciders:
            return Reply("Already decided by {by}.", by=agreed_by(request))
        case _:
            return Reply("This is already under way.")


def unanswered(request: Request) -> Reply:
    """What is said when its time is up: of an own confirm what was not pressed, by whoever reads it."""
    if request.yes is Yes.ACTOR:
        return Reply(
            "You did not press {yes} (#{number}) in time, so nothing was done.",
            yes=_label(request.consequence),
            number=str(request.id),
        )
    if not request.deciders:
        return Reply("Nobody decided in time, so nothing was done.")
    return Reply(
        "Only {given} of {needed} said yes in time, so nothing was done.",
        given=len(request.deciders),
        needed=request.needed,
    )


def _label(consequence: Reply | None) -> Phrase | Term:
    """What stands on the button of its yes."""
    if consequence is None or not consequence.button:
        return Term("Go ahead")
    return Phrase(consequence.button, consequence.values.items())


def agreed_by(request: Request) -> tuple[Mention, ...]:
    """Everybody who said yes to it, as a reply names them."""
    return tuple(one.mention for one in request.deciders)
