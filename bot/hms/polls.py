"""Polls: asking people in a room, and reading what they said. There is no list of polls: keep their ids."""

from collections.abc import AsyncIterator, Sequence
from typing import TypedDict, Unpack

from bot.hms.call import at
from bot.hms.paging import LARGEST_PAGE, each_of
from bot.hms.poll import (
    Poll,
    PollOption,
    PollResponse,
    PollResult,
    PollSession,
    Question,
    ResponsePage,
    ResultPage,
)
from bot.hms.resource import Resource
from bot.hms.rooms import Room


class WhichResponses(TypedDict, total=False):
    """What a list of answers can be narrowed to; ``all`` adds answers that were changed later."""

    all: bool
    question: int


class Polls(Resource):
    """Making, changing, linking and reading polls. All raise NotFound for an unknown poll or part of one."""

    async def create(self, poll: Poll) -> Poll:
        """Make a poll; left out, its parts get what 100ms usually gives them, indexes from 1 on.

        Raises Invalid. Source: 100ms docs, polls/create-polls-via-api.
        """
        return await self._post_whole("polls.create", "/polls", Poll, poll)

    async def get(self, poll_id: str) -> Poll:
        """Fetch a poll with its questions and answers. Source: 100ms docs, polls/get-polls-via-api."""
        return await self._get("polls.get", at("/polls/{poll_id}", poll_id=poll_id), Poll)

    async def update(self, poll_id: str, poll: Poll) -> Poll:
        """Replace a poll: what is not sent is lost.

        Raises Invalid. Source: 100ms docs, polls/update-polls-via-api.
        """
        path = at("/polls/{poll_id}", poll_id=poll_id)
        return await self._post_whole("polls.update", path, Poll, poll)

    async def update_question(self, poll_id: str, question_id: int, question: Question) -> Question:
        """Replace the question with this index, counted from 1: what is not sent is lost.

        Raises Invalid. Source: 100ms docs, polls/update-polls-question-via-api.
        """
        return await self._post_whole(
            "polls.update_question", _question(poll_id, question_id), Question, question
        )

    async def delete_question(self, poll_id: str, question_id: int) -> None:
        """Delete the question with this index; those after it move down by one.

        Never repeated by itself: the same index would name another question.
        Source: 100ms docs, polls/delete-polls-question-via-api.
        """
        await self._delete("polls.delete_question", _question(poll_id, question_id))

    async def update_option(
        self, poll_id: str, question_id: int, option_id: int, option: PollOption
    ) -> PollOption:
        """Replace the option with this index, counted from 1: what is not sent is lost.

        Raises Invalid. Source: 100ms docs, polls/update-polls-question-option-via-api.
        """
        path = _option(poll_id, question_id, option_id)
        return await self._post_whole("polls.update_option", path, PollOption, option)

    async def delete_option(self, poll_id: str, question_id: int, option_id: int) -> None:
        """Delete the option with this index; those after it move down by one.

        Never repeated by itself: the same index would name another option.
        Source: 100ms docs, polls/delete-polls-question-option-via-api.
        """
        await self._delete("polls.delete_option", _option(poll_id, question_id, option_id))

    async def link_room(self, room_id: str, polls: Sequence[str]) -> Room:
        """Write which polls a room has; those that start by themselves start with its next session.

        Raises NotFound for an unknown room. Source: 100ms docs, polls/link-polls-with-room-via-api.
        """
        path = at("/rooms/{room_id}", room_id=room_id)
        return await self._post("polls.link_room", path, Room, polls=tuple(polls))

    async def list_sessions(
        self, poll_id: str, *, limit: int | None = None, start: str | None = None
    ) -> ResponsePage[PollSession]:
        """Fetch one page of the runs of a poll. Source: 100ms docs, polls/get-polls-sessions-via-api."""
        path = at("/polls/{poll_id}/sessions", poll_id=poll_id)
        return await self._get(
            "polls.list_sessions", path, ResponsePage[PollSession], limit=limit, start=start
        )

    def each_session(self, poll_id: str) -> AsyncIterator[PollSession]:
        """Walk all runs of a poll."""
        return each_of(lambda start: self.list_sessions(poll_id, limit=LARGEST_PAGE, start=start))

    async def get_session(
        self, poll_id: str, session_id: str, *, limit: int | None = None, start: str | None = None
    ) -> ResponsePage[PollSession]:
        """Fetch the runs of a poll in one session. Source: 100ms docs, polls/get-polls-sessions-via-api."""
        path = _in_session(poll_id, session_id)
        return await self._get("polls.get_session", path, ResponsePage[PollSession], limit=limit, start=start)

    async def list_responses(
        self,
        poll_id: str,
        *,
        limit: int | None = None,
        start: str | None = None,
        **which: Unpack[WhichResponses],
    ) -> ResponsePage[PollResponse]:
        """Fetch one page of what people answered. Source: 100ms docs, polls/get-polls-responses-via-api."""
        path = at("/polls/{poll_id}/responses", poll_id=poll_id)
        return await self._get(
            "polls.list_responses", path, ResponsePage[PollResponse], limit=limit, start=start, **which
        )

    def each_response(self, poll_id: str, **which: Unpack[WhichResponses]) -> AsyncIterator[PollResponse]:
        """Walk all that people answered."""
        return each_of(lambda start: self.list_responses(poll_id, limit=LARGEST_PAGE, start=start, **which))

    async def get_response(self, poll_id: str, response_id: str) -> PollResponse:
        """Fetch one answer. Source: 100ms docs, polls/get-polls-response-via-api."""
        path = at("/polls/{poll_id}/responses/{response_id}", poll_id=poll_id, response_id=response_id)
        return await self._get("polls.get_response", path, PollResponse)

    async def list_results(
        self,
        poll_id: str,
        *,
        limit: int | None = None,
        start: str | None = None,
        question: int | None = None,
    ) -> ResultPage:
        """Fetch one page of scores. Source: 100ms docs, polls/get-polls-results-via-api."""
        path = at("/polls/{poll_id}/results", poll_id=poll_id)
        return await self._get(
            "polls.list_results", path, ResultPage, limit=limit, start=start, question=question
        )

    def each_result(self, poll_id: str, *, question: int | None = None) -> AsyncIterator[PollResult]:
        """Walk all scores."""
        return each_of(
            lambda start: self.list_results(poll_id, limit=LARGEST_PAGE, start=start, question=question)
        )

    async def get_result(self, poll_id: str, result_id: str) -> PollResult:
        """Fetch one score. Source: 100ms docs, polls/get-polls-result-via-api."""
        path = at("/polls/{poll_id}/results/{result_id}", poll_id=poll_id, result_id=result_id)
        return await self._get("polls.get_result", path, PollResult)

    async def list_session_results(
        self, poll_id: str, session_id: str, *, limit: int | None = None, start: str | None = None
    ) -> ResultPage:
        """Fetch one page of the scores of one session. Source: the seed collection, item 54."""
        path = _in_session(poll_id, session_id, "/results")
        return await self._get("polls.list_session_results", path, ResultPage, limit=limit, start=start)

    def each_session_result(self, poll_id: str, session_id: str) -> AsyncIterator[PollResult]:
        """Walk all scores of one session."""
        return each_of(
            lambda start: self.list_session_results(poll_id, session_id, limit=LARGEST_PAGE, start=start)
        )

    async def get_session_result(self, poll_id: str, session_id: str, result_id: str) -> PollResult:
        """Fetch one score by its session. Source: the seed collection, item 55."""
        path = _in_session(poll_id, session_id, "/results/{result_id}", result_id=result_id)
        return await self._get("polls.get_session_result", path, PollResult)

    async def list_session_responses(
        self, poll_id: str, session_id: str, *, limit: int | None = None, start: str | None = None
    ) -> ResponsePage[PollResponse]:
        """Fetch one page of the answers of one session. Source: the seed collection, item 56."""
        path, page = _in_session(poll_id, session_id, "/responses"), ResponsePage[PollResponse]
        return await self._get("polls.list_session_responses", path, page, limit=limit, start=start)

    def each_session_response(self, poll_id: str, session_id: str) -> AsyncIterator[PollResponse]:
        """Walk all answers of one session."""
        return each_of(
            lambda start: self.list_session_responses(poll_id, session_id, limit=LARGEST_PAGE, start=start)
        )

    async def get_session_response(self, poll_id: str, session_id: str, response_id: str) -> PollResponse:
        """Fetch one answer by its session. Source: the seed collection, item 57."""
        path = _in_session(poll_id, session_id, "/responses/{response_id}", response_id=response_id)
        return await self._get("polls.get_session_response", path, PollResponse)


def _question(poll_id: str, question_id: int) -> str:
    path = "/polls/{poll_id}/questions/{question_id}"
    return at(path, poll_id=poll_id, question_id=str(question_id))


def _option(poll_id: str, question_id: int, option_id: int) -> str:
    return _question(poll_id, question_id) + at("/options/{option_id}", option_id=str(option_id))


def _in_session(poll_id: str, session_id: str, rest: str = "", **places: str) -> str:
    path = "/polls/{poll_id}/sessions/{session_id}" + rest
    return at(path, poll_id=poll_id, session_id=session_id, **places)
