"""Every poll, and where each of them runs or ran."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.engine import Engine
from sandbox.hms.state.peer import Peer
from sandbox.hms.state.poll.poll import Poll, PollBody
from sandbox.hms.state.poll.poll_run import Response, Result, Run, Vote, check_vote, voter
from sandbox.hms.state.room.room import Room


class PollBook:
    """Makes polls, starts and stops them with the sessions of their rooms, and counts the votes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._polls: dict[str, Poll] = {}
        self._runs: list[Run] = []

    def make(self, body: PollBody) -> Poll:
        """Make a poll."""
        poll = Poll(self._engine.object_id(), body)
        self._polls[poll.id] = poll
        self._engine.changed()
        return poll

    def find(self, poll_id: str) -> Poll:
        """Find a poll by its id."""
        if poll_id in self._polls:
            return self._polls[poll_id]
        raise not_found("poll")

    def linked(self, poll_ids: Iterable[str], /) -> list[Poll]:
        """Find the polls that a room names; an id of nothing is passed over."""
        return [self._polls[poll_id] for poll_id in poll_ids if poll_id in self._polls]

    def runs(self, poll: Poll, session_id: str = "") -> list[Run]:
        """Find where a poll ran, in all sessions or in one."""
        return [run for run in self._runs if run.poll is poll and session_id in {"", run.session_id}]

    def running(self, poll: Poll, session_id: str) -> Run | None:
        """Find the running of a poll in a session."""
        return next((run for run in self.runs(poll, session_id) if not run.stopped_at), None)

    def changeable(self, poll_id: str) -> Poll:
        """Find a poll that is about to be changed: one that runs may not be, as the settings say."""
        poll = self.find(poll_id)
        runs = any(not run.stopped_at for run in self.runs(poll))
        if runs and self._engine.settings.running_polls == "refuse":
            raise ApiError(400, choices.IS_RUNNING)
        self._engine.changed()
        return poll

    def session_opened(self, room: Room, session_id: str) -> None:
        """Start what starts by itself."""
        for poll in self.linked(room.polls):
            if poll.body.start == "auto":
                self._start(poll, session_id)

    def session_closed(self, session_id: str) -> None:
        """Stop what still runs."""
        for run in self._runs:
            if run.session_id == session_id:
                self._stop(run)

    def vote(self, room: Room, poll: Poll, peer: Peer, index: int, vote: Vote) -> Response:
        """Answer a question as the apps do; a poll that did not run in this session yet is started."""
        if poll.id not in room.polls:
            raise ApiError(400, choices.NOT_LINKED)
        if not room.template.may(peer.role, "pollRead"):
            raise ApiError(403, choices.ROLE_NOT_ALLOWED)
        question = poll.question(index)
        check_vote(question, vote)
        run = self._run_for(poll, room.session.id if room.session else "")
        response = self._respond(run, index, peer, vote)
        run.results = [each for each in run.results if not each.response.superseded]
        score = question.score(vote.options, vote.text)
        run.results.append(Result(id=self._engine.object_id(), response=response, score=score))
        self._engine.changed()
        return response

    def _run_for(self, poll: Poll, session_id: str) -> Run:
        run = self.running(poll, session_id)
        if not run and self.runs(poll, session_id):
            raise ApiError(400, choices.NOT_RUNNING)
        return run or self._start(poll, session_id)

    def _respond(self, run: Run, index: int, peer: Peer, vote: Vote) -> Response:
        who = voter(run.poll, peer)
        before = run.last_of(who, index)
        if before and run.poll.question(index).once:
            raise ApiError(400, choices.ANSWERED_ONCE)
        response = Response(
            id=self._engine.object_id(),
            run=run,
            question=index,
            voter=who,
            vote=vote,
            sent_at=self._engine.now(),
            original=(before.original or before.id) if before else "",
            retries=before.retries + 1 if before else 0,
        )
        if before:
            before.superseded = True
        run.responses.append(response)
        return response

    def _start(self, poll: Poll, session_id: str) -> Run:
        run = Run(
            id=self._engine.object_id(), poll=poll, session_id=session_id, started_at=self._engine.now()
        )
        self._runs.append(run)
        if poll.body.duration:
            self._engine.after(timedelta(seconds=poll.body.duration), partial(self._stop, run))
        return run

    def _stop(self, run: Run) -> None:
        run.stopped_at = run.stopped_at or self._engine.now()
        self._engine.changed()
