"""What people answered: read from 100ms, counted, and without whoever answered where that was promised."""

from asyncio import gather
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.command import Context, PersonRef, PollRef, RoomRef
from bot.errors import UserError
from bot.features.poll import drafting, finding
from bot.hms import NotFound, Poll, PollResponse, PollResult, PollSession, Question, first_of

MOST = 5000  # answers that are read: fifty calls
SESSIONS = 10  # whose people are looked up by name

Read = TypeVar("Read", PollResponse, PollResult)


@dataclass(frozen=True)
class GivenAnswer:
    """One answer to one question; of an anonymous poll neither ``who`` gave it nor when is ever known."""

    question: int
    chosen: tuple[int, ...] = ()
    text: str = ""
    skipped: bool = False
    who: PersonRef | None = None
    at: datetime | None = None
    changed: bool = False


@dataclass(frozen=True)
class Score:
    """What somebody, or one nobody knows who, got for one question."""

    points: float
    who: PersonRef | None = None


@dataclass(frozen=True)
class Answered:
    """A poll with what was answered: in one ``run``, or in all of them."""

    poll: Poll
    run: PollSession | None
    given: tuple[GivenAnswer, ...] = ()
    scores: tuple[Score, ...] = ()
    people: int = 0


@dataclass(frozen=True)
class Tally:
    """How often each option of a question was chosen, or what was answered in words and how often."""

    number: int
    question: Question
    votes: tuple[int, ...] = ()
    words: Mapping[str, int] = field(default_factory=dict)
    people: int = 0

    @property
    def right(self) -> frozenset[int]:
        """The indexes of the options that are right."""
        return drafting.right_of(self.question)


@dataclass(frozen=True)
class Narrowed:
    """Which answers somebody wants: of one session, the newest if none is named, or of ``every`` one."""

    session: str = ""
    every: bool = False
    question: int | None = None


async def runs(ctx: Context, poll: Poll, session: str = "") -> list[PollSession]:
    """The runs of a poll, the newest first, or those in one session; UserError where there are none."""
    if session:
        found = await _in_session(ctx, poll, session)
    else:
        found = [run async for run in ctx.hms.polls.each_session(poll.id)]
    return sorted(found, key=lambda run: run.id, reverse=True)


async def responses(ctx: Context, room: RoomRef, ref: PollRef, which: Narrowed) -> Answered:
    """What people answered. UserError where the poll, the session or the question does not exist."""
    poll, run = await _poll_and_run(ctx, room, ref, which)
    if run is None and not which.every:
        return Answered(poll, None)
    if which.every:
        found = ctx.hms.polls.each_response(poll.id)
    else:
        found = ctx.hms.polls.each_session_response(poll.id, run.session_id if run else "")
    several = [one for one in await _some(found) if which.question in {None, one.question}]
    return await _answered(ctx, poll, run, several)


async def results(ctx: Context, room: RoomRef, ref: PollRef, which: Narrowed) -> Answered:
    """What people answered, and what it was worth in a quiz. UserError as ``responses``."""
    answered = await responses(ctx, room, ref, which)
    poll, run = answered.poll, answered.run
    if poll.type != "quiz" or not answered.given:
        return answered
    if which.every:
        found = ctx.hms.polls.each_result(poll.id)
    else:
        found = ctx.hms.polls.each_session_result(poll.id, run.session_id if run else "")
    worth = [one for one in await _some(found) if which.question in {None, one.question}]
    names = await _names(ctx, poll, worth)
    scores = tuple(Score(one.score, _who(poll, one, names)) for one in worth)
    return Answered(poll, run, answered.given, scores, answered.people)


async def response(ctx: Context, room: RoomRef, ref: PollRef, which: Narrowed, wanted: str) -> Answered:
    """One answer by its id, by way of its session where that is named. UserError where there is none."""
    poll = await finding.find(ctx, room, ref)
    try:
        if which.session:
            found = await ctx.hms.polls.get_session_response(poll.id, which.session, wanted)
        else:
            found = await ctx.hms.polls.get_response(poll.id, wanted)
    except NotFound as error:
        raise _no_answer(poll, wanted) from error
    return await _answered(ctx, poll, None, [found])


async def score(ctx: Context, room: RoomRef, ref: PollRef, which: Narrowed, wanted: str) -> Answered:
    """What one answer was worth, by the id of the result. UserError where there is none."""
    poll = await finding.find(ctx, room, ref)
    try:
        if which.session:
            found = await ctx.hms.polls.get_session_result(poll.id, which.session, wanted)
        else:
            found = await ctx.hms.polls.get_result(poll.id, wanted)
    except NotFound as error:
        raise _no_answer(poll, wanted) from error
    names = await _names(ctx, poll, [found])
    return Answered(poll, None, scores=(Score(found.score, _who(poll, found, names)),), people=1)


def tallies(answered: Answered, question: int | None = None) -> list[Tally]:
    """Each question with what was answered to it, in their order, or one of them."""
    several = enumerate(answered.poll.questions, start=1)
    return [_tally(number, one, answered.given) for number, one in several if question in {None, number}]


def totals(scores: Iterable[Score]) -> list[tuple[PersonRef, float]]:
    """What each person got in all, the most first; nobody of a poll that is anonymous."""
    points: defaultdict[str, float] = defaultdict(float)
    people: dict[str, PersonRef] = {}
    for one in scores:
        if one.who:
            points[one.who.key] += one.points
            people.setdefault(one.who.key, one.who)
    return sorted(((people[key], found) for key, found in points.items()), key=lambda one: -one[1])


def _tally(number: int, question: Question, given: Iterable[GivenAnswer]) -> Tally:
    index = question.index or number
    mine = [one for one in given if one.question == index and not one.skipped]
    chosen = Counter(option for one in mine for option in one.chosen)
    options = enumerate(question.options, start=1)
    votes = tuple(chosen[one.index or place] for place, one in options)
    words = Counter(one.text for one in mine if one.text)
    return Tally(number, question, votes, dict(words.most_common()), len(mine))


async def _poll_and_run(
    ctx: Context, room: RoomRef, ref: PollRef, which: Narrowed
) -> tuple[Poll, PollSession | None]:
    poll = await finding.find(ctx, room, ref)
    if which.question is not None and not 1 <= which.question <= len(poll.questions):
        raise UserError(
            "{poll} has no question {number}. See which it has: `/hms poll show`.",
            poll=finding.ref(poll),
            number=which.question,
        ).at("question")
    if which.every:
        return poll, None
    found = await runs(ctx, poll, which.session)
    return poll, found[0] if found else None


async def _in_session(ctx: Context, poll: Poll, session: str) -> Sequence[PollSession]:
    try:
        found = (await ctx.hms.polls.get_session(poll.id, session)).responses
    except NotFound:
        found = ()
    if not found:
        raise UserError(
            "{poll} did not run in a session {session}. See where it ran: `/hms poll sessions`.",
            poll=finding.ref(poll),
            session=session,
        ).at("session")
    return found


async def _answered(
    ctx: Context, poll: Poll, run: PollSession | None, found: Sequence[PollResponse]
) -> Answered:
    names = await _names(ctx, poll, found)
    given = [_given(poll, one, names) for one in found]
    if poll.anonymous:  # in the order in which they came they would tell who was quick
        given.sort(key=lambda one: (one.question, one.chosen, one.text, one.skipped))
    return Answered(poll, run, tuple(given), people=_people(poll, run, found))


def _given(poll: Poll, one: PollResponse, names: Mapping[str, str]) -> GivenAnswer:
    chosen = one.options or tuple(filter(None, [one.option]))
    who = _who(poll, one, names)
    at, changed = (None, False) if poll.anonymous else (one.sent_at, one.update)
    return GivenAnswer(one.question, chosen, one.text, one.skipped, who, at, changed)


def _people(poll: Poll, run: PollSession | None, found: Sequence[PollResponse]) -> int:
    """How many took part: as 100ms counts, since of an anonymous poll nobody else can."""
    if run:
        return run.unique_participants
    if poll.anonymous:
        return max(Counter(one.question for one in found).values(), default=0)
    return len({one.user_id or one.peer_id for one in found})


def _who(poll: Poll, one: PollResponse | PollResult, names: Mapping[str, str]) -> PersonRef | None:
    """Whoever it was of; nobody of an anonymous poll, whatever 100ms says."""
    if poll.anonymous or not (one.user_id or one.peer_id):
        return None
    return PersonRef(peer_id=one.peer_id, user_id=one.user_id, name=names.get(one.peer_id, ""))


async def _names(
    ctx: Context, poll: Poll, found: Sequence[PollResponse] | Sequence[PollResult]
) -> Mapping[str, str]:
    """What people were called in the sessions, by their peer ids; of an anonymous poll nobody asks."""
    if poll.anonymous:
        return {}
    sessions = sorted({one.session_id for one in found}, reverse=True)[:SESSIONS]
    several = await gather(*(_named(ctx, session) for session in sessions))
    return {peer: name for names in several for peer, name in names.items()}


async def _named(ctx: Context, session: str) -> Mapping[str, str]:
    try:
        found = await ctx.hms.sessions.retrieve(session)
    except NotFound:
        return {}
    return {peer: one.name for peer, one in found.peers.items()}


async def _some(found: AsyncIterator[Read]) -> list[Read]:
    """As many as are read at most."""
    several, _ = await first_of(found, MOST)
    return several


def _no_answer(poll: Poll, wanted: str) -> UserError:
    return UserError(
        "Nothing with the id {wanted} was answered to {poll}. See what was: `/hms poll responses`.",
        poll=finding.ref(poll),
        wanted=wanted,
    )
