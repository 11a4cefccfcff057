"""From questions as people write them to those of 100ms, and back; what nobody asked to change is kept."""

from collections.abc import Sequence

from bot.command import DraftQuestion, Questions
from bot.command.drafts import DraftOption, Way
from bot.errors import UserError
from bot.hms import Poll, PollOption, Question, RightAnswer

TYPES: dict[Way, str] = {"one": "single-choice", "several": "multiple-choice", "words": "short-answer"}
IN_WORDS = ("short-answer", "long-answer")


def drafted(poll: Poll) -> Questions:
    """The questions of a poll, to be changed."""
    return Questions(asked=tuple(_draft(number, one) for number, one in enumerate(poll.questions, start=1)))


def questions(draft: Questions, before: Sequence[Question] = ()) -> tuple[Question, ...]:
    """Questions as 100ms takes them, in this order; what nobody drafts of them stays as ``before``."""
    known = {one.index: one for one in before}
    return tuple(
        question(one, known.get(one.was)).model_copy(update={"index": index})
        for index, one in enumerate(draft.asked, start=1)
    )


def question(draft: DraftQuestion, before: Question | None = None) -> Question:
    """One question as 100ms takes it."""
    was = before or Question()
    kind = was.type if draft.way == "words" and was.type in IN_WORDS else TYPES[draft.way]
    changed: dict[str, object] = {"text": draft.text, "type": kind, "options": _options(draft, was)}
    if draft.judged or was.answer:
        changed["answer"] = _answer(draft, was.answer) if draft.judged else None
    return was.model_copy(update=changed)


def judged(draft: Questions, answers: Sequence[str]) -> Questions:
    """The same with what is right said by ``--answer``: a number or an option of the only question."""
    if not answers:
        return draft
    if len(draft.asked) != 1:
        raise UserError(
            "Of several questions each says what is right by itself: `/hms poll create` shows how."
        )
    [one] = draft.asked
    if one.way == "words":
        return Questions(asked=(one.model_copy(update={"word": " ".join(answers)}),))
    right = {_number(one, answer) for answer in answers}
    options = tuple(each.model_copy(update={"right": each.key in right}) for each in one.options)
    return Questions(asked=(one.model_copy(update={"options": options}),))


def several(draft: Questions) -> Questions:
    """The same with several options to be chosen at once, where there are options."""
    ways = {"one": "several"}
    asked = (one.model_copy(update={"way": ways.get(one.way, one.way)}) for one in draft.asked)
    return Questions(asked=tuple(asked))


def _draft(key: int, question: Question) -> DraftQuestion:
    right = right_of(question)
    options = tuple(
        DraftOption(key=number, text=one.text, right=one.index in right)
        for number, one in enumerate(question.options, start=1)
    )
    way: Way = next((way for way, kind in TYPES.items() if kind == question.type), "one")
    if question.type in IN_WORDS:
        word = question.answer.text if question.answer else ""
        return DraftQuestion(key=key, was=question.index or key, text=question.text, way="words", word=word)
    return DraftQuestion(key=key, was=question.index or key, text=question.text, way=way, options=options)


def right_of(question: Question) -> frozenset[int]:
    """The indexes of the options that are right."""
    answer = question.answer or RightAnswer()
    return frozenset({*answer.options, *filter(None, [answer.option])})


def _options(draft: DraftQuestion, was: Question) -> tuple[PollOption, ...]:
    """Those drafted; one with the same text keeps what else 100ms says of it, such as its weight."""
    known = {one.text: one for one in was.options}
    return tuple(
        known.get(one.text, PollOption()).model_copy(update={"index": index, "text": one.text})
        for index, one in enumerate(draft.options, start=1)
    )


def _answer(draft: DraftQuestion, was: RightAnswer | None) -> RightAnswer:
    """What is right; while it runs nobody is told, unless somebody at 100ms has said otherwise."""
    before = was or RightAnswer(hidden=True)
    if draft.way == "words":
        trimmed = {} if was else {"trim": True}
        return before.model_copy(update={"text": draft.word, "options": (), **trimmed})
    single = {"option": draft.right[0]} if before.option else {}
    return before.model_copy(update={"options": draft.right, **single})


def _number(question: DraftQuestion, answer: str) -> int:
    """The option that an answer names, by its number or as it is written."""
    for option in question.options:
        if answer.casefold() == option.text.casefold() or answer.strip() == str(option.key):
            return option.key
    raise UserError(
        "There is no option “{answer}”. The right one is named by its number, from 1 to {most}, or as it is "
        "written.",
        answer=answer,
        most=len(question.options),
    ).at("answer")
