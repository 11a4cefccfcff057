"""What a payload lets the app do afterwards: open a form for a moment, answer privately for a while."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sandbox.slack.messages import Clock, Message
from sandbox.slack.refusal import Refusal

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5


@dataclass(frozen=True)
class Trigger:
    """The right to show somebody a form just after they did something, in the form ``view_id`` if in any."""

    id: str
    person: str
    view_id: str | None
    at: datetime
    spent: bool = False


class Triggers:
    """Hand out ``trigger_id``s, each good once and for three seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._triggers: dict[str, Trigger] = {}

    def issue(self, person: str, view_id: str | None = None) -> str:
        """Make a trigger for what this person has just done."""
        trigger_id = f"{len(self._triggers) + 1}.{person}"
        self._triggers[trigger_id] = Trigger(trigger_id, person, view_id, self._clock())
        return trigger_id

    def spend(self, trigger_id: str) -> Trigger:
        """Use a trigger up; refuses one that is unknown, used or too old."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.spent:
            raise Refusal("exchanged_trigger_id")
        if self._clock() - trigger.at > TRIGGER_LIFE:
            raise Refusal("expired_trigger_id")
        self._triggers[trigger_id] = replace(trigger, spent=True)
        return trigger


@dataclass(frozen=True)
class ResponseUrl:
    """The right to answer where something was done; ``message`` is the one it was done on."""

    person: str
    channel: str
    message: Message | None
    thread_ts: str | None
    at: datetime
    uses: int = 0


class ResponseUrls:
    """Hand out the tokens of ``response_url``s, each good five times in thirty minutes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._urls: dict[str, ResponseUrl] = {}

    def issue(
        self, person: str, channel: str, *, message: Message | None = None, thread_ts: str | None = None
    ) -> str:
        """Make a token that answers this person in this channel."""
        token = f"{person}.{channel}.{len(self._urls) + 1}"
        self._urls[token] = ResponseUrl(person, channel, message, thread_ts, self._clock())
        return token

    def use(self, token: str) -> ResponseUrl:
        """Count one use; refuses a token that is unknown, used up or too old."""
        url = self._urls.get(token)
        if url is None:
            raise Refusal("invalid_url")
        if self._clock() - url.at > RESPONSE_LIFE:
            raise Refusal("expired_url")
        if url.uses >= RESPONSE_USES:
            raise Refusal("used_url")
        self._urls[token] = replace(url, uses=url.uses + 1)
        return url
