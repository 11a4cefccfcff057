"""Polls: written, rewritten and shortened, and linked to rooms."""

from pydantic import BaseModel

from sandbox.hms.api_error import not_found
from sandbox.hms.operation import Call, operation
from sandbox.hms.routes import rooms
from sandbox.hms.state.poll import poll
from sandbox.hms.state.poll.poll import Option, Poll, PollBody, Question
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer

_QUESTION = "/polls/{poll_id}/questions/{question_id}"
_OPTION = f"{_QUESTION}/options/{{option_id}}"


class LinkBody(BaseModel, strict=True):
    """Which polls belong to a room."""

    polls: list[str]


@operation("polls.create", "POST", "/polls")
def create(world: World, call: Call) -> Answer:
    """Make a poll."""
    return world.polls.make(call.read(PollBody)).shown()


@operation("polls.get", "GET", "/polls/{poll_id}")
def get(world: World, call: Call) -> Answer:
    """Show a poll with its questions and their answers."""
    return _poll(world, call).shown()


@operation("polls.update", "POST", "/polls/{poll_id}")
def update(world: World, call: Call) -> Answer:
    """Write all of a poll anew; what is not sent takes its default."""
    changed = _changeable(world, call)
    changed.rewrite(call.read(PollBody))
    return changed.shown()


@operation("polls.update_question", "POST", _QUESTION)
def update_question(world: World, call: Call) -> Answer:
    """Write one question anew."""
    changed = _changeable(world, call)
    return changed.rewrite_question(_index(call, "question"), call.read(Question)).shown()


@operation("polls.delete_question", "DELETE", _QUESTION)
def delete_question(world: World, call: Call) -> Answer:
    """Take one question out; those after it move down by one."""
    poll.remove(_changeable(world, call).questions, _index(call, "question"), "question")
    return {}


@operation("polls.update_option", "POST", _OPTION)
def update_option(world: World, call: Call) -> Answer:
    """Write one option anew."""
    changed = _changeable(world, call)
    option = changed.rewrite_option(_index(call, "question"), _index(call, "option"), call.read(Option))
    return option.shown()


@operation("polls.delete_option", "DELETE", _OPTION)
def delete_option(world: World, call: Call) -> Answer:
    """Take one option out; those after it move down by one."""
    question = _changeable(world, call).question(_index(call, "question"))
    poll.remove(question.options, _index(call, "option"), "option")
    return {}


@operation("polls.link_room", "POST", "/rooms/{room_id}", members={"polls"})
def link_room(world: World, call: Call) -> Answer:
    """Say which polls belong to a room."""
    return linked(world, call, call.read(LinkBody).polls)


def linked(world: World, call: Call, poll_ids: list[str]) -> Answer:
    """Let these polls, and no others, belong to a room."""
    room = world.room(call.path["room_id"])
    world.change_room(room, polls=poll_ids)
    return rooms.shown(room)


def _poll(world: World, call: Call) -> Poll:
    return world.polls.find(call.path["poll_id"])


def _changeable(world: World, call: Call) -> Poll:
    return world.polls.changeable(call.path["poll_id"])


def _index(call: Call, thing: str) -> int:
    index = call.path[f"{thing}_id"]
    if index.isascii() and index.isdigit():
        return int(index)
    raise not_found(thing)
