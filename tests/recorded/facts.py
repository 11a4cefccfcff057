"""Every state a request can be in and every fact that can come: what the table of ``advance`` crosses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.people import Actor, Level, Yes
from bot.reply import Invocation, Reply, Undo
from bot.request.advance import advance
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
    Lost,
    Moot,
    NeedsYes,
    Reasoned,
    Refused,
    Repeated,
    Revised,
    Unacked,
    Unopposed,
    Withdrawn,
)
from bot.request.request import Origin, Request, State

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOON, IN_TIME, LATE = (NOON + timedelta(minutes=minutes) for minutes in (1, 9, 10))
LONG_AGO = NOON - timedelta(days=30)
KEPT = Invocation("remove", person="Gus", room={"name": "standup"})
MO = Decider("U0MO", "Mo", Level.MODERATOR, LONG_AGO)
MAX = Decider("U0MAX", "Max", Level.MODERATOR, LONG_AGO)
ADA = Decider("U0ADA", "Ada", Level.ADMIN, LONG_AGO)
VI = Decider("U0VI", "Vi", Level.VIEWER, LONG_AGO)
NEW = Decider("U0NEW", "Nia", Level.MODERATOR, SOON)
UNDATED = Decider("U0GIA", "Gia", Level.MODERATOR, None)
EVERYBODY = (MO, MAX, ADA, VI, NEW, UNDATED)
FIT = {Yes.ACTOR: MO, Yes.SECOND: MAX, Yes.ADMIN: ADA}
REMOVES = Reply("Removes {who}.", who="Gus", button="Remove {who}")
BOTH = Reply("Removes {who}.", who=("Gus", "Ivy"), button="Remove {who}")
UNDONE = Reply(
    "Removed {who}.",
    who="Gus",
    undo=Undo(Reply("Unlock {room}", room="standup"), "room unlock", room={"name": "standup"}),
)
ASKED = Request(
    id=12,
    token="token",
    invocation=Invocation("remove", person="gus"),
    sentence="remove gus",
    actor=Actor("U0MO", "mo"),
    origin=Origin("slack", "key", channel="C0CLASSES", address="where the line was typed"),
    state=State.ASKED,
    asked_at=NOON,
)
CLEARED = Unopposed("Mo", "spam", KEPT, "standup", ("C0CLASSES",))


@dataclass(frozen=True)
class Brought:
    """A fact as the table names it, who brings it, and when it comes."""

    words: str
    fact: Fact
    at: datetime = SOON
    who: str = ""


def held(yes: Yes) -> NeedsYes:
    """Everything is known, and it waits until ten past."""
    return NeedsYes("Mo", "spam", KEPT, "standup", REMOVES, yes, LATE, ("C0CLASSES",))


def befores() -> Iterator[tuple[str, Request]]:
    """A request in each state, on each way to it that leaves something behind."""
    yield "asked", ASKED
    yield "refused", _after(ASKED, Refused(Reply("No.")))
    yield "withdrawn before it was considered, by nobody", _after(ASKED, Unacked(Reply("Too late.")))
    yield from _run("running freely", _after(ASKED, CLEARED))
    for yes, by in FIT.items():
        waiting = _after(ASKED, held(yes))
        yield f"waiting for {yes.name}", waiting
        yield from _run(f"running by the yes of {yes.name}", _after(waiting, Agreed(by, 1, yes)))
        if yes is not Yes.ACTOR:
            yield f"denied by {yes.name}", _after(waiting, Denied(by, "no spam"))
        yield f"expired waiting for {yes.name}", _after(waiting, Expired(), LATE)
        yield f"withdrawn while waiting for {yes.name}", _after(waiting, Withdrawn(MO))
        yield f"moot while waiting for {yes.name}", _after(waiting, Moot(Reply("{who} left.", who="Gus")))
        yield f"disallowed while waiting for {yes.name}", _after(waiting, Disallowed(Reply("No longer.")))
    twice = _after(ASKED, replace(held(Yes.SECOND), needed=2))
    yield "waiting for two yeses", twice
    yield "waiting for the second of two yeses", _after(twice, Agreed(MAX, 1, Yes.SECOND))


def brought() -> Iterator[Brought]:
    """Every kind of fact, in the variants that matter."""
    yield from (Brought(f"is held for {yes.name}", held(yes)) for yes in FIT)
    yield Brought("is cleared", CLEARED)
    yield Brought("is refused", Refused(Reply("Nobody is in {room}.", room="standup")))
    yield Brought("is refused, as they read already", Refused(Reply("No."), said=True))
    yield Brought("repeats what waits", Repeated(Reply("Max has that before them.")))
    for by in EVERYBODY:
        yield from (replace(each, who=by.name) for each in _decisions(by))
    yield Brought("was never acked", Unacked(Reply("Too late.")))
    yield Brought("is moot", Moot(Reply("{who} left.", who="Gus")))
    yield Brought(
        "is moot, as Max was faster", Moot(Faster(Reply("{by} removed {who}.", by=MAX.mention, who="Gus")))
    )
    yield Brought("is moot elsewhere", Moot(Reply("It is over."), "elsewhere"))
    yield Brought("may not be asked any more", Disallowed(Reply("Who asked may no longer do this.")))
    for yes in FIT:
        yield Brought(f"revised, policy {yes.name}", Revised(BOTH, yes, ("C0CLASSES", "C0MODS")))
    yield Brought("revised elsewhere", Revised(BOTH, Yes.ACTOR, ("C0CLASSES",), "elsewhere"))
    yield Brought("expires at 12:09", Expired(), IN_TIME)
    yield Brought("expires at 12:10", Expired(), LATE)
    yield from (Brought(words, fact) for words, fact in ENDS.items())


def _decisions(by: Decider) -> Iterator[Brought]:
    """Everything that somebody can say about it."""
    yield from (Brought(f"agrees, policy {yes.name}", Agreed(by, 1, yes)) for yes in FIT)
    yield Brought("agrees to an older card", Agreed(by, 0, Yes.ACTOR))
    yield Brought("agrees at 12:09", Agreed(by, 1, Yes.ACTOR), IN_TIME)
    yield Brought("agrees at 12:10", Agreed(by, 1, Yes.ACTOR), LATE)
    yield Brought("agrees elsewhere", Agreed(by, 1, Yes.ACTOR, "elsewhere"))
    yield Brought("denies", Denied(by))
    yield Brought("denies, and why", Denied(by, "it was a joke"))
    yield Brought("denies at 12:10", Denied(by), LATE)
    yield Brought("denies elsewhere", Denied(by, address="elsewhere"))
    yield Brought("withdraws", Withdrawn(by))
    yield Brought("withdraws at 12:10", Withdrawn(by), LATE)
    yield Brought("says why", Reasoned(by, "he shouts too"))
    yield Brought("withdraws elsewhere", Withdrawn(by, address="elsewhere"))


ENDS: Mapping[str, Finished | Failed | Lost] = {
    "finishes": Finished(Reply("Removed {who}.", who="Gus")),
    "finishes and can be undone": Finished(UNDONE),
    "fails": Failed(Reply("{who} is no longer there.", who="Gus")),
    "is lost": Lost(Reply("Nobody can tell.")),
}


def _run(words: str, running: Request) -> Iterator[tuple[str, Request]]:
    yield words, running
    for end, state in (("finishes", "done"), ("fails", "failed"), ("is lost", "unknown")):
        yield f"{state} after {words}", _after(running, ENDS[end])


def _after(before: Request, fact: Fact, at: datetime = NOON) -> Request:
    after, _ = advance(before, fact, at)
    assert after != before, f"{fact} changes nothing"
    return after
