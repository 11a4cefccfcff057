"""Changing a poll: what others have changed while a form of it was open is kept, and told."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any, Protocol

from bot.command import DraftQuestion, Questions
from bot.errors import UserError
from bot.features.poll import drafting, finding
from bot.features.room import wanting
from bot.hms import Poll
from bot.reply import NOT_SET, Phrase, Reply, Term

CALLED = {
    "title": Term("title"),
    "length": Term("how long it runs"),
    "quiz": Term("a quiz"),
    "anon": Term("anonymous"),
    "by_host": Term("a host starts it"),
}
ANSWERS = {True: Term("yes"), False: Term("no")}
MARK = 12  # signs by which a question is known again


class PollEdits(Protocol):
    """What a command says of a poll, and what its form showed."""

    @property
    def questions(self) -> Questions | None:
        """All of them anew."""

    @property
    def asked(self) -> str:
        """The marks of those that its form showed."""


def holding(poll: Poll) -> dict[str, Any]:
    """What a form shows of a poll, and what is needed to tell afterwards what others changed."""
    drafted = drafting.drafted(poll)
    shown = {name: value for name, value in _held(poll).items() if value not in (None, "")}
    asked = json.dumps(_marks(poll))
    questions = {"questions": drafted, "asked": asked} if drafted.fits_form else {}
    return questions | wanting.carried(shown)


def edited(command: PollEdits, poll: Poll) -> Poll:
    """The poll as a command wants it. UserError where two people changed the same of its questions."""
    said = wanting.wanted(command, CALLED, _held(poll)).said
    changes: dict[str, object] = {"title": said["title"]} if "title" in said else {}
    if "length" in said:
        changes["duration"] = int(said["length"].total_seconds())
    if "quiz" in said:
        changes["type"] = "quiz" if said["quiz"] else "poll"
    if "anon" in said:
        changes["anonymous"] = said["anon"]
    if "by_host" in said:
        changes["start"] = "manual" if said["by_host"] else "auto"
    if command.questions and command.questions.asked:
        changes["questions"] = drafting.questions(_questions(command, poll), poll.questions)
    return poll.model_copy(update=changes)


def since(command: PollEdits, poll: Poll) -> list[Reply]:
    """What others have changed since a form showed the poll, a few words each."""
    told = [
        Phrase("{what}: {before} → {now}", what=CALLED[name], before=_said(was), now=_said(now))
        for name, (was, now) in wanting.wanted(command, CALLED, _held(poll)).since.items()
    ]
    seen = json.loads(command.asked or "null")
    others = [] if seen in (None, _marks(poll)) else [Term("its questions")]
    return [Reply("changed since you opened the form: {what}", what=what) for what in (*told, *others)]


def _questions(command: PollEdits, poll: Poll) -> Questions:
    """The questions that somebody drafted, with those of others that they have left alone or never saw."""
    mine = command.questions or Questions()
    seen: Sequence[str] | None = json.loads(command.asked or "null")
    if seen is None:
        return mine
    before = dict(enumerate(seen, start=1))
    there = {one.was: one for one in drafting.drafted(poll).asked}
    if len(there) < len(before) and _marks(poll) != seen:
        raise _both(poll)  # one was taken out: which one, their numbers do not say
    kept = [_kept(one, before, there, poll) for one in mine.asked]
    return Questions.of([*kept, *(one for at, one in there.items() if at not in before)])


def _kept(
    mine: DraftQuestion, before: Mapping[int, str], there: Mapping[int, DraftQuestion], poll: Poll
) -> DraftQuestion:
    """One question: whoever changed it, unless both did."""
    if mine.was not in before or _mark(mine) == _mark(there[mine.was]):
        return mine
    if _mark(mine) == before[mine.was]:
        return there[mine.was]
    if _mark(there[mine.was]) == before[mine.was]:
        return mine
    raise _both(poll)


def _both(poll: Poll) -> UserError:
    return UserError(
        "Somebody else has changed the same questions of {poll} since you opened the form, so nothing was "
        "written. Open it again to see theirs: `/hms poll edit`.",
        poll=finding.ref(poll),
    ).at("questions")


def _held(poll: Poll) -> dict[str, Any]:
    """A poll by the fields of its form."""
    return {
        "title": poll.title,
        "length": timedelta(seconds=poll.duration) if poll.duration else None,
        "quiz": poll.type == "quiz",
        "anon": poll.anonymous,
        "by_host": poll.start == "manual",
    }


def _marks(poll: Poll) -> list[str]:
    return [_mark(one) for one in drafting.drafted(poll).asked]


def _mark(question: DraftQuestion) -> str:
    """What a question is known by again, whatever numbers a form gives to its parts."""
    options = [[one.text, one.right] for one in question.options]
    whole = json.dumps([question.text, question.way, options, question.word])
    return sha256(whole.encode()).hexdigest()[:MARK]


def _said(value: Any) -> Any:
    if isinstance(value, bool):
        return ANSWERS[value]
    seconds = isinstance(value, int | float)  # of a form that carried it
    return timedelta(seconds=value) if seconds else value or NOT_SET
