"""A case as people read it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.command import RoomRef
from bot.people import Yes
from bot.reply import Button, Invocation, Phrase, Reply, Row, Table, Term
from bot.request.request import Request, State

CASES = frozenset({State.DONE, State.UNKNOWN})


def row(case: Request) -> Row:
    """One of several cases: when, which and what, with what shows it whole."""
    shows = Button("Show", Invocation("case show", number=case.id))
    since = Reply("· changed since") if _is_overtaken(case) else Reply("")
    return Row(_head(case) + Reply("\n") + _what(case).first() + since, (shows,))


def table(cases: Iterable[Request]) -> Table:
    """Many cases, to be sorted."""
    rows = tuple((case.id, *_cells(case)) for case in cases)
    return Table(("Case", "What", "Who", "When", "Since"), rows, caption="What was done")


def _cells(case: Request) -> Iterator[object]:
    what = _what(case).first()
    yield Phrase(what.template, what.values.items())
    yield case.actor.mention
    yield case.ended_at or case.asked_at
    yield Term("changed") if _is_overtaken(case) else ""


def said(case: Request) -> Reply:
    """One case whole: what was done, whose yes it had, why, in which session, and what takes it back."""
    if case.state not in CASES:
        return not_done(case)
    what = _what(case).then(_whose(case) + _why(case))
    return _head(case) + Reply("\n") + what + _since(case) + _where(case)


def not_done(case: Request) -> Reply:
    """That something was asked under this number, and nothing came of it."""
    return Reply(
        "#{number} is no case, since nothing was done: it was asked {at} and is {state}.",
        number=str(case.id),
        at=case.asked_at,
        state=case.state.said(),
    )


def _head(case: Request) -> Reply:
    return Reply("#{number} · {at}", number=str(case.id), at=case.ended_at or case.asked_at)


def _what(case: Request) -> Reply:
    done = case.answer or Reply("{line}", line=case.sentence)
    return done.without_facts().without_buttons()


def _whose(case: Request) -> Reply:
    """Through whose hand it came, and whose yes it had."""
    said = Reply("")
    if case.actor.via:
        said += Reply("{asker} asked, {through}.", asker=case.actor.mention, through=case.actor.through)
    if case.yes > Yes.ACTOR and case.deciders and case.decided_at:
        by = tuple(one.mention for one in case.deciders)
        took = max(case.decided_at - case.asked_at, timedelta(seconds=1))
        said += Reply("Approved by {by} after {took}.", by=by, took=took)
    return said


def _why(case: Request) -> Reply:
    return Reply("Why: {reason}.", reason=case.reason) if case.reason else Reply("")


def _since(case: Request) -> Reply:
    """What has come of it since: what was done to it, by whom, and when."""
    return Reply("", facts=case.answer.facts if case.answer else ())


def _where(case: Request) -> Reply:
    """What takes it back, while that still applies, and the session it was in."""
    buttons = [button for button in (case.answer.all_buttons() if case.answer else ()) if button.once]
    session = case.stakes.session if case.stakes else ""
    if session:
        buttons.append(Button("Its session", Invocation("session show", session=session, room=_room(case))))
    return Reply("", buttons=buttons)


def _room(case: Request) -> RoomRef:
    held = case.invocation.arguments.get("room")
    return RoomRef.model_validate(held) if held else RoomRef(id=case.room)


def _is_overtaken(case: Request) -> bool:
    """Whether anything has come of it since, be it taken back or only carried on: its case says what."""
    return bool(case.answer and case.answer.is_overtaken)
