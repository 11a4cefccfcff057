"""Questions while they are written, and how they change: what a line, a form and a kept command hold of them.

Each question and each option has a ``key`` that stays its own while others come, go and move: by it a form
finds again what was typed, wherever it stands by then.
"""

from collections.abc import Callable, Sequence
from typing import Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict

OPTIONS = 10  # of one question in a form: Slack ticks no more
FORM_PARTS = 80  # blocks of a form that questions may take, of the hundred that it has

Way = Literal["one", "several", "words"]


class Keyed(BaseModel):
    """What has a key of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: int
    text: str = ""


Some = TypeVar("Some", bound=Keyed)


class DraftOption(Keyed):
    """Something to choose, and whether that would be right."""

    right: bool = False


class DraftQuestion(Keyed):
    """One question; in the way ``words`` people answer in their own, of which ``word`` is the right one.

    ``was`` is the index that it has at 100ms; 0 where it is new.
    """

    was: int = 0
    way: Way = "one"
    options: tuple[DraftOption, ...] = ()
    word: str = ""

    @property
    def right(self) -> tuple[int, ...]:
        """The options that are right, counted from 1."""
        return tuple(number for number, option in enumerate(self.options, start=1) if option.right)

    @property
    def judged(self) -> bool:
        """Whether anything is right or wrong about it."""
        return bool(self.word if self.way == "words" else self.right)

    @property
    def parts(self) -> int:
        """How many blocks of a form it takes."""
        return 5 + len(self.offered)

    @property
    def offered(self) -> tuple[DraftOption, ...]:
        """The options that a form shows: in the way ``words`` those that would be lost otherwise."""
        return self.options if self.way != "words" else tuple(one for one in self.options if one.text)

    def with_option(self) -> Self:
        """The same with one more option, which is empty so far."""
        options = (*self.options, DraftOption(key=_free(self.options)))
        return self.model_copy(update={"options": options})

    def tidied(self, key: int) -> Self:
        """The same without what is empty, its options numbered anew."""
        filled = [one for one in self.options if one.text.strip() and self.way != "words"]
        options = tuple(
            one.model_copy(update={"key": number, "text": " ".join(one.text.split())})
            for number, one in enumerate(filled, start=1)
        )
        word = " ".join(self.word.split()) if self.way == "words" else ""
        text = " ".join(self.text.split())
        return self.model_copy(update={"key": key, "text": text, "options": options, "word": word})


class Questions(BaseModel):
    """Some questions in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asked: tuple[DraftQuestion, ...] = ()

    @classmethod
    def of(cls, several: Sequence[DraftQuestion]) -> "Questions":
        """These questions without what is empty, numbered from 1."""
        kept = [one for one in several if one.text.strip() or any(each.text.strip() for each in one.options)]
        return cls(asked=tuple(one.tidied(number) for number, one in enumerate(kept, start=1)))

    @property
    def judged(self) -> bool:
        """Whether any of them has a right answer."""
        return any(one.judged for one in self.asked)

    @property
    def fits_form(self) -> bool:
        """Whether a form holds all of them."""
        return sum(one.parts for one in self.asked) <= FORM_PARTS and all(
            len(one.options) <= OPTIONS for one in self.asked
        )

    def changed(self, change: str) -> "Questions":
        """The same after a press in a form: ``add``, ``more 2``, ``up 2``, ``drop 2`` or ``drop 2 1``.

        The numbers are keys, of a question and of one of its options. What is gone by then changes nothing.
        """
        verb, *keys = change.split()
        question, option = (*map(int, keys), 0, 0)[:2]
        if verb == "add":
            return self._with((*self.asked, _empty(_free(self.asked))))
        if option:
            return self._each(question, lambda one: _in_options(one, verb, option))
        if verb == "more":
            return self._each(question, DraftQuestion.with_option)
        return self._with(_moved(self.asked, verb, question))

    def _each(self, key: int, change: Callable[[DraftQuestion], DraftQuestion]) -> "Questions":
        return self._with(tuple(change(one) if one.key == key else one for one in self.asked))

    def _with(self, asked: tuple[DraftQuestion, ...]) -> "Questions":
        return Questions(asked=asked)


def begun() -> Questions:
    """What a form begins with: one question with room for two answers."""
    return Questions(asked=(_empty(1),))


def _empty(key: int) -> DraftQuestion:
    return DraftQuestion(key=key, options=(DraftOption(key=1), DraftOption(key=2)))


def _in_options(question: DraftQuestion, verb: str, key: int) -> DraftQuestion:
    return question.model_copy(update={"options": _moved(question.options, verb, key)})


def _moved(several: tuple[Some, ...], verb: str, key: int) -> tuple[Some, ...]:
    """The same with one of them out (``drop``), or one place further up (``up``)."""
    at = next((place for place, one in enumerate(several) if one.key == key), None)
    if at is None:
        return several
    others = (*several[:at], *several[at + 1 :])
    above = max(at - 1, 0)
    return others if verb == "drop" else (*others[:above], several[at], *others[above:])


def _free(several: Sequence[Keyed]) -> int:
    return max((one.key for one in several), default=0) + 1
