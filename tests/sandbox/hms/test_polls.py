"""Polls as the API writes them; what is answered is in test_votes.py."""

import pytest

CAPITALS = {
    "title": "Capitals",
    "duration": 60,
    "anonymous": False,
    "mode": "userid",
    "type": "quiz",
    "start": "manual",
    "questions": [
        {
            "index": 1,
            "text": "France?",
            "format": "text",
            "skippable": True,
            "duration": 0,
            "once": False,
            "weight": 2,
            "type": "single-choice",
            "answer": {"hidden": True, "options": [2], "case": False, "trim": True},
            "options": [
                {"index": 1, "text": "Lyon", "weight": 1},
                {"index": 2, "text": "Paris", "weight": 1},
                {"index": 3, "text": "Metz", "weight": 1},
            ],
        },
        {"index": 2, "text": "Spain?", "type": "short-answer"},
        {"index": 3, "text": "Italy?", "type": "short-answer"},
    ],
}


@pytest.fixture
def poll(api):
    return api.post("/polls", **CAPITALS)


@pytest.fixture
def at(poll):
    return f"/polls/{poll['id']}"


def texts(api, at):
    return {question["index"]: question["text"] for question in api.get(at)["questions"]}


def options(api, at):
    return {option["index"]: option["text"] for option in api.get(at)["questions"][0]["options"]}


def test_what_is_sent_comes_back_with_an_id(api, poll, at):
    assert {name: poll[name] for name in CAPITALS if name != "questions"} == {
        name: value for name, value in CAPITALS.items() if name != "questions"
    }
    assert poll["questions"][0] == CAPITALS["questions"][0]
    assert api.get(at) == poll


def test_a_poll_from_nothing_has_the_defaults_of_the_reference(api):
    made = api.post("/polls")
    assert {name: made[name] for name in ("duration", "anonymous", "mode", "type", "start")} == {
        "duration": 0, "anonymous": False, "mode": "userid", "type": "poll", "start": "auto",
    }  # fmt: skip
    assert made["questions"] == []


def test_missing_numbers_are_counted_from_one(api):
    made = api.post("/polls", questions=[{"text": "a", "options": [{}, {}]}, {"text": "b"}])
    assert [question["index"] for question in made["questions"]] == [1, 2]
    assert [option["index"] for option in made["questions"][0]["options"]] == [1, 2]


@pytest.mark.parametrize(
    "body",
    [
        {"mode": "nobody"},
        {"type": "exam"},
        {"start": "never"},
        {"duration": -1},
        {"questions": [{"index": 1}, {"index": 1}]},
        {"questions": [{"type": "essay"}]},
        {"questions": [{"options": [{"index": 1}, {"index": 1}]}]},
        {"questions": [{"options": [{"index": 1}], "answer": {"options": [2]}}]},
    ],
)
def test_a_poll_that_makes_no_sense_is_refused(api, body):
    assert api.post("/polls", 400, **body)["message"] == "Invalid body param"


def test_an_update_writes_the_whole_poll_anew(api, poll, at):
    changed = api.post(at, title="Rivers")
    assert (changed["id"], changed["title"], changed["duration"]) == (poll["id"], "Rivers", 0)
    assert changed["questions"] == []


def test_one_question_and_one_option_are_written_anew(api, at):
    question = api.post(f"{at}/questions/2", text="Portugal?", type="long-answer")
    assert (question["index"], question["text"], question["weight"]) == (2, "Portugal?", 1)
    option = api.post(f"{at}/questions/1/options/2", text="PARIS", weight=3)
    assert option == {"index": 2, "text": "PARIS", "weight": 3}
    assert texts(api, at) == {1: "France?", 2: "Portugal?", 3: "Italy?"}
    assert options(api, at) == {1: "Lyon", 2: "PARIS", 3: "Metz"}


def test_after_a_delete_higher_questions_move_down(api, at):
    assert api.delete(f"{at}/questions/2") is None
    assert texts(api, at) == {1: "France?", 2: "Italy?"}
    api.delete(f"{at}/questions/2")
    assert texts(api, at) == {1: "France?"}
    assert api.delete(f"{at}/questions/2", 404)["message"] == "question not found"


def test_after_a_delete_higher_options_move_down(api, at):
    assert api.delete(f"{at}/questions/1/options/1") is None
    assert options(api, at) == {1: "Paris", 2: "Metz"}
    assert api.delete(f"{at}/questions/1/options/3", 404)["message"] == "option not found"


@pytest.mark.parametrize("path", ["", "/questions/1", "/questions/1/options/1"])
def test_an_unknown_poll_is_not_found(api, path):
    assert api.post(f"/polls/{'0' * 24}{path}", 404)["message"] == "poll not found"


@pytest.mark.parametrize("index", ["0", "9", "first", "-1"])
def test_an_unknown_index_is_not_found(api, at, index):
    assert api.post(f"{at}/questions/{index}", 404)["message"] == "question not found"
    assert api.post(f"{at}/questions/1/options/{index}", 404)["message"] == "option not found"


def test_polls_are_linked_to_a_room_by_its_list(api, world, poll):
    room = world.add_room("standup")
    assert api.post(f"/rooms/{room.id}", polls=[poll["id"]])["polls"] == [poll["id"]]
    assert len(world.calls_of("polls.link_room")) == 1
    assert api.post("/rooms", name="retro", polls=[poll["id"]])["polls"] == [poll["id"]]
    assert "polls" not in api.post(f"/rooms/{room.id}", polls=[])
    assert api.post("/rooms/" + "0" * 24, 404, polls=[])["message"] == "room not found"
