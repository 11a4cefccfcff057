"""A poll as people read it: what it asks, how it stands, where it ran."""

from collections.abc import Container, Iterable, Iterator
from typing import Any

from bot.command import Ambiguous, RoomRef
from bot.features.poll import drafting, finding
from bot.features.poll.acts import Launched, Linked
from bot.hms import Poll, PollSession, Question
from bot.people import Level
from bot.reply import Button, Counted, Invocation, Name, Reply, Row, Table, Term, cut, roughly

SHOWN = 5  # questions of a card, and options of each
LONG = 60  # characters of each

WAYS = {
    "single-choice": Term("one of them"),
    "multiple-choice": Term("several of them"),
    "short-answer": Term("in own words"),
    "long-answer": Term("in own words, at length"),
}


def row(poll: Poll, room: RoomRef, *, linked: bool, runs: bool) -> Row:
    """One of several polls, with what shows it and what it was answered."""
    said = Reply(
        "{poll} · {kind} · {questions}", poll=finding.ref(poll), kind=_kind(poll), questions=_counted(poll)
    )
    if linked:
        said += Reply("· linked")
    if runs:
        said += Reply("· runs now")
    return Row(said, (_shows(poll, room), results(poll, room)))


def table(polls: Iterable[Poll], linked: Container[str]) -> Table:
    """Many polls, to be sorted."""
    rows = tuple(
        (
            finding.ref(poll),
            _kind(poll),
            _counted(poll),
            Term("yes") if poll.id in linked else Term("no"),
        )
        for poll in polls
    )
    return Table(("Poll", "Kind", "Questions", "Linked"), rows, caption="Polls of {room}")


def said(poll: Poll, *, runs: bool) -> Reply:
    """One poll with all that it asks; ``runs`` says that it does in the room where that is asked."""
    head = Reply(
        "{poll} is {kind} with {questions}.",
        poll=finding.ref(poll),
        kind=_kind(poll),
        questions=_counted(poll),
        table=_asked(poll),
    )
    return sum(how(poll, runs=runs), start=head)


def asks(poll: Poll) -> Iterator[Reply]:
    """What a poll asks before it is made: its first questions with what can be chosen, cut where long."""
    for one in poll.questions[:SHOWN]:
        question = Name(cut(one.text, LONG))
        if not one.options:
            yield Reply("{question} is answered in own words", question=question)
            continue
        options = tuple(Name(cut(each.text, LONG)) for each in one.options[:SHOWN])
        more = len(one.options) - len(options)
        said = Reply("{question} {options}", question=question, options=options)
        yield said + Reply("and {number} more", number=more) if more > 0 else said


def how(poll: Poll, *, runs: bool) -> Iterator[Reply]:
    """How long it runs, who starts it and whether anybody is named."""
    if poll.duration:
        yield Reply("It runs for {seconds}.", seconds=Counted(poll.duration, "second", "seconds"))
    else:
        yield Reply("It runs until the session ends, or a host stops it.")
    if runs:
        yield Reply("It runs now.")
    elif poll.start == "auto":
        yield Reply("It starts with the next session of a room that it is linked to.")
    else:
        yield Reply("A host starts it in the app.")
    if poll.anonymous:
        yield Reply("It is anonymous: nobody learns who answered what.")


def acts_on(poll: Poll, room: RoomRef, *, runs: bool) -> dict[Level, list[Button]]:
    """What somebody of a level may do about a poll."""
    about: dict[str, Any] = {"poll": finding.ref(poll), "room": room}
    acts = [
        Button("Launch", Invocation("poll launch", **about)),
        Button("Edit…", Invocation("poll edit", **about), form=True),
        Button("Copy", Invocation("poll copy", **about)),
    ]
    return {Level.VIEWER: [results(poll, room)], Level.MODERATOR: acts[1:] if runs else acts}


def results(poll: Poll, room: RoomRef) -> Button:
    """What shows what was answered."""
    return Button("Results", Invocation("poll results", poll=finding.ref(poll), room=room))


def run_row(poll: Poll, run: PollSession, room: RoomRef) -> Row:
    """One run of a poll, with what shows what was answered in it."""
    shows = Invocation("poll results", poll=finding.ref(poll), session=run.session_id, room=room)
    answers = Counted(run.total_responses, "answer", "answers")
    people = Counted(run.unique_participants, "person", "people")
    about: dict[str, Any] = {
        "began": run.started_at or Term("at a time that 100ms does not say"),
        "people": people,
    }
    if run.stopped_at is None:
        words = Reply("{began} · runs now · {people} · {answers}", answers=answers, **about)
    elif run.started_at is None:
        words = Reply("{began} · {people} · {answers}", answers=answers, **about)
    else:
        span = roughly(run.stopped_at - run.started_at)
        words = Reply("{began} · {span} · {people} · {answers}", answers=answers, span=span, **about)
    return Row(words + Reply("· session {id}", id=run.session_id), (Button("Results", shows),))


def runs(several: Iterable[PollSession]) -> Table:
    """Many runs of a poll, to be sorted."""
    rows = tuple(
        (
            run.started_at or "",
            Term("runs now")
            if run.stopped_at is None
            else roughly(run.stopped_at - run.started_at)
            if run.started_at
            else "",
            run.unique_participants,
            run.total_responses,
            run.session_id,
        )
        for run in several
    )
    return Table(("Began", "Lasted", "People", "Answers", "Session"), rows, caption="Runs of {poll}")


def starts(launched: Launched, poll: Poll, room: RoomRef) -> Reply:
    """What becomes of a poll that was launched: 100ms has no call that starts one."""
    ref = finding.ref(poll)
    if launched.runs:
        return Reply("{poll} runs in {room} already.", poll=ref, room=room)
    if poll.start != "auto":
        return Reply("100ms leaves its start to the app: a host of {room} starts it there.", room=room)
    if launched.live:
        return Reply("It starts with the next session of {room}, or by a host in the app now.", room=room)
    return Reply("It starts with the next session of {room}.", room=room)


def waits(launched: Launched, poll: Poll, room: RoomRef) -> Ambiguous:
    """What is said of a poll that was linked before, and of what starts it."""
    about: dict[str, Any] = {"poll": finding.ref(poll), "room": room}
    if launched.runs:
        said = Ambiguous("{poll} runs in {room} already.", **about)
    elif poll.start != "auto":
        said = Ambiguous("{poll} is linked to {room}, and a host starts it in the app.", **about)
    elif launched.live:
        said = Ambiguous(
            "{poll} is linked to {room}, and starts with the next session, or by a host in the app now.",
            **about,
        )
    else:
        said = Ambiguous("{poll} is linked to {room}, and starts with the next session.", **about)
    return said.offering([results(poll, room)])


def not_run(now: Launched, poll: Poll, room: RoomRef) -> Reply:
    """What is said of a poll that nobody was asked yet: what it waits for."""
    if now.linked.already:
        return Reply.of(waits(now, poll, room))
    return Reply(
        "{poll} has not run yet, so nobody has answered. A moderator can launch it: `/hms poll launch`.",
        poll=finding.ref(poll),
    )


def lost(linked: Linked, room: RoomRef) -> Reply:
    """What somebody else took off the list of the room in the same moment."""
    if not linked.lost:
        return Reply("")
    return Reply(
        "Somebody else wrote that list at the same moment: {polls} came off it. Link them again if they are "
        "needed: `/hms poll list`.",
        polls=linked.lost,
        room=room,
    )


def _kind(poll: Poll) -> Term:
    if poll.type == "quiz":
        return Term("an anonymous quiz") if poll.anonymous else Term("a quiz")
    return Term("an anonymous poll") if poll.anonymous else Term("a poll")


def _counted(poll: Poll) -> Counted:
    return Counted(len(poll.questions), "question", "questions")


def _asked(poll: Poll) -> Table | None:
    rows = [
        row for number, one in enumerate(poll.questions, start=1) for row in _rows(one.index or number, one)
    ]
    return Table(("Question", "Option", "What", "Answered"), tuple(rows)) if rows else None


def _rows(index: int, question: Question) -> Iterator[tuple[object, ...]]:
    """A question, then each of its options by the numbers that commands take."""
    yield index, "", question.text, WAYS.get(question.type, question.type)
    right = drafting.right_of(question)
    for number, option in enumerate(question.options, start=1):
        place = option.index or number
        yield "", place, option.text, Term("right") if place in right else ""
    if question.answer and question.answer.text:
        yield "", "", question.answer.text, Term("right")


def _shows(poll: Poll, room: RoomRef) -> Button:
    return Button("Show", Invocation("poll show", poll=finding.ref(poll), room=room))
