"""What was answered in polls: by session, by person and by question."""

from typing import TypeVar

from sandbox.hms.api_error import not_found
from sandbox.hms.operation import Call, operation
from sandbox.hms.state.poll.poll_run import Response, Result, Run
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer

Item = TypeVar("Item", Response, Result)
_POLL = "/polls/{poll_id}"
_SESSION = f"{_POLL}/sessions/{{session_id}}"
_MOST_QUESTIONS = 10_000


@operation("polls.list_sessions", "GET", f"{_POLL}/sessions")
def list_sessions(world: World, call: Call) -> Answer:
    """Page through the sessions in which a poll ran."""
    return call.query.page(_runs(world, call), Run.shown, key="responses")


@operation("polls.get_session", "GET", _SESSION)
def get_session(world: World, call: Call) -> Answer:
    """Page through the runs of a poll in one session."""
    return call.query.page(_runs(world, call), Run.shown, key="responses")


@operation("polls.list_responses", "GET", f"{_POLL}/responses")
def list_responses(world: World, call: Call) -> Answer:
    """Page through what was answered."""
    return _list_responses(world, call)


@operation("polls.get_response", "GET", f"{_POLL}/responses/{{response_id}}")
def get_response(world: World, call: Call) -> Answer:
    """Show one answer."""
    return _one(_responses(world, call), call.path["response_id"], "response").shown()


@operation("polls.list_results", "GET", f"{_POLL}/results")
def list_results(world: World, call: Call) -> Answer:
    """Page through what the answers are worth."""
    return _list_results(world, call)


@operation("polls.get_result", "GET", f"{_POLL}/results/{{result_id}}")
def get_result(world: World, call: Call) -> Answer:
    """Show what one answer is worth."""
    return _one(_results(world, call), call.path["result_id"], "result").shown()


@operation("polls.list_session_responses", "GET", f"{_SESSION}/responses")
def list_session_responses(world: World, call: Call) -> Answer:
    """Page through what was answered in one session."""
    return _list_responses(world, call)


@operation("polls.get_session_response", "GET", f"{_SESSION}/responses/{{response_id}}")
def get_session_response(world: World, call: Call) -> Answer:
    """Show one answer, by way of its session."""
    return _one(_responses(world, call), call.path["response_id"], "response").shown()


@operation("polls.list_session_results", "GET", f"{_SESSION}/results")
def list_session_results(world: World, call: Call) -> Answer:
    """Page through what the answers of one session are worth."""
    return _list_results(world, call)


@operation("polls.get_session_result", "GET", f"{_SESSION}/results/{{result_id}}")
def get_session_result(world: World, call: Call) -> Answer:
    """Show what one answer is worth, by way of its session."""
    return _one(_results(world, call), call.path["result_id"], "result").shown()


def _runs(world: World, call: Call) -> list[Run]:
    """Find the runs that the path names: of the poll, or of the poll in one session."""
    session_id = call.path.get("session_id", "")
    runs = world.polls.runs(world.polls.find(call.path["poll_id"]), session_id)
    if session_id and not runs:
        raise not_found("session")
    return runs


def _responses(world: World, call: Call) -> list[Response]:
    return [response for run in _runs(world, call) for response in run.responses]


def _results(world: World, call: Call) -> list[Result]:
    return [result for run in _runs(world, call) for result in run.results]


def _list_responses(world: World, call: Call) -> Answer:
    superseded_too, question = call.query.flag("all"), _question(call)
    found = [
        response
        for response in _responses(world, call)
        if (superseded_too or not response.superseded) and question in {0, response.question}
    ]
    return call.query.page(found, Response.shown, key="responses")


def _list_results(world: World, call: Call) -> Answer:
    question = _question(call)
    found = [each for each in _results(world, call) if question in {0, each.response.question}]
    return call.query.page(found, Result.shown, key="results")


def _question(call: Call) -> int:
    return call.query.number("question", 0, 0, _MOST_QUESTIONS)


def _one(items: list[Item], item_id: str, thing: str) -> Item:
    for item in items:
        if item.id == item_id:
            return item
    raise not_found(thing)
