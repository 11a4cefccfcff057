"""What people answer in polls, and what the API tells of it."""

import pytest

from sandbox.hms.api_error import ApiError
from sandbox.hms.state.poll.poll_run import Vote

CAPITALS = [
    {
        "text": "France?",
        "weight": 2,
        "type": "single-choice",
        "answer": {"options": [2]},
        "options": [{"text": "Lyon"}, {"text": "Paris"}],
    },
    {
        "text": "In the north?",
        "weight": 3,
        "type": "multiple-choice",
        "answer": {"options": [1, 3]},
        "options": [{"text": "Oslo"}, {"text": "Rome"}, {"text": "Riga"}],
    },
    {"text": "Spain?", "type": "short-answer", "answer": {"text": "Madrid", "trim": True}, "once": True},
    {"text": "Sure?", "skippable": False, "options": [{"text": "Yes"}]},
]


class Stage:
    """A live room with a poll, and people who answer it."""

    def __init__(self, api, world, **poll):
        self.api, self.world = api, world
        self.room = world.add_room("standup")
        self.id = api.post("/polls", type="quiz", questions=CAPITALS, **poll)["id"]
        api.post(f"/rooms/{self.room.id}", polls=[self.id])
        self.gus, self.ivy = self.room.join("Gus"), self.room.join("Ivy")

    def vote(self, peer, question, *options, text=""):
        poll = self.world.polls.find(self.id)
        return self.world.polls.vote(self.room, poll, peer, question, Vote(options=[*options], text=text))

    def get(self, path, status=200, **query):
        return self.api.get(f"/polls/{self.id}/{path}", status, **query)


@pytest.fixture
def stage(api, world):
    return Stage(api, world)


def refusal(vote, *args, **how):
    with pytest.raises(ApiError) as caught:
        vote(*args, **how)
    return caught.value.details or caught.value.message


def test_a_poll_runs_from_the_first_to_the_last_of_a_session(stage):
    (run,) = stage.get("sessions")["responses"]
    assert (run["session_id"], run["stopped_at"]) == (stage.room.session.id, None)
    stage.world.advance(60)
    stage.room.end()
    assert stage.get("sessions")["responses"][0]["stopped_at"] == "2026-03-02T09:01:00Z"


def test_a_manual_poll_runs_from_the_first_vote_until_its_time_is_over(api, world):
    stage = Stage(api, world, start="manual", duration=30)
    assert stage.get("sessions")["responses"] is None
    stage.vote(stage.gus, 1, 2)
    world.advance(31)
    assert stage.get("sessions")["responses"][0]["stopped_at"]
    assert refusal(stage.vote, stage.ivy, 1, 2) == "poll is not running"


def test_a_session_counts_answers_and_people(stage):
    stage.vote(stage.gus, 1, 2)
    stage.vote(stage.gus, 2, 1, 3)
    stage.vote(stage.ivy, 1, 1)
    (run,) = stage.get(f"sessions/{stage.room.session.id}")["responses"]
    assert (run["total_responses"], run["unique_participants"]) == (3, 2)
    assert stage.get("sessions/" + "0" * 24, 404)["message"] == "session not found"


@pytest.mark.parametrize(
    ("question", "options", "text", "score"),
    [
        (1, [2], "", 2),
        (1, [1], "", 0),
        (2, [3, 1], "", 3),
        (2, [1], "", 0),
        (3, [], " madrid ", 1),
        (3, [], "Rome", 0),
        (1, [], "", 0),
    ],
)
def test_a_right_answer_is_worth_its_questions_weight(stage, question, options, text, score):
    stage.vote(stage.gus, question, *options, text=text)
    (result,) = stage.get("results")["results"]
    assert (result["question"], result["score"], result["user_id"]) == (question, score, "user-gus")
    assert stage.get(f"results/{result['id']}") == result


def test_an_answer_says_who_when_and_how_long_it_took(stage):
    stage.world.advance(4.2)
    given = stage.vote(stage.gus, 1, 2)
    (response,) = stage.get("responses")["responses"]
    assert (response["id"], response["duration"], response["options"]) == (given.id, 4200, [2])
    assert (response["peer_id"], response["user_id"]) == (stage.gus.id, "user-gus")
    assert (response["skipped"], response["update"], response["retries"]) == (False, False, 0)
    assert stage.get(f"responses/{given.id}") == response


def test_who_answers_again_changes_the_answer(stage):
    first = stage.vote(stage.gus, 1, 1)
    second = stage.vote(stage.gus, 1, 2)
    (response,) = stage.get("responses")["responses"]
    assert (response["id"], response["update"], response["original_response"], response["retries"]) == (
        second.id, True, first.id, 1,
    )  # fmt: skip
    assert [each["id"] for each in stage.get("responses", all="true")["responses"]] == [second.id, first.id]
    assert [each["score"] for each in stage.get("results")["results"]] == [2]


def test_some_questions_are_answered_once(stage):
    stage.vote(stage.gus, 3, text="Rome")
    assert refusal(stage.vote, stage.gus, 3, text="Madrid") == "question can be answered once only"


def test_an_anonymous_poll_keeps_no_names(api, world):
    stage = Stage(api, world, anonymous=True)
    stage.vote(stage.gus, 1, 2)
    (response,) = stage.get("responses")["responses"]
    assert (response["peer_id"], response["user_id"]) == ("", "")
    assert stage.get("results")["results"][0]["user_id"] == ""


@pytest.mark.parametrize(("mode", "people"), [("userid", 1), ("peerid", 2)])
def test_the_mode_says_who_is_the_same_person(api, world, mode, people):
    stage = Stage(api, world, mode=mode)
    stage.vote(stage.gus, 1, 2)
    stage.vote(stage.room.join("Gus"), 1, 1)
    assert stage.get("sessions")["responses"][0]["unique_participants"] == people


def test_an_answer_that_the_question_does_not_take_is_refused(stage):
    bad = "Invalid body param"
    assert refusal(stage.vote, stage.gus, 1, 1, 2) == (f"{bad}: one option only",)
    assert refusal(stage.vote, stage.gus, 1, text="Paris")[0].startswith(bad)
    assert refusal(stage.vote, stage.gus, 3, 1)[0].startswith(bad)
    assert refusal(stage.vote, stage.gus, 4) == (f"{bad}: question cannot be skipped",)
    assert refusal(stage.vote, stage.gus, 1, 9) == "option not found"
    assert refusal(stage.vote, stage.gus, 9, 1) == "question not found"
    assert stage.get("responses")["responses"] is None


def test_who_may_not_read_polls_does_not_vote(stage):
    assert refusal(stage.vote, stage.room.join("Max", "muted"), 1, 2) == "role not allowed"


def test_a_poll_of_another_room_is_refused(stage):
    stage.api.post(f"/rooms/{stage.room.id}", polls=[])
    assert refusal(stage.vote, stage.gus, 1, 2) == "poll is not linked to this room"


def test_answers_are_read_by_question_and_page_by_page(stage):
    for peer in (stage.gus, stage.ivy):
        stage.vote(peer, 1, 2)
        stage.vote(peer, 2, 1, 3)
    assert len(stage.get("responses", question=1)["responses"]) == 2
    assert len(stage.get("results", question=2)["results"]) == 2
    first = stage.get("responses", limit=3)
    assert (first["limit"], len(first["responses"])) == (3, 3)
    assert len(stage.get("responses", limit=3, start=first["last"])["responses"]) == 1
    assert stage.get("responses", 400, question="one")["message"] == "Invalid query param"


def test_answers_are_read_by_way_of_their_session(stage):
    given = stage.vote(stage.gus, 1, 2)
    past = stage.room.session.id
    stage.room.end()
    stage.room.join("Mo")
    for session, count in ((past, 1), (stage.room.session.id, 0)):
        assert len(stage.get(f"sessions/{session}/responses")["responses"] or []) == count
        assert len(stage.get(f"sessions/{session}/results")["results"] or []) == count
    result = stage.get("results")["results"][0]
    assert stage.get(f"sessions/{past}/results/{result['id']}") == result
    assert stage.get(f"sessions/{past}/responses/{given.id}")["question"] == 1
    now = stage.room.session.id
    assert stage.get(f"sessions/{now}/responses/{given.id}", 404)["message"] == "response not found"
    assert stage.get(f"sessions/{now}/results/{result['id']}", 404)["message"] == "result not found"


@pytest.mark.parametrize("path", ["sessions", "responses", "results", "sessions/x", "sessions/x/results"])
def test_an_unknown_poll_is_not_found(api, path):
    assert api.get(f"/polls/{'0' * 24}/{path}", 404)["message"] == "poll not found"
