import pytest

from bot.hms import Invalid, NotFound, Poll, PollOption, Question
from bot.hms.poll import RightAnswer
from sandbox.hms.state.poll.poll_run import Vote

CITIES = ("Lyon", "Paris", "Nice")
QUIZ = Poll(
    title="Capitals",
    type="quiz",
    questions=(
        Question(
            text="France?",
            type="single-choice",
            weight=2,
            answer=RightAnswer(hidden=True, options=(2,)),
            options=tuple(PollOption(text=city, weight=1) for city in CITIES),
        ),
        Question(text="Why?", type="long-answer"),
    ),
)


@pytest.fixture
async def quiz(hms):
    return await hms.polls.create(QUIZ)


@pytest.fixture
async def run(hms, world, quiz):
    """A session in which Gus was right and Ivy changed her mind."""
    room = world.add_room("standup", live=True)
    await hms.polls.link_room(room.id, [quiz.id])
    poll = world.polls.find(quiz.id)
    gus, ivy = room.join("Gus", user_id="gus-17"), room.join("Ivy", user_id="ivy-4")
    for peer, option in ((gus, 2), (ivy, 1), (ivy, 3)):
        world.advance(5)
        world.polls.vote(room, poll, peer, 1, Vote(options=[option], text=""))
    return room.session.id


async def test_a_quiz_is_made_and_its_parts_are_numbered(hms, quiz) -> None:
    assert quiz.id
    assert [question.index for question in quiz.questions] == [1, 2]
    assert [option.index for option in quiz.questions[0].options] == [1, 2, 3]
    assert quiz.questions[0].answer.options == (2,)
    assert await hms.polls.get(quiz.id) == quiz


async def test_what_was_read_can_be_written_back(hms, quiz) -> None:
    assert await hms.polls.update(quiz.id, quiz) == quiz


async def test_a_rewritten_poll_has_lost_what_was_not_sent(hms, quiz) -> None:
    changed = await hms.polls.update(quiz.id, Poll(title="Rivers"))
    assert (changed.id, changed.title, changed.type, changed.questions) == (quiz.id, "Rivers", "poll", ())
    assert await hms.polls.get(quiz.id) == changed


async def test_a_question_and_an_option_are_rewritten(hms, quiz) -> None:
    question = await hms.polls.update_question(quiz.id, 2, Question(text="How?", type="short-answer"))
    assert (question.index, question.text) == (2, "How?")
    option = await hms.polls.update_option(quiz.id, 1, 3, PollOption(text="Metz", weight=1))
    assert (option.index, option.text) == (3, "Metz")

    now = await hms.polls.get(quiz.id)
    assert [question.text for question in now.questions] == ["France?", "How?"]
    assert [option.text for option in now.questions[0].options] == ["Lyon", "Paris", "Metz"]


async def test_after_a_deleted_part_the_others_move_down(hms, quiz) -> None:
    await hms.polls.delete_option(quiz.id, 1, 1)
    await hms.polls.delete_question(quiz.id, 2)

    [question] = (await hms.polls.get(quiz.id)).questions
    assert [(option.index, option.text) for option in question.options] == [(1, "Paris"), (2, "Nice")]


async def test_a_poll_belongs_to_a_room_when_it_is_linked(hms, world, quiz) -> None:
    room = world.add_room("standup")
    assert (await hms.polls.link_room(room.id, [quiz.id])).polls == (quiz.id,)
    assert room.polls == [quiz.id]
    assert (await hms.polls.link_room(room.id, [])).polls == ()
    with pytest.raises(NotFound):
        await hms.polls.link_room("0" * 24, [quiz.id])


async def test_the_runs_of_a_poll_are_found(hms, quiz, run) -> None:
    [found] = [each async for each in hms.polls.each_session(quiz.id)]
    assert (found.poll_id, found.session_id) == (quiz.id, run)
    assert found.unique_participants == 2
    assert (await hms.polls.list_sessions(quiz.id)).responses == (found,)
    assert (await hms.polls.get_session(quiz.id, run)).responses == (found,)


async def test_what_people_answered_is_read(hms, quiz, run) -> None:
    answers = {answer.user_id: answer async for answer in hms.polls.each_response(quiz.id)}
    assert {user: answer.options or answer.option for user, answer in answers.items()}.keys() == {
        "gus-17",
        "ivy-4",
    }
    assert answers["ivy-4"].update
    assert len((await hms.polls.list_responses(quiz.id, all=True)).responses) == 3
    assert (await hms.polls.list_responses(quiz.id, question=2)).responses == ()

    one = answers["gus-17"]
    assert await hms.polls.get_response(quiz.id, one.id) == one
    assert await hms.polls.get_session_response(quiz.id, run, one.id) == one
    assert one in (await hms.polls.list_session_responses(quiz.id, run)).responses


async def test_what_the_answers_were_worth_is_read(hms, quiz, run) -> None:
    scores = {each.user_id: each async for each in hms.polls.each_result(quiz.id)}
    assert scores["gus-17"].score > scores["ivy-4"].score == 0
    assert (await hms.polls.list_results(quiz.id, question=2)).results == ()

    one = scores["gus-17"]
    assert await hms.polls.get_result(quiz.id, one.id) == one
    assert await hms.polls.get_session_result(quiz.id, run, one.id) == one
    assert one in (await hms.polls.list_session_results(quiz.id, run)).results


async def test_answers_are_listed_page_by_page(hms, quiz, run) -> None:
    first = await hms.polls.list_responses(quiz.id, limit=1)
    second = await hms.polls.list_responses(quiz.id, limit=1, start=first.following)
    assert (first.limit, len(first.responses), len(second.responses)) == (1, 1, 1)
    assert first.responses != second.responses


async def test_a_poll_that_does_not_exist_is_not_found(hms) -> None:
    poll, part = "0" * 24, "1" * 24
    for asked in (
        hms.polls.get(poll),
        hms.polls.update(poll, QUIZ),
        hms.polls.update_question(poll, 1, Question(text="?")),
        hms.polls.delete_question(poll, 1),
        hms.polls.update_option(poll, 1, 1, PollOption(text="?")),
        hms.polls.delete_option(poll, 1, 1),
        hms.polls.list_sessions(poll),
        hms.polls.get_session(poll, part),
        hms.polls.list_responses(poll),
        hms.polls.get_response(poll, part),
        hms.polls.list_results(poll),
        hms.polls.get_result(poll, part),
        hms.polls.list_session_responses(poll, part),
        hms.polls.get_session_response(poll, part, part),
        hms.polls.list_session_results(poll, part),
        hms.polls.get_session_result(poll, part, part),
    ):
        with pytest.raises(NotFound):
            await asked


async def test_a_part_that_does_not_exist_is_not_found(hms, quiz) -> None:
    for asked in (
        hms.polls.update_question(quiz.id, 9, Question(text="?")),
        hms.polls.delete_question(quiz.id, 9),
        hms.polls.delete_option(quiz.id, 1, 9),
        hms.polls.get_response(quiz.id, "0" * 24),
        hms.polls.get_result(quiz.id, "0" * 24),
    ):
        with pytest.raises(NotFound):
            await asked


async def test_a_kind_of_poll_that_does_not_exist_is_invalid(hms) -> None:
    with pytest.raises(Invalid):
        await hms.polls.create(Poll(title="Lunch", type="vote"))
