"""``poll create``, ``list``, ``show``, ``edit``, ``copy``: polls are made and changed, and found again.

Long because a poll is made, shown, changed and launched, and each is a conversation.
"""

import pytest

from sandbox.hms.state.poll.poll import PollBody, Question
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat
from tests.commands.poll.building import only_poll, polls

NOBODYS = "0" * 24


# Create.


async def test_one_line_makes_a_poll_and_says_who_did(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", '/hms poll create "Ready?" Yes No --for 60s')

    assert "Mo made the poll “Ready?” for standup. Nobody sees it before it is launched." in said.text
    assert said.buttons == ("Launch it", "Edit…")
    poll = only_poll(chat)
    assert (poll.title, poll.body.duration, poll.body.anonymous, poll.body.type) == (
        "Ready?", 60, False, "poll",
    )  # fmt: skip
    [question] = poll.questions
    assert (question.type, [one.text for one in question.options]) == ("single-choice", ["Yes", "No"])
    assert standup.polls == []


async def test_who_may_not_edit_it_reads_who_may_before_any_form_opens(chat: Chat, standup: Room) -> None:
    made = await chat.says("mo", '/hms poll create "Ready?" Yes No --for 60s')

    said = await chat.clicks("vi", "Edit…", made)

    assert said.text == "Only moderators can do this; you are a viewer. Ask Ada."
    assert chat.workspace.views_of(PEOPLE["vi"]) == []
    assert chat.story(0).states == ["refused"]
    await chat.clicks("max", "Edit…", made)
    assert len(chat.workspace.views_of(PEOPLE["max"])) == 1


async def test_several_may_be_chosen_nobody_is_named_and_a_host_starts_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Which?" Red Blue --multi --anon --by-host')

    poll = only_poll(chat)
    assert (poll.questions[0].type, poll.body.anonymous, poll.body.start) == (
        "multiple-choice", True, "manual",
    )  # fmt: skip


@pytest.mark.parametrize("answer", ["2", "Paris", "paris"])
async def test_a_quiz_says_what_is_right_by_number_or_as_it_is_written(
    chat: Chat, standup: Room, answer: str
) -> None:
    await chat.says("mo", f'/hms poll create "Capital of France?" Lyon Paris --quiz --answer {answer}')

    poll = only_poll(chat)
    assert poll.body.type == "quiz"
    right = poll.questions[0].answer
    assert right
    assert (right.options, right.hidden) == ([2], True)


async def test_a_right_answer_that_is_none_is_said_and_nothing_is_made(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", '/hms poll create "Capital of France?" Lyon Paris --quiz --answer 3')

    assert "There is no option “3”." in said.text
    assert chat.calls("polls.create") == []


async def test_a_question_without_quotes_goes_as_far_as_its_question_mark(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms poll create Break now?")
    [question] = only_poll(chat).questions
    assert (question.text, question.type) == ("Break now?", "short-answer")

    shown = await chat.says("mo", "/hms poll create Are you ok? yes no --dry-run")
    assert "Make the poll “Are you ok?” for standup?\n1 question · “Are you ok?” “yes” and “no”" in shown.text


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("Lunch? pizza, salad", ["pizza", "salad"]),
        ('"Lunch?" pizza hut, green salad', ["pizza hut", "green salad"]),
        ("Lunch? pizza hut , = green salad , soup", ["pizza hut", "green salad", "soup"]),
        ('Lunch? "pizza," salad', ["pizza,", "salad"]),
        ("Lunch? yes no, really / Dinner? pizza salad", ["yes no", "really"]),
    ],
)
async def test_commas_part_the_options(chat: Chat, standup: Room, line: str, options: list[str]) -> None:
    await chat.says("mo", f"/hms poll create {line}")

    first, *_ = only_poll(chat).questions
    assert [one.text for one in first.options] == options


async def test_a_quiz_in_which_nothing_is_right_is_asked_what_is(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", '/hms poll create "2+2?" 3 4 5 --quiz')

    assert said.text.startswith("A quiz needs to know what is right. Write a = before it, as in 3 = 4 5, or")
    assert chat.calls("polls.create") == []


async def test_several_questions_in_a_line_and_one_in_own_words(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "France?" Lyon = Paris / "North?" + = Oslo Rome = Riga / "Why?"')

    asked = [
        (one.text, one.type, one.answer.options if one.answer else []) for one in only_poll(chat).questions
    ]
    assert asked == [
        ("France?", "single-choice", [2]),
        ("North?", "multiple-choice", [1, 3]),
        ("Why?", "short-answer", []),
    ]
    assert only_poll(chat).body.type == "quiz"


async def test_one_option_is_no_choice(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", '/hms poll create "Ready?" Yes')

    assert "needs two options at least" in said.text
    assert chat.calls("polls.create") == []


async def test_made_and_launched_at_once(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", '/hms poll create "Ready?" Yes No --launch')

    assert standup.polls == [only_poll(chat).id]
    assert "It starts with the next session of standup, or by a host in the app now." in said.text


async def test_a_viewer_makes_no_poll(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", '/hms poll create "Ready?" Yes No')

    assert said.text.startswith("Only moderators can do this")
    assert chat.calls("polls.create") == []


# List.


async def test_the_list_has_what_was_made_what_was_shown_and_what_is_linked(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", '/hms poll create "Made here?" Yes No')
    linked, seen, unknown = (
        chat.world.polls.make(PollBody(title=title)) for title in ("Linked", "Shown", "Elsewhere")
    )
    chat.world.change_room(standup, polls=[linked.id])
    await chat.says("vi", f"/hms poll show {seen.id}")

    said = await chat.says("vi", "/hms poll list")

    assert (
        "3 polls of standup, made or shown here, or linked at 100ms, which has no list of all." in said.text
    )
    assert "“Made here?” · a poll · 1 question" in said.text
    assert "“Linked” · a poll · 0 questions · linked" in said.text
    assert "“Shown”" in said.text
    assert unknown.title not in said.text


async def test_an_empty_list_says_why(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms poll list")

    assert "standup has no poll that is known here; 100ms has no list of all." in said.text


async def test_what_nobody_looked_at_is_forgotten_unless_it_is_linked(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Old?" Yes No')
    await chat.says("mo", '/hms poll create "Linked?" Yes No --launch')
    chat.clock.now += chat.span("401d")
    async with chat.bot.db.write() as tx:
        await chat.bot.dispatcher.books.prune(tx)

    said = await chat.says("vi", "/hms poll list")
    assert "“Linked?”" in said.text
    assert "Old?" not in said.text


# Show.


async def test_a_poll_is_shown_with_its_numbers_and_what_can_be_done(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Capital of France?" Lyon = Paris --title Capitals --for 90s')

    said = await chat.says("mo", "/hms poll show capitals")
    assert "“Capitals” is a quiz with 1 question." in said.text
    assert "2 · Paris · right" in said.text
    assert "It runs for 90 seconds." in said.text
    assert said.buttons == ("Results", "Launch", "Edit…", "Copy")
    assert (await chat.says("vi", "/hms poll show Capitals")).buttons == ("Results",)
    await chat.says("mo", "/hms poll edit Capitals --for 1s")
    assert "It runs for 1 second." in (await chat.says("mo", "/hms poll show Capitals")).text


async def test_the_newest_is_meant_where_none_is_named(chat: Chat, standup: Room) -> None:
    assert "standup has no poll yet." in (await chat.says("vi", "/hms poll show")).text
    await chat.says("mo", '/hms poll create "First?" Yes No')
    await chat.says("mo", '/hms poll create "Second?" Yes No')

    assert "“Second?” is a poll" in (await chat.says("vi", "/hms poll show")).text


async def test_a_poll_that_does_not_exist_is_said_with_what_may_be_meant(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Capitals?" Yes No')

    assert "standup has no poll “nosuch”." in (await chat.says("vi", "/hms poll show nosuch")).text
    unknown = await chat.says("vi", f"/hms poll show {NOBODYS}")
    assert f"There is no poll “{NOBODYS}” for standup." in unknown.text
    near = await chat.says("vi", "/hms poll show Capitols?")
    assert "“Capitals?” is a poll" in (await chat.clicks("vi", "Capitals?", near)).text


async def test_of_two_with_the_same_title_one_is_chosen(chat: Chat, standup: Room) -> None:
    for options in ("Yes No", "Now Later"):
        await chat.says("mo", f'/hms poll create "Ready?" {options}')
    newest = max(chat.world.polls._polls)

    asked = await chat.says("vi", "/hms poll show Ready?")
    assert "standup has several polls “Ready?”. Which one?" in asked.text
    said = await chat.clicks("vi", f"Ready? · {newest[-6:]}", asked)
    assert "Later" in said.text


async def test_a_poll_of_rooms_that_one_may_not_see_is_not_there(chat: Chat, standup: Room) -> None:
    other = chat.world.add_room("quiet-hall")
    await chat.says("mo", '/hms poll create "Secret?" Yes No --room quiet-hall')
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.grants("vi", Chat.VIEWER, standup.id)

    said = await chat.says("vi", f"/hms poll show {only_poll(chat).id}")
    assert (
        said.text
        == f"There is no poll “{only_poll(chat).id}” for standup. See which there are: /hms poll list."
    )
    await chat.grants("vi", Chat.VIEWER, other.id)
    assert "“Secret?” is a poll" in (await chat.says("vi", f"/hms poll show {only_poll(chat).id}")).text


async def test_a_title_cannot_speak_for_the_bot(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "<!channel> *bold*" Yes No')

    said = await chat.says("vi", "/hms poll list")
    assert "<!channel>" not in str([block for one in said.messages for block in one.blocks])


# Edit and copy.


async def test_a_poll_is_changed_and_the_rest_of_it_stays(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Ready?" Yes No --for 60s')

    said = await chat.says("mo", "/hms poll edit Ready? --title Steady --for 2m --by-host")

    assert "Mo changed the poll “Steady” of standup." in said.text
    assert "called “Steady” from now on · runs for 2m · a host starts it" in said.text
    poll = only_poll(chat)
    assert (poll.title, poll.body.duration, poll.body.start) == ("Steady", 120, "manual")
    assert [one.text for one in poll.questions[0].options] == ["Yes", "No"]


async def test_what_ran_anonymously_stays_anonymous(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Happy?" Yes No --anon --launch')
    poll = only_poll(chat)
    assert "Mo changed" in (await chat.says("mo", "/hms poll edit Happy? --no-anon")).text
    await chat.says("mo", "/hms poll edit Happy? --anon")
    standup.end()
    standup.join("Gus")

    said = await chat.says("mo", "/hms poll edit Happy? --no-anon")
    assert "ran as an anonymous poll, and stays one" in said.text
    assert poll.body.anonymous

    await chat.says("mo", "/hms poll copy Happy? --title 'Happy with names' --named")
    assert polls(chat)["Happy with names"].body.anonymous is False


@pytest.mark.parametrize("rule", ["change", "refuse"])
async def test_a_poll_that_runs_is_changed_where_100ms_does_so(chat: Chat, standup: Room, rule: str) -> None:
    chat.world.settings.running_polls = rule
    await chat.says("mo", '/hms poll create "Ready?" Yes No --launch')
    standup.end()
    standup.join("Gus")

    dry = await chat.says("mo", "/hms poll edit Ready? --title Steady --dry-run")
    assert "it runs now: what was answered stays as it was answered" in dry.text
    said = await chat.says("mo", "/hms poll edit Ready? --title Steady")

    if rule == "change":
        assert "Mo changed the poll “Steady”" in said.text
    else:
        assert "100ms does not change “Steady” while it runs" in said.text
        assert only_poll(chat).title == "Ready?"


async def test_an_edit_that_changes_nothing_is_told_to_no_channel(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Ready?" Yes No')
    told = chat.channel("classes")

    again = await chat.says("mo", "/hms poll edit Ready? --title Ready?")

    assert again.text == "All of that holds already, so there is nothing to change."
    assert chat.channel("classes") == told


async def test_an_edit_that_says_nothing_opens_the_form(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Ready?" Yes No')
    await chat.says("mo", "/hms poll edit Ready?")

    [view] = chat.workspace.views_of(PEOPLE["mo"])
    assert "Ready?" in str(view.body["blocks"])
    assert chat.calls("polls.update") == []


async def test_an_edit_that_was_cut_off_adds_nothing_twice(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Ready?" Yes No --title Poll')
    chat.way.hold("/v2/polls")
    await chat.begins(chat.says("mo", "/hms poll-question add Poll 'Why?'"))
    await chat.dies()
    chat.way.let_go()
    await chat.starts()

    assert [one.text for one in only_poll(chat).questions] == ["Ready?", "Why?"]


async def test_a_copy_has_the_questions_and_no_answers(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Capital of France?" Lyon = Paris --title Capitals --anon')

    said = await chat.says("mo", "/hms poll copy Capitals --title 'Capitals again'")

    assert "Mo copied the poll “Capitals” of standup: the copy is “Capitals again”" in said.text
    first, second = polls(chat)["Capitals"], polls(chat)["Capitals again"]
    assert first.id != second.id
    assert [one.shown() for one in first.questions] == [one.shown() for one in second.questions]
    assert second.body.anonymous


async def test_below_their_level_nothing_is_changed(chat: Chat, standup: Room) -> None:
    chat.world.polls.make(PollBody(title="Ready?", questions=[Question(text="Ready?")]))
    await chat.says("mo", f"/hms poll show {only_poll(chat).id}")
    for line in ("edit Ready? --title No", "copy Ready?", "link Ready?", "launch Ready?"):
        assert (await chat.says("vi", f"/hms poll {line}")).text.startswith("Only moderators can do this")
    assert {call.method for call in chat.world.calls} == {"GET"}
