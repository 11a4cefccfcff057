"""A poll while it runs in a session: who answered what."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.state.peer import Peer
from sandbox.hms.state.poll.poll import Poll, Question
from sandbox.hms.wire import Answer, stamp, stamp_or_null, without_empty


@dataclass(frozen=True, kw_only=True)
class Voter:
    """Who answers, as far as the poll wants to know."""

    key: str  # whose answers count as one person's
    peer_id: str = ""
    user_id: str = ""


def voter(poll: Poll, peer: Peer) -> Voter:
    """Tell who answers: by user, by peer or by name, and never of an anonymous poll."""
    key = {"userid": peer.user_id, "peerid": peer.id, "username": peer.name}[poll.body.mode] or peer.id
    return Voter(key=key) if poll.body.anonymous else Voter(key=key, peer_id=peer.id, user_id=peer.user_id)


@dataclass(frozen=True, kw_only=True)
class Vote:
    """What was answered: numbers, a word, or nothing at all."""

    options: list[int]
    text: str


@dataclass(eq=False, kw_only=True)
class Response:
    """One answer to one question."""

    id: str
    run: "Run" = field(repr=False)
    question: int
    voter: Voter
    vote: Vote
    sent_at: datetime
    original: str = ""  # the first answer, where this one changes it
    retries: int = 0
    superseded: bool = False

    def shown(self) -> Answer:
        """Show it; numbers appear only where numbers were asked for."""
        answer: Answer = {
            "id": self.id,
            "poll_id": self.run.poll.id,
            "session_id": self.run.session_id,
            "duration": milliseconds(self.sent_at - self.run.started_at),
            "question": self.question,
            "skipped": not self.vote.options and not self.vote.text,
            "text": self.vote.text,
            "options": self.vote.options,
            "update": bool(self.original),
            "original_response": self.original,
            "retries": self.retries,
            "sent_at": stamp(self.sent_at),
            "peer_id": self.voter.peer_id,
            "user_id": self.voter.user_id,
        }
        return without_empty(answer, "options")


@dataclass(eq=False, kw_only=True)
class Result:
    """What one person's answer to one question is worth."""

    id: str
    response: Response
    score: int

    def shown(self) -> Answer:
        """Show it."""
        answer = self.response.shown()
        names = ("poll_id", "session_id", "question", "duration", "peer_id", "user_id")
        return {"id": self.id, **{name: answer[name] for name in names}, "score": self.score}


@dataclass(eq=False, kw_only=True)
class Run:
    """One running of a poll."""

    id: str
    poll: Poll
    session_id: str
    started_at: datetime
    stopped_at: datetime | None = None
    responses: list[Response] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)

    def last_of(self, voter: Voter, question: int) -> Response | None:
        """Find what somebody answered last."""
        mine = (each for each in self.responses if each.voter.key == voter.key and not each.superseded)
        return next((each for each in mine if each.question == question), None)

    def shown(self) -> Answer:
        """Show how many took part."""
        return {
            "id": self.id,
            "poll_id": self.poll.id,
            "session_id": self.session_id,
            "started_at": stamp(self.started_at),
            "stopped_at": stamp_or_null(self.stopped_at),
            "total_responses": sum(not each.superseded for each in self.responses),
            "unique_participants": len({each.voter.key for each in self.responses}),
        }


def check_vote(question: Question, vote: Vote) -> None:
    """Refuse an answer that the question does not take."""
    if vote.options and vote.text:
        raise _bad("options or text, not both")
    if vote.options if not question.by_choice else vote.text:
        raise _bad(f"a {question.type} question is answered otherwise")
    if question.type == "single-choice" and len(vote.options) > 1:
        raise _bad("one option only")
    for index in vote.options:
        question.option(index)
    if not vote.options and not vote.text and not question.skippable:
        raise _bad("question cannot be skipped")
    longest = question.answer_max_len or len(vote.text)
    if vote.text and not question.answer_min_len <= len(vote.text) <= longest:
        raise _bad("text is too short or too long")


def milliseconds(length: timedelta) -> int:
    """Write a length as poll answers do."""
    return int(length.total_seconds() * 1000)


def _bad(why: str) -> ApiError:
    return ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: {why}")
