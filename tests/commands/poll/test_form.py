"""The form of ``poll create`` and ``poll edit``: questions and options come, go and move; nothing is lost."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.commands.poll.building import Builder, only_poll


@pytest.fixture
async def form(chat: Chat, standup: Room) -> Builder:
    """The form, open before Mo."""
    await chat.says("mo", "/hms poll create")
    return Builder(chat)


def asked(chat: Chat) -> list[tuple[str, list[str], list[int]]]:
    """What the one poll asks: each text, its options, and the numbers of those that are right."""
    return [
        (one.text, [each.text for each in one.options], list(one.answer.options) if one.answer else [])
        for one in only_poll(chat).questions
    ]


async def test_it_begins_with_one_question_and_room_for_two_options(form: Builder) -> None:
    assert form.labels[:4] == [
        "Question 1",
        "How it is answered",
        "Question 1, option 1",
        "Question 1, option 2",
    ]
    assert "Several answers" not in form.labels
    assert "Answer" not in form.labels


async def test_a_quiz_is_built_and_made(chat: Chat, form: Builder) -> None:
    form.types("Question 1", "Capital of France?")
    form.types("Question 1, option 1", "Lyon")
    form.types("Question 1, option 2", "Paris")
    await form.presses("Add an option")
    form.types("Question 1, option 3", "Metz")
    await form.presses("Add a question")
    form.types("Question 2", "In the north?")
    form.types("Question 2, option 1", "Oslo")
    form.types("Question 2, option 2", "Rome")
    await form.answered("several", nth=2)
    form.types("What is right, in a quiz", ["2"], nth=1)
    form.types("What is right, in a quiz", ["1"], nth=2)
    form.types("Title", "Capitals")

    assert await form.hands_in() == {}

    assert asked(chat) == [
        ("Capital of France?", ["Lyon", "Paris", "Metz"], [2]),
        ("In the north?", ["Oslo", "Rome"], [1]),
    ]
    poll = only_poll(chat)
    assert [one.type for one in poll.questions] == ["single-choice", "multiple-choice"]
    assert (poll.title, poll.body.type) == ("Capitals", "quiz")
    assert "Mo made the poll “Capitals” for standup." in chat.channel("classes")[-1]


async def test_what_is_typed_stays_when_something_is_added_moved_or_taken_out(form: Builder) -> None:
    form.types("Question 1", "Capital of France?")
    form.types("Question 1, option 1", "Lyon")
    form.types("Question 1, option 2", "Paris")
    form.types("Title", "Capitals")
    await form.presses("Add an option")
    form.types("Question 1, option 3", "Metz")
    await form.changes(1, "Move option 3 up")

    assert [form.shows(f"Question 1, option {place}") for place in (1, 2, 3)] == ["Lyon", "Metz", "Paris"]

    await form.changes(1, "Take option 1 out")
    assert [form.shows(f"Question 1, option {place}") for place in (1, 2)] == ["Metz", "Paris"]
    assert (form.shows("Question 1"), form.shows("Title")) == ("Capital of France?", "Capitals")


async def test_what_is_right_moves_with_its_option(chat: Chat, form: Builder) -> None:
    form.types("Question 1", "Capital of France?")
    form.types("Question 1, option 1", "Lyon")
    form.types("Question 1, option 2", "Paris")
    form.types("What is right, in a quiz", ["2"])
    await form.changes(1, "Move option 2 up")

    assert form.ticked() == ["1. Paris"]
    await form.presses("Add an option")
    assert form.ticked() == ["1. Paris"]
    await form.hands_in()
    assert asked(chat) == [("Capital of France?", ["Paris", "Lyon"], [1])]


async def test_questions_are_moved_and_taken_out(chat: Chat, form: Builder) -> None:
    for number, text in enumerate(("First?", "Second?", "Third?"), start=1):
        form.types(f"Question {number}", text)
        await form.answered("words", nth=number)
        if number < 3:
            await form.presses("Add a question")
    await form.changes(3, "Move the question up")
    await form.changes(1, "Take the question out")

    assert [form.shows("Question 1"), form.shows("Question 2")] == ["Third?", "Second?"]
    await form.hands_in()
    assert asked(chat) == [("Third?", [], []), ("Second?", [], [])]


async def test_options_stay_while_somebody_tries_own_words(form: Builder) -> None:
    form.types("Question 1, option 1", "Lyon")
    await form.answered("words")
    assert form.shows("Question 1, option 1") == "Lyon"
    assert form.labels.count("What is right, in a quiz") == 1
    await form.answered("one")
    assert form.shows("Question 1, option 1") == "Lyon"


async def test_what_does_not_fit_is_said_at_the_questions_and_stays_typed(chat: Chat, form: Builder) -> None:
    form.types("Question 1", "Ready?")
    form.types("Question 1, option 1", "Yes")

    errors = await form.hands_in()

    assert list(errors) == [form.block("Question 1")["block_id"]]
    assert "needs two options" in next(iter(errors.values()))
    assert form.shows("Question 1, option 1") == "Yes"
    assert chat.calls("polls.create") == []


async def test_a_form_that_is_left_empty_says_what_is_needed(chat: Chat, form: Builder) -> None:
    assert list(await form.hands_in()) == [form.block("Question 1")["block_id"]]  # Slack says so by itself
    form.types("Question 1", "  ")
    assert await form.hands_in() == {form.block("Question 1")["block_id"]: "This is needed."}
    assert chat.calls("polls.create") == []


async def test_a_form_holds_no_more_than_slack_shows(form: Builder) -> None:
    for _ in range(20):
        await form.presses("Add a question")

    assert len(form.blocks) <= 100
    said = str(form.view.body["blocks"])
    assert "A form holds no more." in said


async def test_a_question_takes_ten_options_in_a_form(form: Builder) -> None:
    for _ in range(8):
        await form.presses("Add an option")

    assert "Question 1, option 10" in form.labels
    assert all(each["text"]["text"] != "Add an option" for _, each in form._buttons())


async def test_a_form_that_changed_meanwhile_loses_nothing(chat: Chat, form: Builder) -> None:
    old = form.view
    form.types("Question 1", "Ready?")
    await form.presses("Add an option")
    await chat.workspace.clicks(form.who, old, "question:add")
    await form._settles()

    assert form.shows("Question 1") == "Ready?"


async def test_an_edit_shows_what_holds_and_keeps_what_it_does_not_know(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Capital of France?" Lyon = Paris --title Capitals --for 60s')
    only_poll(chat).questions[0].attachment = []
    only_poll(chat).questions[0].weight = 5
    only_poll(chat).questions[0].options[1].weight = 3

    await chat.says("mo", "/hms poll edit Capitals")
    form = Builder(chat)
    assert (form.shows("Question 1"), form.shows("Question 1, option 2")) == ("Capital of France?", "Paris")
    assert (form.shows("Title"), form.ticked()) == ("Capitals", ["2. Paris"])
    await form.presses("Add an option")
    form.types("Question 1, option 3", "Metz")
    form.types("Question 1", "The capital of France?")
    await form.changes(1, "Move option 2 up")
    assert await form.hands_in() == {}

    assert asked(chat) == [("The capital of France?", ["Paris", "Lyon", "Metz"], [1])]
    [question] = only_poll(chat).questions
    assert (question.weight, question.options[0].weight) == (5, 3)
    assert only_poll(chat).body.duration == 60


async def test_an_edit_that_is_handed_in_as_it_opened_changes_nothing(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "France?" Lyon = Paris / "Why?" = because --by-host --anon')
    before = only_poll(chat).shown()

    await chat.says("mo", "/hms poll edit France?")
    said = await Builder(chat).hands_in()

    assert list(said.values()) == ["All of that holds already, so there is nothing to change."]
    assert only_poll(chat).shown() == before


async def edited_by_two(chat: Chat, theirs: str) -> Builder:
    """Mo has the form of a poll open while Max changes it by this line."""
    await chat.says(
        "mo", '/hms poll create "France?" Lyon = Paris / "Why?" Because No --title Quiz --for 60s'
    )
    await chat.says("mo", "/hms poll edit Quiz")
    await chat.says("max", f"/hms {theirs}")
    return Builder(chat)


async def test_what_somebody_else_changed_meanwhile_stays_and_is_told(chat: Chat, standup: Room) -> None:
    form = await edited_by_two(chat, "poll edit Quiz --for 2m --by-host")

    form.types("Title", "Friday quiz")
    assert await form.hands_in() == {}

    poll = only_poll(chat)
    assert (poll.title, poll.body.duration, poll.body.start) == ("Friday quiz", 120, "manual")
    said = chat.channel("classes")[-1]
    assert "called “Friday quiz” from now on" in said
    assert "changed since you opened the form: how long it runs: 1m → 2m" in said
    assert "changed since you opened the form: a host starts it: no → yes" in said


@pytest.mark.parametrize(
    "theirs",
    ["poll-question edit Quiz 2 'How come?' Because No", "poll-question add Quiz 'Where?' There Here"],
)
async def test_a_question_that_somebody_else_wrote_meanwhile_stays(
    chat: Chat, standup: Room, theirs: str
) -> None:
    form = await edited_by_two(chat, theirs)

    form.types("Question 1", "Spain?")
    assert await form.hands_in() == {}

    texts = [question.text for question in only_poll(chat).questions]
    assert texts in (["Spain?", "How come?"], ["Spain?", "Why?", "Where?"])
    assert "changed since you opened the form: its questions" in chat.channel("classes")[-1]


@pytest.mark.parametrize(
    "theirs", ["poll-question edit Quiz 1 'Italy?' Rome Bari", "poll-question remove Quiz 2 --yes"]
)
async def test_what_two_people_wrote_anew_is_written_over_by_neither(
    chat: Chat, standup: Room, theirs: str
) -> None:
    form = await edited_by_two(chat, theirs)
    before = only_poll(chat).shown()

    form.types("Question 1", "Spain?")
    wrong = await form.hands_in()

    assert "Somebody else has changed the same questions of “Quiz” since you opened the form" in str(wrong)
    assert only_poll(chat).shown() == before
