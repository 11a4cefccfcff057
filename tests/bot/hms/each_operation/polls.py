"""Polls, and what people made of them."""

from bot.hms import Invalid, NotFound, Poll, PollOption, Question
from tests.bot.hms.each_operation.row import UNKNOWN, Act, Read, ids


def _questions(stage):
    return [question.text for question in stage.poll.questions]


def _options(stage):
    return [(option.index, option.text) for option in stage.poll.questions[0].options]


POLLS = {
    "polls.create": Act(
        works=lambda hms, _: hms.polls.create(Poll(title="Lunch")),
        state=lambda stage: [poll.title for poll in stage.world.polls._polls.values()],
        leaves=["Capitals", "Lunch"],
        refused=lambda hms, _: hms.polls.create(Poll(title="Lunch", type="vote")),
        error=Invalid,
    ),
    "polls.get": Read(
        works=lambda hms, stage: hms.polls.get(stage.quiz.id),
        tells=lambda poll, stage: poll == stage.quiz,
        refused=lambda hms, _: hms.polls.get(UNKNOWN),
        error=NotFound,
    ),
    "polls.update": Act(
        works=lambda hms, stage: hms.polls.update(stage.quiz.id, Poll(title="Rivers")),
        state=lambda stage: (stage.poll.title, stage.poll.body.type, _questions(stage)),
        leaves=("Rivers", "poll", []),
        refused=lambda hms, _: hms.polls.update(UNKNOWN, Poll(title="Rivers")),
        error=NotFound,
    ),
    "polls.update_question": Act(
        works=lambda hms, stage: hms.polls.update_question(stage.quiz.id, 2, Question(text="How?")),
        state=_questions,
        leaves=["France?", "How?"],
        refused=lambda hms, stage: hms.polls.update_question(stage.quiz.id, 3, Question(text="How?")),
        error=NotFound,
    ),
    "polls.delete_question": Act(
        works=lambda hms, stage: hms.polls.delete_question(stage.quiz.id, 1),
        state=lambda stage: [(question.index, question.text) for question in stage.poll.questions],
        leaves=[(1, "Why?")],
        refused=lambda hms, stage: hms.polls.delete_question(stage.quiz.id, 3),
        error=NotFound,
    ),
    "polls.update_option": Act(
        works=lambda hms, stage: hms.polls.update_option(stage.quiz.id, 1, 3, PollOption(text="Metz")),
        state=_options,
        leaves=[(1, "Lyon"), (2, "Paris"), (3, "Metz")],
        refused=lambda hms, stage: hms.polls.update_option(stage.quiz.id, 1, 4, PollOption(text="Metz")),
        error=NotFound,
    ),
    "polls.delete_option": Act(
        works=lambda hms, stage: hms.polls.delete_option(stage.quiz.id, 1, 1),
        state=_options,
        leaves=[(1, "Paris"), (2, "Nice")],
        refused=lambda hms, stage: hms.polls.delete_option(stage.quiz.id, 1, 4),
        error=NotFound,
    ),
    "polls.link_room": Act(
        works=lambda hms, stage: hms.polls.link_room(stage.quiet.id, [stage.quiz.id]),
        state=lambda stage: stage.quiet.polls == [stage.quiz.id],
        leaves=True,
        refused=lambda hms, stage: hms.polls.link_room(UNKNOWN, [stage.quiz.id]),
        error=NotFound,
    ),
}

ANSWERS = {
    "polls.list_sessions": Read(
        works=lambda hms, stage: hms.polls.list_sessions(stage.quiz.id),
        tells=lambda page, stage: ids(page.responses) == [stage.run.id],
        refused=lambda hms, _: hms.polls.list_sessions(UNKNOWN),
        error=NotFound,
    ),
    "polls.get_session": Read(
        works=lambda hms, stage: hms.polls.get_session(stage.quiz.id, stage.run.session_id),
        tells=lambda page, _: [each.total_responses for each in page.responses] == [1],
        refused=lambda hms, stage: hms.polls.get_session(UNKNOWN, stage.run.session_id),
        error=NotFound,
    ),
    "polls.list_results": Read(
        works=lambda hms, stage: hms.polls.list_results(stage.quiz.id),
        tells=lambda page, _: [(each.user_id, each.score) for each in page.results] == [("gus-17", 1)],
        refused=lambda hms, _: hms.polls.list_results(UNKNOWN),
        error=NotFound,
    ),
    "polls.get_result": Read(
        works=lambda hms, stage: hms.polls.get_result(stage.quiz.id, stage.run.results[0].id),
        tells=lambda result, _: (result.user_id, result.score) == ("gus-17", 1),
        refused=lambda hms, stage: hms.polls.get_result(stage.quiz.id, UNKNOWN),
        error=NotFound,
    ),
    "polls.list_responses": Read(
        works=lambda hms, stage: hms.polls.list_responses(stage.quiz.id, question=1),
        tells=lambda page, _: [(each.user_id, each.options) for each in page.responses] == [("gus-17", (2,))],
        refused=lambda hms, _: hms.polls.list_responses(UNKNOWN),
        error=NotFound,
    ),
    "polls.get_response": Read(
        works=lambda hms, stage: hms.polls.get_response(stage.quiz.id, stage.run.responses[0].id),
        tells=lambda answer, stage: (answer.peer_id, answer.options) == (stage.gus.id, (2,)),
        refused=lambda hms, stage: hms.polls.get_response(stage.quiz.id, UNKNOWN),
        error=NotFound,
    ),
    "polls.list_session_results": Read(
        works=lambda hms, stage: hms.polls.list_session_results(stage.quiz.id, stage.run.session_id),
        tells=lambda page, stage: ids(page.results) == ids(stage.run.results),
        refused=lambda hms, stage: hms.polls.list_session_results(UNKNOWN, stage.run.session_id),
        error=NotFound,
    ),
    "polls.get_session_result": Read(
        works=lambda hms, stage: hms.polls.get_session_result(
            stage.quiz.id, stage.run.session_id, stage.run.results[0].id
        ),
        tells=lambda result, stage: result.session_id == stage.run.session_id,
        refused=lambda hms, stage: hms.polls.get_session_result(
            stage.quiz.id, stage.past.id, stage.run.results[0].id
        ),
        error=NotFound,
    ),
    "polls.list_session_responses": Read(
        works=lambda hms, stage: hms.polls.list_session_responses(stage.quiz.id, stage.run.session_id),
        tells=lambda page, stage: ids(page.responses) == ids(stage.run.responses),
        refused=lambda hms, stage: hms.polls.list_session_responses(UNKNOWN, stage.run.session_id),
        error=NotFound,
    ),
    "polls.get_session_response": Read(
        works=lambda hms, stage: hms.polls.get_session_response(
            stage.quiz.id, stage.run.session_id, stage.run.responses[0].id
        ),
        tells=lambda answer, stage: answer.session_id == stage.run.session_id,
        refused=lambda hms, stage: hms.polls.get_session_response(
            stage.quiz.id, stage.past.id, stage.run.responses[0].id
        ),
        error=NotFound,
    ),
}
