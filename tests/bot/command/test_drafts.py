"""Questions while they are written: how presses change them, and how a line writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.drafts import DraftOption, DraftQuestion, Questions, begun
from bot.command.kinds.questions import QuestionsKind
from bot.errors import UserError

KIND = QuestionsKind()
SIGNS = "ab /+=-\"'“\\é.,"
WORDS = st.text(SIGNS, max_size=8).map(lambda text: " ".join(text.split()) or "x")


def asked(*options: str, key: int = 1) -> DraftQuestion:
    made = tuple(DraftOption(key=number, text=text) for number, text in enumerate(options, start=1))
    return DraftQuestion(key=key, text=f"Question {key}", options=made)


def texts(questions: Questions) -> list[list[str]]:
    return [[option.text for option in one.options] for one in questions.asked]


def test_an_option_is_moved_up_and_taken_out_and_keeps_its_key() -> None:
    before = Questions(asked=(asked("Lyon", "Paris", "Metz"),))

    moved = before.changed("up 1 3")
    assert texts(moved) == [["Lyon", "Metz", "Paris"]]
    assert [one.key for one in moved.asked[0].options] == [1, 3, 2]
    assert texts(moved.changed("drop 1 1")) == [["Metz", "Paris"]]
    assert texts(before.changed("up 1 1")) == texts(before)


def test_a_question_is_added_moved_up_and_taken_out() -> None:
    before = Questions(asked=(asked("a", key=1), asked("b", key=2)))

    assert [one.key for one in before.changed("add").asked] == [1, 2, 3]
    assert [one.key for one in before.changed("up 2").asked] == [2, 1]
    assert [one.key for one in before.changed("drop 1").asked] == [2]


def test_a_new_part_has_a_key_that_no_other_has() -> None:
    before = Questions(asked=(asked("a", "b", "c"),)).changed("drop 1 2").changed("more 1")

    assert [one.key for one in before.asked[0].options] == [1, 3, 4]


@pytest.mark.parametrize("change", ["draw", "drop 9", "up 9 1", "drop 1 9", "more 9"])
def test_what_is_gone_changes_nothing(change: str) -> None:
    before = Questions(asked=(asked("a", "b"),))
    assert before.changed(change) == before


def test_what_is_left_empty_is_no_question_and_no_option() -> None:
    empty = Questions(asked=(asked("a", " ", "b"), *begun().asked))

    tidied = Questions.of(empty.asked)
    assert texts(tidied) == [["a", "b"]]
    assert [one.key for one in tidied.asked[0].options] == [1, 2]


def test_how_much_a_form_holds() -> None:
    assert Questions(asked=tuple(asked("a", "b", key=key) for key in range(1, 12))).fits_form
    assert not Questions(asked=tuple(asked("a", "b", key=key) for key in range(1, 13))).fits_form
    assert not Questions(asked=(asked(*"abcdefghijk"),)).fits_form


def test_a_line_writes_several_questions_with_three_signs() -> None:
    read = KIND.read('"France?" Lyon = Paris / "North?" + = Oslo Rome / Why? / Spain? = Madrid')

    assert [(one.text, one.way, one.right, one.word) for one in read.asked] == [
        ("France?", "one", (2,), ""),
        ("North?", "several", (1,), ""),
        ("Why?", "words", (), ""),
        ("Spain?", "words", (), "Madrid"),
    ]


def test_a_sign_in_quotes_is_a_text() -> None:
    [one] = KIND.read('"Which sign?" "/" "+" "="').asked
    assert [option.text for option in one.options] == ["/", "+", "="]


def test_what_cannot_be_asked_is_said() -> None:
    with pytest.raises(UserError, match="needs two options"):
        KIND.read("Ready? + Yes")
    with pytest.raises(UserError, match="has options and no text"):
        KIND.unfill([asked("a", "b").model_copy(update={"text": ""}).model_dump()])


@given(
    st.lists(st.tuples(WORDS, st.lists(WORDS, min_size=2, max_size=4), st.booleans()), min_size=1, max_size=3)
)
def test_what_a_line_writes_it_reads_back(several: list[tuple[str, list[str], bool]]) -> None:
    questions = Questions.of(
        [
            DraftQuestion(
                key=1,
                text=text,
                way="several" if many else "one",
                options=tuple(DraftOption(key=1, text=one, right=many) for one in options),
            )
            for text, options, many in several
        ]
    )
    assert KIND.read(KIND.write(questions)) == questions
    assert KIND.unfill(KIND.fill(questions)) == questions
