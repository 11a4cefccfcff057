"""``poll-question`` and ``poll-option``: one part of a poll is changed, and the others stay."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.commands.poll.building import only_poll


@pytest.fixture
async def quiz(chat: Chat, standup: Room) -> Room:
    """A quiz of two questions."""
    await chat.says(
        "mo", '/hms poll create "France?" Lyon = Paris Metz / "North?" + = Oslo Rome = Riga --title Capitals'
    )
    return standup


def asked(chat: Chat) -> list[tuple[str, list[str], list[int]]]:
    return [
        (one.text, [each.text for each in one.options], list(one.answer.options) if one.answer else [])
        for one in only_poll(chat).questions
    ]


FRANCE = ("France?", ["Lyon", "Paris", "Metz"], [2])
NORTH = ("North?", ["Oslo", "Rome", "Riga"], [1, 3])


async def test_a_question_is_added_at_the_end(chat: Chat, quiz: Room) -> None:
    said = await chat.says("mo", '/hms poll-question add Capitals "Spain?" = Madrid Rome')

    assert "Mo added 1 question to the poll “Capitals” of standup." in said.text
    assert asked(chat) == [FRANCE, NORTH, ("Spain?", ["Madrid", "Rome"], [1])]


async def test_a_question_is_written_anew(chat: Chat, quiz: Room) -> None:
    only_poll(chat).questions[0].weight = 7
    said = await chat.says("mo", '/hms poll-question edit Capitals 1 "Capital of France?" = Paris Lyon')

    assert "Mo wrote question 1 of the poll “Capitals” of standup anew." in said.text
    assert asked(chat) == [("Capital of France?", ["Paris", "Lyon"], [1]), NORTH]
    assert only_poll(chat).questions[0].weight == 7


async def test_a_question_is_taken_out_and_those_behind_it_move_up(chat: Chat, quiz: Room) -> None:
    await chat.says("mo", "/hms poll-question remove Capitals 1")

    assert asked(chat) == [NORTH]
    assert [one.index for one in only_poll(chat).questions] == [1]


async def test_an_option_is_added_right_or_not(chat: Chat, quiz: Room) -> None:
    await chat.says("mo", "/hms poll-option add Capitals 1 Nice")
    await chat.says("mo", "/hms poll-option add Capitals 2 Turku --right")

    assert asked(chat) == [
        ("France?", ["Lyon", "Paris", "Metz", "Nice"], [2]),
        ("North?", ["Oslo", "Rome", "Riga", "Turku"], [1, 3, 4]),
    ]


async def test_an_option_gets_another_text(chat: Chat, quiz: Room) -> None:
    only_poll(chat).questions[0].options[0].weight = 4
    said = await chat.says("mo", "/hms poll-option edit Capitals 1 1 Lille")

    assert "Mo wrote “Lille” for option 1 of question 1" in said.text
    assert asked(chat)[0] == ("France?", ["Lille", "Paris", "Metz"], [2])
    assert only_poll(chat).questions[0].options[0].weight == 4


async def test_what_is_right_stays_right_when_an_option_before_it_goes(chat: Chat, quiz: Room) -> None:
    await chat.says("mo", "/hms poll-option remove Capitals 1 1")
    await chat.says("mo", "/hms poll-option remove Capitals 2 2")

    assert asked(chat) == [("France?", ["Paris", "Metz"], [1]), ("North?", ["Oslo", "Riga"], [1, 2])]


async def test_where_nothing_is_right_100ms_takes_the_option_out(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Ready?" Yes No Maybe')
    await chat.says("mo", "/hms poll-option remove Ready? 1 2")

    assert asked(chat) == [("Ready?", ["Yes", "Maybe"], [])]
    assert len(chat.calls("polls.delete_option")) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("poll-question edit Capitals 9 'Why?'", "“Capitals” has no question 9."),
        ("poll-question remove Capitals 9", "“Capitals” has no question 9."),
        ("poll-option add Capitals 9 Nice", "“Capitals” has no question 9."),
        ("poll-option edit Capitals 1 9 Nice", "Question 1 of “Capitals” has no option 9."),
        ("poll-option remove Capitals 1 9", "Question 1 of “Capitals” has no option 9."),
        ("poll-option remove nosuch 1 1", "standup has no poll “nosuch”."),
        ("poll-question edit Capitals 1 'Why?' / 'How?'", "One question is written anew at a time."),
        ("poll-option edit Capitals first 1 Nice", "“first” is no whole number."),
    ],
)
async def test_a_part_that_does_not_exist_is_said(chat: Chat, quiz: Room, line: str, said: str) -> None:
    before = asked(chat)
    assert said in (await chat.says("mo", f"/hms {line}")).text
    assert asked(chat) == before


@pytest.mark.parametrize(
    "line",
    [
        "poll-question add Capitals 'Why?'",
        "poll-question edit Capitals 1 'Why?'",
        "poll-question remove Capitals 1",
        "poll-option add Capitals 1 Nice",
        "poll-option edit Capitals 1 1 Nice",
        "poll-option remove Capitals 1 1",
    ],
)
async def test_what_100ms_refuses_while_a_poll_runs_is_said(chat: Chat, quiz: Room, line: str) -> None:
    chat.world.settings.running_polls = "refuse"
    await chat.says("mo", "/hms poll link Capitals")
    quiz.end()
    quiz.join("Gus")

    said = await chat.says("mo", f"/hms {line}")

    assert "100ms does not change “Capitals” while it runs, so it is as it was." in said.text
    assert asked(chat) == [FRANCE, NORTH]
    assert (await chat.says("vi", f"/hms {line}")).text.startswith("Only moderators can do this")
