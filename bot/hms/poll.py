"""What a poll consists of, and what people made of it."""

from typing import Generic, TypeVar

from bot.hms.objects import Number, Object, Timestamp, after

T = TypeVar("T")


class Attachment(Object):
    """A picture or file beside a question; ``type`` is a media type such as ``image/png``."""

    type: str = ""
    url: str = ""


class PollOption(Object):
    """One thing to choose; ``index`` counts from 1."""

    index: int | None = None
    text: str = ""
    weight: Number | None = None


class RightAnswer(Object):
    """What is right in a quiz: the indexes of options, or a text.

    ``hidden`` keeps it from people while the quiz runs; ``case`` and ``trim`` tell how texts are compared.
    """

    hidden: bool = False
    options: tuple[int, ...] = ()
    option: int | None = None
    text: str = ""
    case: bool = False
    trim: bool = False


class Question(Object):
    """One question; ``index`` counts from 1, ``duration`` in seconds, ``once`` means no second thoughts.

    ``type`` is ``single-choice``, ``multiple-choice``, ``short-answer`` or ``long-answer``; ``weight`` is its
    score. What is None, 100ms sets by itself. Source: 100ms docs, polls/create-polls-via-api.
    """

    index: int | None = None
    text: str = ""
    format: str = "text"
    attachment: tuple[Attachment, ...] = ()
    skippable: bool | None = None
    duration: int = 0
    once: bool = False
    weight: Number | None = None
    answer_min_len: int | None = None
    answer_max_len: int | None = None
    type: str = ""
    answer: RightAnswer | None = None
    options: tuple[PollOption, ...] = ()


class Poll(Object):
    """A poll or a quiz; ``duration`` in seconds, 0 means until it is stopped or the session ends.

    ``start`` is ``auto``, with the session of a linked room, or ``manual``, by somebody in the room; ``mode``
    is ``userid`` or ``peerid`` and tells who counts as one. Without an ``id`` it is one to be made; what is
    not set, 100ms sets by itself. Source: 100ms docs, polls/create-polls-via-api.
    """

    id: str = ""
    title: str = ""
    duration: int = 0
    anonymous: bool = False
    mode: str = "userid"
    type: str = "poll"
    start: str = "auto"
    questions: tuple[Question, ...] = ()


class PollSession(Object):
    """One run of a poll in a session. Source: 100ms docs, polls/get-polls-sessions-via-api."""

    id: str
    poll_id: str = ""
    session_id: str = ""
    started_at: Timestamp = None
    stopped_at: Timestamp = None
    total_responses: int = 0
    unique_participants: int = 0


class PollResponse(Object):
    """What somebody answered; ``question`` is its index, ``duration`` milliseconds.

    ``update`` marks an answer that was changed, and ``original_response`` what it replaced. In an anonymous
    poll nobody is named. Source: 100ms docs, polls/get-polls-response-via-api.
    """

    id: str
    poll_id: str = ""
    session_id: str = ""
    duration: int = 0
    question: int = 0
    skipped: bool = False
    text: str = ""
    option: int | None = None
    options: tuple[int, ...] = ()
    update: bool = False
    original_response: str = ""
    retries: int = 0
    sent_at: Timestamp = None
    peer_id: str = ""
    user_id: str = ""


class PollResult(Object):
    """What somebody's answer was worth: the weights of what was right, added up.

    Source: 100ms docs, polls/get-polls-result-via-api.
    """

    id: str
    poll_id: str = ""
    session_id: str = ""
    question: int = 0
    duration: int = 0
    peer_id: str = ""
    user_id: str = ""
    score: Number = 0


class ResponsePage(Object, Generic[T]):
    """One page of what was answered, or of the runs of a poll, which 100ms calls responses as well."""

    limit: int = 0
    last: str = ""
    responses: tuple[T, ...] = ()

    @property
    def found(self) -> tuple[T, ...]:
        """What stands on this page."""
        return self.responses

    @property
    def following(self) -> str | None:
        """Where the next page starts; None when nothing can come after this one."""
        return after(self.last, found=len(self.responses) + self.missed, limit=self.limit)


class ResultPage(Object):
    """One page of results."""

    limit: int = 0
    last: str = ""
    results: tuple[PollResult, ...] = ()

    @property
    def found(self) -> tuple[PollResult, ...]:
        """What stands on this page."""
        return self.results

    @property
    def following(self) -> str | None:
        """Where the next page starts; None when nothing can come after this one."""
        return after(self.last, found=len(self.results) + self.missed, limit=self.limit)
