"""A poll: its questions, and how right an answer is."""

from itertools import count
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.wire import Answer, without_empty

Index = Annotated[int, Field(ge=1)]


class Option(BaseModel, strict=True):
    """One of the answers to choose from; 0 stands for the next free number."""

    index: Annotated[int, Field(ge=0)] = 0
    text: str = ""
    weight: int = 1

    def shown(self) -> Answer:
        """Show it."""
        return self.model_dump()


class RightAnswer(BaseModel, strict=True):
    """What is right, by number or by word; hidden while the poll runs."""

    hidden: bool = False
    option: int = 0
    options: list[Index] = []
    text: str = ""
    case: bool = False
    trim: bool = False

    @property
    def chosen(self) -> set[int]:
        """The numbers that are right."""
        return {*self.options, *([self.option] if self.option else [])}

    def fits(self, text: str) -> bool:
        """Tell whether this word is the right one."""
        said, right = (text.strip(), self.text.strip()) if self.trim else (text, self.text)
        return bool(right) and (said == right if self.case else said.lower() == right.lower())

    def shown(self) -> Answer:
        """Show it; what is not said is left out."""
        return without_empty(self.model_dump(), "option", "options", "text")


class Attachment(BaseModel, strict=True):
    """A picture or a sound that belongs to a question."""

    type: str
    url: str


class Question(BaseModel, strict=True):
    """One question; 0 stands for the next free number."""

    index: Annotated[int, Field(ge=0)] = 0
    text: str = ""
    format: Literal["text"] = "text"
    attachment: list[Attachment] = []
    skippable: bool = True
    duration: Annotated[int, Field(ge=0)] = 0
    once: bool = False
    weight: int = 1
    answer_min_len: Annotated[int, Field(ge=0)] = 0
    answer_max_len: Annotated[int, Field(ge=0)] = 0
    type: Literal["single-choice", "multiple-choice", "short-answer", "long-answer"] = "single-choice"
    answer: RightAnswer | None = None
    options: list[Option] = []

    @property
    def by_choice(self) -> bool:
        """Whether it is answered by numbers and not by words."""
        return self.type.endswith("choice")

    def option(self, index: int) -> Option:
        """Find an option by its number."""
        return found(self.options, index, "option")

    def score(self, chosen: list[int], text: str) -> int:
        """Tell what an answer is worth: the question's weight when it is right, else nothing."""
        if not self.answer:
            return 0
        right = {*chosen} == self.answer.chosen if self.by_choice else self.answer.fits(text)
        return self.weight if right and (chosen or text) else 0

    def shown(self) -> Answer:
        """Show it; what is not said is left out."""
        answer: Answer = self.model_dump(exclude={"answer", "options"})
        answer |= {"answer": self.answer.shown()} if self.answer else {}
        answer["options"] = [option.shown() for option in self.options]
        return without_empty(answer, "attachment", "answer_min_len", "answer_max_len", "options")


Numbered = TypeVar("Numbered", Question, Option)


class PollBody(BaseModel, strict=True):
    """Everything that may be said about a poll; what is not sent takes its default."""

    title: str = ""
    duration: Annotated[int, Field(ge=0)] = 0
    anonymous: bool = False
    mode: Literal["userid", "peerid", "username"] = "userid"
    type: Literal["poll", "quiz"] = "poll"
    start: Literal["auto", "manual"] = "auto"
    questions: list[Question] = []


class Poll:
    """One poll, changed and asked from many sides."""

    def __init__(self, poll_id: str, body: PollBody) -> None:
        self.id = poll_id
        self.rewrite(body)

    @property
    def title(self) -> str:
        """What it is about."""
        return self.body.title

    @property
    def questions(self) -> list[Question]:
        """What is asked, by number."""
        return self.body.questions

    def rewrite(self, body: PollBody) -> None:
        """Take all of it anew."""
        _number(body.questions, "question")
        for question in body.questions:
            _check(question)
        self.body = body

    def question(self, index: int) -> Question:
        """Find a question by its number."""
        return found(self.questions, index, "question")

    def rewrite_question(self, index: int, question: Question) -> Question:
        """Take one question anew; it keeps its number."""
        _check(question)
        old = self.question(index)
        question.index = index
        self.questions[self.questions.index(old)] = question
        return question

    def rewrite_option(self, index: int, option_index: int, option: Option) -> Option:
        """Take one option anew; it keeps its number."""
        question = self.question(index)
        old = question.option(option_index)
        option.index = option_index
        question.options[question.options.index(old)] = option
        return option

    def shown(self) -> Answer:
        """Show it with its questions."""
        answer: Answer = {"id": self.id, **self.body.model_dump(exclude={"questions"})}
        return answer | {"questions": [question.shown() for question in self.questions]}


def remove(items: list[Numbered], index: int, thing: str) -> None:
    """Take one out; those after it move down by one."""
    items.remove(found(items, index, thing))
    for item in items:
        item.index -= item.index > index


def found(items: list[Numbered], index: int, thing: str) -> Numbered:
    """Find one by its number."""
    for item in items:
        if item.index == index:
            return item
    raise not_found(thing)


def _number(items: list[Numbered], thing: str) -> None:
    """Number those that have no number; refuse a number that stands twice."""
    taken = [item.index for item in items if item.index]
    if len(taken) != len(set(taken)):
        raise _bad(f"{thing} index is not unique")
    free = (index for index in count(1) if index not in taken)
    for item in items:
        item.index = item.index or next(free)
    items.sort(key=lambda item: item.index)


def _check(question: Question) -> None:
    _number(question.options, "option")
    known = {option.index for option in question.options}
    if question.answer and not question.answer.chosen <= known:
        raise _bad("answer names an option that does not exist")


def _bad(why: str) -> ApiError:
    return ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: {why}")
