"""Questions with what can be chosen, as a line writes them and a form builds them."""

from collections.abc import Sequence
from typing import Any

from bot.command.drafts import DraftOption, DraftQuestion, Questions
from bot.command.kinds.base import Input, Kind
from bot.command.tokens import Token, cut, quoted
from bot.errors import UserError

NEXT, SEVERAL, RIGHT = "/", "+", "="
SIGNS = frozenset({NEXT, SEVERAL, RIGHT})


class QuestionsKind(Kind):
    """A question and its options: ``"Ready?" Yes No``.

    A ``/`` begins another question, a ``+`` behind the question lets several be chosen, a ``=`` stands before
    what is right. Without options people answer in their own words, of which one may be right.
    """

    annotation, form = Questions, Input.QUESTIONS
    many = prose = True
    sample = '"Ready?" Yes No'

    def read(self, words: str) -> Questions:
        """Read it as a line has it."""
        return self.take(words, cut(words))

    def write(self, value: Questions) -> str:
        """The words that ``read`` takes back."""
        return " ".join(self.among(value, last=True))

    def blank(self, value: Questions | None) -> bool:
        """Nothing is asked."""
        return not value or not value.asked

    def take(self, line: str, tokens: Sequence[Token]) -> Questions:  # noqa: ARG002 -- a word is an item
        """The first words up to one that ends with a ``?`` are the question; behind it are its options."""
        parts: list[list[Token]] = [[]]
        for token in tokens:
            if _sign(token) == NEXT:
                parts.append([])
            else:
                parts[-1].append(token)
        return _whole(Questions.of([_question(part) for part in parts if part]))

    def take_option(self, line: str, tokens: Sequence[Token], before: Any) -> Questions:  # noqa: ARG002 -- one list
        """Behind an option the whole stands in quotes."""
        return self.read(tokens[0].prose)

    def among(self, value: Questions, *, last: bool) -> Sequence[str]:  # noqa: ARG002 -- an item ends where it ends
        """A word for each part."""
        words: list[str] = []
        for one in value.asked:
            words += [NEXT, *_written(one)] if words else _written(one)
        return words

    def word(self, value: Questions) -> str:
        """All of it in quotes."""
        return quoted(self.write(value), if_needed=False)

    def fill(self, value: Questions) -> list[dict[str, Any]]:
        """Each question by itself."""
        return [one.model_dump(mode="json") for one in value.asked]

    def unfill(self, held: Any) -> Questions:
        """Without what was left empty."""
        if isinstance(held, str):
            return self.read(held)
        return _whole(Questions.of([DraftQuestion.model_validate(one) for one in held]))


def _whole(questions: Questions) -> Questions:
    """These, if each can be asked; UserError otherwise."""
    for number, one in enumerate(questions.asked, start=1):
        if not one.text:
            raise UserError("Question {number} has options and no text. Write what is asked.", number=number)
        if one.way != "words" and len(one.options) < 2:
            raise UserError(
                "“{text}” needs two options at least. Write a second one, or let people answer in their own "
                "words.",
                text=one.text,
            )
    return questions


def _question(tokens: Sequence[Token]) -> DraftQuestion:
    asked = _asked(tokens)
    text, rest = " ".join(token.prose for token in tokens[:asked]), tokens[asked:]
    several = bool(rest) and _sign(rest[0]) == SEVERAL
    options: list[DraftOption] = []
    right = False
    for token in _by_commas(rest[several:]):
        if _sign(token) == RIGHT:
            right = True
        else:
            options.append(DraftOption(key=len(options) + 1, text=token.prose, right=right))
            right = False
    if [one.right for one in options] in ([], [True]) and not several:
        word = options[0].text if options else ""
        return DraftQuestion(key=1, text=text, way="words", word=word)
    way = "several" if several else "one"
    return DraftQuestion(key=1, text=text, way=way, options=tuple(options))


def _by_commas(tokens: Sequence[Token]) -> Sequence[Token]:
    """Options that have commas between them have as many words as they like: ``pizza hut, green salad``."""
    if any(token.quote for token in tokens) or not any(token.text.endswith(",") for token in tokens[:-1]):
        return tokens
    found: list[Token] = []
    words: list[Token] = []
    for at, token in enumerate(tokens, start=1):
        words += [] if _sign(token) else [token]
        if words and (_sign(token) or token.text.endswith(",") or at == len(tokens)):
            text = " ".join(word.text for word in words).rstrip(" ,")
            found += [Token(words[0].start, words[-1].end, text)] if text else []
            words = []
        found += [token] if _sign(token) else []
    return found


def _asked(tokens: Sequence[Token]) -> int:
    """How many words the question has: one, or without quotes as many as end with a ``?``."""
    for count, token in enumerate(tokens, start=1):
        if token.quote or _sign(token):
            break
        if token.prose.endswith("?"):
            return count
    return 1


def _written(question: DraftQuestion) -> list[str]:
    text = _said(question.text)
    if any(one.text.endswith("?") for one in question.options) and not question.text.endswith("?"):
        text = quoted(question.text, if_needed=False)  # else it would reach to there
    if question.way == "words":
        return [text, *([RIGHT, _said(question.word)] if question.word else [])]
    signs = [SEVERAL] if question.way == "several" else []
    options = [
        word for one in question.options for word in ([RIGHT] if one.right else []) + [_said(one.text)]
    ]
    return [text, *signs, *options]


def _said(text: str) -> str:
    return quoted(text, if_needed=text not in SIGNS and text.split() == [text] and not text.endswith(","))


def _sign(token: Token) -> str:
    return token.text if not token.quote and token.text in SIGNS else ""
