"""What a request looks like: the question that others or who asked decide on, and what became of it.

Long because every state of a request has its sentence here. A card is read on a phone: the question first,
then who asks and why, the case, and last in small print who decides, until when and its number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.clock import Clock
from bot.people import Yes
from bot.reply import (
    Button,
    Counted,
    Either,
    Mention,
    Message,
    Name,
    Plain,
    Reply,
    Row,
    ShownButton,
    ShownRow,
    TimeOfDay,
    cut,
    some,
)
from bot.request.advance import agreed_by, unanswered
from bot.request.request import Request, State

LONGEST_REASON = 300  # what is longer pushes the buttons off a phone
ON_A_BUTTON = 18  # of a name: Slack may cut a label at thirty characters
HEARD = 36  # of a name, in what a screen reader says of a button
DECISION = "decision"  # on a request's own card
LISTED = "row"  # a decision on a row of a list, which stays as it is
OPENS = "form"  # the offer of a form
HIDES = "hide"  # takes away the answer it stands on
CALLED_OFF = frozenset({State.REFUSED, State.WITHDRAWN, State.MOOT})
OLD = Reply(
    "This button is too old to know what it was for. Ask again: `/hms status` shows what is there now."
)


@dataclass(frozen=True)
class ButtonValue:
    """What the value of a button stands for: a decision on a card or a row at its revision, or an offer."""

    kind: str
    token: str
    number: int
    word: str = ""

    def value(self) -> str:
        """The opaque value on the button."""
        return ":".join([self.kind, self.token, str(self.number), self.word])

    @classmethod
    def read(cls, value: str) -> "ButtonValue | None":
        """What a button meant; None for a value we never made."""
        parts = value.split(":")
        if len(parts) != 4 or parts[0] not in {DECISION, LISTED, "offer"} or not parts[2].isdecimal():
            return None
        return cls(parts[0], parts[1], int(parts[2]), parts[3])


@dataclass(frozen=True)
class Cards:
    """Makes the messages of a request; ``plain`` words the buttons, ``clock`` says how long is left."""

    plain: Plain
    clock: Clock

    def offers(
        self, token: str, reply: Reply, number: Iterator[int] | None = None
    ) -> tuple[ShownButton, ...]:
        """The buttons of a reply whose commands are kept under ``token``; ``number`` counts them."""
        counted = count() if number is None else number
        return tuple(self._offer(token, next(counted), button) for button in reply.all_buttons())

    def rows(self, token: str, reply: Reply, number: Iterator[int]) -> tuple[ShownRow, ...]:
        """The rows of a reply whose commands are kept under ``token``, behind its buttons."""

        def shown(button: Button | ShownButton) -> ShownButton:
            return button if isinstance(button, ShownButton) else self._offer(token, next(number), button)

        return tuple(ShownRow(row.said, tuple(map(shown, row.buttons)), row.menu) for row in reply.all_rows())

    def _offer(self, token: str, index: int, button: Button) -> ShownButton:
        value = ButtonValue("offer", token, index, OPENS if button.form else "").value()
        label = button.label
        return ShownButton(self._words(label, ON_A_BUTTON), value, about=self._words(label, HEARD))

    def hides(self, token: str) -> ShownButton:
        """The button that takes away an answer which lets somebody in, once it was read."""
        return ShownButton(self.plain.catalogue.word("Hide"), ButtonValue("offer", token, 0, HIDES).value())

    def choices(self, request: Request, kind: str = DECISION) -> tuple[ShownButton, ...]:
        """The yes, labelled by what it would do, and the no."""
        yes = ButtonValue(kind, request.token, request.revision, "yes").value()
        no = ButtonValue(kind, request.token, request.revision, "no").value()
        deny = self.plain.catalogue.word("Cancel" if request.yes is Yes.ACTOR else "Deny")
        about = Reply("{yes}, request {number}", yes=self._yes(request, HEARD), number=str(request.id))
        against = self.plain.within(HEARD).text(_against(request, deny))
        return (
            ShownButton(self._yes(request, ON_A_BUTTON), yes, "danger", self.plain.text(about)),
            ShownButton(deny, no, about=against),
        )

    def withdrawal(self, request: Request, kind: str = DECISION) -> tuple[ShownButton, ...]:
        """What who asked can press while others decide, where the view is theirs alone."""
        value = ButtonValue(kind, request.token, request.revision, "withdraw").value()
        withdraw = self.plain.catalogue.word("Withdraw")
        about = self.plain.within(HEARD).text(_against(request, withdraw))
        return (ShownButton(withdraw, value, about=about),)

    def row(self, request: Request, *, decides: bool) -> Row:
        """A request that waits, as a row of a list: who ``decides`` it can, who asked can take it back."""
        waits = _since(request) if request.yes is Yes.ACTOR else self._left(request, ())
        case = _case(request) if request.yes is Yes.ACTOR else _who_and_why(request)
        said = _question(request) + Reply("\n") + case + Reply("\n") + waits
        return Row(said, (self.choices if decides else self.withdrawal)(request, LISTED))

    def private(self, request: Request, *, alone: bool = False) -> Message:
        """What only the person who asked sees: the confirm card, or how to take it back; what became of it.

        What takes it back stands once, where others read it; here where nobody else does (``alone``).
        """
        if request.state is State.WAITING:
            title, case = _question(request), _case(request)
            if request.waits_for_others:
                return Message(case, title, self._left(request, ()), self.withdrawal(request))
            return Message(case, title, _only_you(request), self.choices(request))
        others_read = request.state in {State.DONE, State.UNKNOWN} and not alone
        buttons = () if others_read else self._take_back(request)
        return Message(_became(request), buttons=buttons)

    def public(self, request: Request, deciders: Iterable[str] = ()) -> Message:
        """The card in the channel through its whole life; ``deciders`` are the user ids it names."""
        if not request.waits_for_others:
            return Message(_became(request), state=_footer(request), buttons=self._take_back(request))
        named = some(Mention(user, user) for user in deciders)
        case = _who_and_why(request) + _yeses(request)
        return Message(case, _question(request), self._left(request, named), self.choices(request))

    def told(self, request: Request) -> Reply:
        """How it ended, in the card's thread: for who asked, whom an edited card does not call."""
        said, by = Reply("{asker}:", asker=request.actor.mention), agreed_by(request)
        agreed = Reply("{by} said yes.", by=by) if request.deciders else Reply("")
        if request.state is State.DONE:
            answer = request.answer or Reply("Done.")
            return said + agreed + answer.without_facts().without_buttons()
        return (said + _question(request) + agreed + _outcome(request)).without_buttons()

    def _left(self, request: Request, named: tuple[Mention | Counted, ...]) -> Reply:
        """The small line of a card that waits: who decides, and until when."""
        until = request.expires_at or request.asked_at
        values: dict[str, Any] = {
            "left": Counted(_minutes(until - self.clock()), "minute left", "minutes left"),
            "until": TimeOfDay(until),
            "number": str(request.id),
        }
        if not named:
            return Reply(
                "waits for {whom} · {left} (until {until}) · #{number}", whom=request.yes.whom, **values
            )
        deciders = Either(named)
        if len(named) == 1:
            return Reply(
                "{deciders} decides · {left} (until {until}) · #{number}", deciders=deciders, **values
            )
        return Reply("{deciders} decide · {left} (until {until}) · #{number}", deciders=deciders, **values)

    def _take_back(self, request: Request) -> tuple[ShownButton, ...]:
        return self.offers(request.token, request.answer) if request.answer else ()

    def _yes(self, request: Request, room: int) -> str:
        consequence = request.consequence
        if consequence is None or not consequence.button:
            return self.plain.catalogue.word("Go ahead")
        return self.plain.within(room).sentence(consequence, consequence.button)

    def _words(self, label: str | Reply, room: int) -> str:
        return self.plain.within(room).label(label)


def _against(request: Request, no: str) -> Reply:
    """What is heard of the no: never the words of the yes, with which somebody might press it by voice."""
    targets = request.stakes.targets if request.stakes else ()
    room = (request.invocation.arguments.get("room") or {}).get("name", "")
    number = str(request.id)
    if request.stakes and len(targets) == 1:
        whom = [Name(request.stakes.called(key)) for key in targets]
        return Reply("{no}, request {number} about {whom}", no=no, number=number, whom=whom[0])
    if targets:
        whose = Counted(len(targets), "person", "people")
        return Reply("{no}, request {number} about {whom}", no=no, number=number, whom=whose)
    if room:
        return Reply("{no}, request {number} about {whom}", no=no, number=number, whom=room)
    return Reply("{no}, request {number}", no=no, number=number)


def _question(request: Request) -> Reply:
    return request.consequence.first() if request.consequence else Reply("Go ahead with this?")


def _case(request: Request) -> Reply:
    return request.consequence.below() if request.consequence else Reply("")


def _only_you(request: Request) -> Reply:
    return Reply("only you see this · #{number}", number=str(request.id))


def _since(request: Request) -> Reply:
    """The small line of one's own in a list: its facts are of then, until it is pressed."""
    at, number = TimeOfDay(request.asked_at), str(request.id)
    return Reply("asked {at} · only you see this · #{number}", at=at, number=number)


def _who_and_why(request: Request) -> Reply:
    """Who asks and why, then the case."""
    asker, through, reason = request.actor.mention, request.actor.through, _short(request.reason)
    if request.actor.via and reason:
        said = Reply("{asker}, {through}: {reason}\n", asker=asker, through=through, reason=reason)
    elif request.actor.via:
        said = Reply("{asker} asks, {through}.\n", asker=asker, through=through)
    elif reason:
        said = Reply("{asker}: {reason}\n", asker=asker, reason=reason)
    else:
        said = Reply("{asker} asks.\n", asker=asker)
    return said + _case(request)


def is_cut(reason: str) -> bool:
    """Whether a card shows only the beginning of a reason."""
    return len(" ".join(reason.split())) > LONGEST_REASON


def _short(reason: str) -> str:
    return cut(" ".join(reason.split()), LONGEST_REASON)


def _yeses(request: Request) -> Reply:
    """Who said yes to the card as it is, and whose yes was to another and no longer counts."""
    said = Reply("")
    if request.needed > 1 and not request.deciders:
        said += Reply("\nIt takes {yeses}.", yeses=Counted(request.needed, "yes", "yeses"))
    if request.deciders:
        said += Reply(
            "\nApproved by {by}, {given} of {needed}.",
            by=agreed_by(request),
            given=len(request.deciders),
            needed=request.needed,
        )
    if request.lapsed:
        lapsed = tuple(one.mention for one in request.lapsed)
        said += Reply("\nApproved before it changed, which no longer counts: {by}.", by=lapsed)
    return said


def _became(request: Request) -> Reply:
    """What became of it, in some sentences; what was asked, and by whom, stands in the first."""
    if request.state is State.DONE:
        return _done(request)
    outcome = _outcome(request)
    if request.consequence is None:
        return outcome
    if request.yes <= Yes.ACTOR and request.state is not State.UNKNOWN:  # who asked reads it alone
        return _question(request) + outcome if request.state in CALLED_OFF else outcome
    asked = Reply("{asker} asked:", asker=request.actor.mention) + _question(request)
    approved = _approved(request) if request.state is not State.EXPIRED else Reply("")
    return asked + _why(request) + approved + outcome


def _done(request: Request) -> Reply:
    """What was done, whose yes it had, why; below that, what has come of it since."""
    answer = request.answer or Reply("Done.")
    since = Reply("", facts=answer.facts)
    return answer.without_facts().then(_approved(request) + _why(request)) + since


def _approved(request: Request) -> Reply:
    if request.yes <= Yes.ACTOR or not request.deciders or request.decided_at is None:
        return Reply("")
    took = _took(request.asked_at, request.decided_at)
    return Reply("Approved by {by} in {took}.", by=agreed_by(request), took=took)


def _why(request: Request) -> Reply:
    return Reply("Why: {reason}.", reason=_short(request.reason)) if request.reason else Reply("")


def _outcome(request: Request) -> Reply:
    """How it ended that is not done."""
    match request.state:
        case State.RUNNING:
            return (request.consequence or Reply("")).under_way()
        case State.DENIED:
            denied = Reply("Denied by {by}. Nothing was done.", by=_ended_by(request))
            return denied + request.answer if request.answer else denied
        case State.EXPIRED:
            return unanswered(request)
        case State.WITHDRAWN if request.ended_by:
            return _taken_back(request)
        case _:
            return request.answer or Reply("Nothing was done.")


def _taken_back(request: Request) -> Reply:
    if request.yes is Yes.ACTOR:
        return Reply("Cancelled. Nothing was done.")
    return Reply("Withdrawn by {by}. Nothing was done.", by=_ended_by(request))


def _ended_by(request: Request) -> Mention | None:
    return request.ended_by.mention if request.ended_by else None


def _footer(request: Request) -> Reply:
    """The small line under an outcome: when and which, and whose hand it was where no sentence says so."""
    at, number = request.ended_at or request.decided_at or request.asked_at, str(request.id)
    if request.actor.via:
        return Reply(
            "{asker}, {through} · {at} · #{number}",
            asker=request.actor.mention,
            through=request.actor.through,
            at=at,
            number=number,
        )
    if request.state in {State.MOOT, State.REFUSED} and request.ended_by:
        return Reply("{by} pressed · {at} · #{number}", by=_ended_by(request), at=at, number=number)
    if request.state is not State.DONE and request.consequence is None:
        return Reply("{asker} asked · {at} · #{number}", asker=request.actor.mention, at=at, number=number)
    return Reply("{at} · #{number}", at=at, number=number)


def _minutes(span: timedelta) -> int:
    """Minutes begun, so that what is left is never said to be none."""
    return max(-(-round(span.total_seconds()) // 60), 1)


def _took(start: datetime, end: datetime) -> timedelta:
    return timedelta(seconds=max(1, round((end - start).total_seconds())))
