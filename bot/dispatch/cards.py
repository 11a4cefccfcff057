"""What a request looks like: the card that others decide on, the private one, and what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.people import Yes
from bot.reply import Button, Mention, Message, Plain, Reply, Row, ShownButton, ShownRow, Term
from bot.request.advance import agreed_by, unanswered
from bot.request.request import Request, State

MOST_NAMED = 5
OLD = Reply("This button is too old to know what it was for. Ask again: /hms status shows what is there now.")


@dataclass(frozen=True)
class ButtonValue:
    """What the value of a button stands for: a decision on a card at its revision, or an offer."""

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
        if len(parts) != 4 or parts[0] not in {"decision", "offer"} or not parts[2].isdecimal():
            return None
        return cls(parts[0], parts[1], int(parts[2]), parts[3])


OPENS = "form"  # the offer of a form


def offer_buttons(token: str, reply: Reply, number: Iterator[int]) -> tuple[ShownButton, ...]:
    """The buttons of a reply whose commands are kept under ``token``; ``number`` counts them."""
    return tuple(_offer(token, next(number), button) for button in reply.all_buttons())


def offer_rows(token: str, reply: Reply, number: Iterator[int]) -> tuple[ShownRow, ...]:
    """The rows of a reply whose commands are kept under ``token``, behind its buttons."""
    return tuple(
        ShownRow(row.said, tuple(_row_button(token, number, button) for button in row.buttons), row.menu)
        for row in reply.all_rows()
    )


def _row_button(token: str, number: Iterator[int], button: Button | ShownButton) -> ShownButton:
    return button if isinstance(button, ShownButton) else _offer(token, next(number), button)


def _offer(token: str, index: int, button: Button) -> ShownButton:
    value = ButtonValue("offer", token, index, OPENS if button.form else "")
    return ShownButton(button.label, value.value())


@dataclass(frozen=True)
class Cards:
    """Makes the messages of a request; ``plain`` words the buttons."""

    plain: Plain

    def choices(self, request: Request) -> tuple[ShownButton, ...]:
        """The yes, labelled by what it would do, and the no."""
        yes = ButtonValue("decision", request.token, request.revision, "yes").value()
        no = ButtonValue("decision", request.token, request.revision, "no").value()
        label = self._label(request.consequence)
        return (
            ShownButton(label, yes, "danger"),
            ShownButton("Cancel" if request.yes is Yes.ACTOR else "Deny", no),
        )

    def row(self, request: Request, *, decides: bool) -> Row:
        """A request that waits, as a row of a list; with its buttons for whoever ``decides`` it."""
        card = self.private(request)
        below = (line for part in (card.reply, card.state) if part for line in (Reply("\n"), part))
        head, *rest = (card.title, *below) if card.title else (card.reply,)
        return Row(sum(rest, start=head), card.buttons if decides else ())

    def private(self, request: Request) -> Message:
        """What only the person who asked sees: the confirm card, and what became of it."""
        if request.state is State.WAITING:
            shown = request.consequence or Reply("This waits for a yes.")
            return Message(shown, title=_title(request), state=_state(request), buttons=self.choices(request))
        return Message(_outcome(request), buttons=_undo(request), replace=request.yes is Yes.ACTOR)

    def public(self, request: Request, deciders: Iterable[str] = ()) -> Message:
        """The card in the channel through its whole life; ``deciders`` are the user ids it names."""
        if request.yes <= Yes.ACTOR:
            said = _outcome(request)
            if request.reason:
                said += Reply("Why: {reason}.", reason=request.reason)
            return Message(said, state=_by(request), buttons=_undo(request))
        title, facts = _title(request), _facts(request)
        if request.state is not State.WAITING:
            shown = _outcome(request)
            facts += self._asked_for(request)
            return Message(shown, title=title, facts=tuple(facts), state=_by(request), buttons=_undo(request))
        named = tuple(Mention(user, user) for user in deciders)[:MOST_NAMED]
        facts += [*_yeses(request), *([(Term("Can decide"), named)] if named else [])]
        shown = request.consequence or Reply("This waits for a yes.")
        return Message(shown, title, tuple(facts), _state(request), self.choices(request))

    def _asked_for(self, request: Request) -> list[tuple[Term, Any]]:
        """What the yes would have done: of the outcomes only that of what was done says so itself."""
        labelled = request.consequence is not None and request.consequence.button
        if request.state is State.DONE or not labelled:
            return []
        return [(Term("Asked for"), self._label(request.consequence))]

    def _label(self, consequence: Reply | None) -> str:
        if consequence is None or not consequence.button:
            return self.plain.catalogue.word("Go ahead")
        return self.plain.sentence(consequence, consequence.button)


def _title(request: Request) -> Reply:
    room = request.invocation.arguments.get("room") or {}
    number, verb = str(request.id), request.invocation.command
    if not room.get("name"):
        return Reply("Request {number}: {verb}", number=number, verb=verb)
    return Reply("Request {number}: {verb} · {room}", number=number, verb=verb, room=room["name"])


def _facts(request: Request) -> list[tuple[Term, Any]]:
    facts: list[tuple[Term, Any]] = [(Term("Asked by"), request.actor.mention)]
    if request.actor.via:
        facts.append((Term("Through"), request.actor.through))
    if request.reason:
        facts.append((Term("Why"), request.reason))
    return facts


def _yeses(request: Request) -> list[tuple[Term, Any]]:
    """Who said yes to the card as it is, and whose yes was to another and no longer counts."""
    lapsed = tuple(one.mention for one in request.lapsed)
    given = [(Term("Approved"), agreed_by(request))] if request.deciders else []
    return [*given, *([(Term("Approved before it changed"), lapsed)] if lapsed else [])]


def _state(request: Request) -> Reply:
    if request.needed > 1:
        return Reply(
            "Approved by {given} of {needed}. Waiting for {whom}, until {until}.",
            given=len(request.deciders),
            needed=request.needed,
            whom=request.yes.whom,
            until=request.expires_at,
        )
    return Reply("Waiting for {whom}, until {until}.", whom=request.yes.whom, until=request.expires_at)


def _undo(request: Request) -> tuple[ShownButton, ...]:
    return offer_buttons(request.token, request.answer, count()) if request.answer else ()


def _outcome(request: Request) -> Reply:
    """What became of it, in one or two sentences."""
    match request.state:
        case State.RUNNING:
            return Reply("Working on it.")
        case State.DENIED:
            denied = Reply("Denied by {by}. Nothing was done.", by=_ended_by(request))
            return denied + request.answer if request.answer else denied
        case State.EXPIRED:
            return unanswered(request)
        case State.WITHDRAWN if request.ended_by:
            return _taken_back(request)
        case _:
            return request.answer or Reply("Done.")


def _taken_back(request: Request) -> Reply:
    if request.yes is Yes.ACTOR:
        return Reply("Cancelled. Nothing was done.")
    return Reply("Withdrawn by {by}. Nothing was done.", by=_ended_by(request))


def _ended_by(request: Request) -> Mention | None:
    return request.ended_by.mention if request.ended_by else None


def _by(request: Request) -> Reply:
    """The small line under an outcome: who, who agreed, how fast, when, which request."""
    asker = request.actor.mention
    ran = request.state in {State.DONE, State.FAILED, State.UNKNOWN}
    if ran and request.yes > Yes.ACTOR and request.decided_at:
        return Reply(
            "Approved by {by} in {took} · {state} {at} · request {number}",
            by=agreed_by(request),
            took=_took(request.asked_at, request.decided_at),
            state=request.state,
            at=request.ended_at,
            number=str(request.id),
        )
    at, number = request.ended_at or request.decided_at or request.asked_at, str(request.id)
    if request.actor.behind:  # who answers for what is no person is read wherever it acts
        through = request.actor.via
        return Reply(
            "{asker}, {through} · {at} · request {number}", asker=asker, through=through, at=at, number=number
        )
    return Reply("{asker} · {at} · request {number}", asker=asker, at=at, number=number)


def _took(start: datetime, end: datetime) -> timedelta:
    return timedelta(seconds=max(1, round((end - start).total_seconds())))
