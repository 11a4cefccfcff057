"""Forms coming in: handed in, asking for options, or wanted from a button."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog

from bot.access import ANYWHERE, Rights
from bot.command import Command, Names, RoomRef
from bot.command.forms import BadFields, Form, Sheet, called, form, from_form, offered, wrong_at
from bot.dispatch import intake, taking
from bot.dispatch.cards import OPENS, ButtonValue
from bot.dispatch.considering import tried
from bot.dispatch.context import context
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import UserError
from bot.hms import HmsError
from bot.reply import Message, Reply
from bot.request.request import Origin
from bot.slack.drawing import limits, question_inputs
from bot.slack.drawing.blocks import plain_text
from bot.slack.drawing.form_views import FORM, FormViews
from bot.slack.drawing.limits import shorten
from bot.slack.drawing.question_inputs import field_of
from bot.slack.inbound.acks import OneAck
from bot.slack.inbound.filled import known
from bot.slack.inbound.lateness import Lateness
from bot.slack.inbound.payloads import Payload, about, form_origin, name_of
from bot.slack.inbound.typed import signs
from bot.slack.outbound.form_opening import FormOpening
from bot.slack.outbound.pages import Pages
from bot.slack.people import People

log = structlog.get_logger()

FULL = Reply("A form holds no more. Make it first, and add the others: `/hms poll-question add`.")


@dataclass(frozen=True)
class FormDoor:
    """Takes what forms say to the dispatcher; the lists they offer ask for the rights of their command."""

    road: Dispatcher
    people: People
    opening: FormOpening
    pages: Pages
    views: FormViews
    lateness: Lateness

    async def submit(self, payload: Payload, ack: OneAck) -> None:
        """Make a command of the form, or say in the form what is wrong with it."""
        view = payload.body["view"]
        shown = self._form(view)
        sheet = known(shown, view)
        values = {field: _with_signs(value) for field, value in sheet.values.items()}
        try:
            command = called(from_form(self.road.registry, sheet.words, values), sheet.labels)
        except BadFields as wrong:
            await ack.body(self._wrong(payload, wrong.fields))
        except UserError as wrong:
            await ack.body(self._wrong(payload, {"": Reply.of(wrong)}))
        else:
            await self._ask(command, payload, ack)

    async def widen(self, payload: Payload) -> None:
        """Show every input of an open form, with all that is known and filled in so far."""
        whole = self._form(_view(payload))
        every = tuple(field.name for field in whole.fields)
        await self._redraw(payload, replace(known(whole, _view(payload)), shown=every))

    async def steer(self, payload: Payload) -> None:
        """Remember with an open form in what its other inputs search from now on."""
        view = _view(payload)
        await self._redraw(payload, known(self._form(view), view))

    async def reshape(self, payload: Payload, change: str) -> None:
        """Add, move or take out a question or an option of an open form: whatever else is typed stays."""
        view, pressed = _view(payload), payload.body["actions"][0]
        name, sheet = field_of(pressed["block_id"]), known(self._form(view), view)
        before = question_inputs.held_as(sheet.values.get(name))
        after, full = before.changed(change), None
        if not after.fits_form and not change.startswith("drop"):
            after, full = before, FULL
        held = {name: [one.model_dump(mode="json") for one in after.asked]}
        await self._redraw(payload, replace(sheet, values={**sheet.values, **held}), full)

    async def suggest(self, payload: Payload, ack: OneAck) -> None:
        """Offer what the input's kind has to choose from to somebody who may run the form's command."""
        fitting = [_option(value, called) for value, called in (await self._offered(payload)).items()]
        await ack.body({"options": fitting[: limits.OPTIONS]})

    def offers(self, pressed: Mapping[str, Any]) -> bool:
        """Whether a button is one that opens a form."""
        return str(pressed["action_id"]).startswith(f"{FORM}:")

    async def reopen(self, payload: Payload, held: str) -> None:
        """Open the form that a button holds; where Slack does not, the button is offered once more."""
        kept, origin = _kept(held), payload.origin
        if kept.get("words") not in self.road.registry.commands:
            raise _unknown()
        await self.road.voice.form(
            origin, payload.who, origin.trigger, kept["words"], kept.get("values", {}), None
        )

    def answering(self, origin: Origin, pressed: str) -> Origin:
        """Where what was pressed is answered: on Home, where nobody is spoken to, in a form of its own."""
        value = ButtonValue.read(pressed)
        asks = value is not None and value.kind == "offer" and value.word != OPENS
        if origin.channel or origin.view or not asks:
            return origin
        return replace(origin, view=self.pages.begin(origin.trigger, origin.key))

    def keeping(self, view: Mapping[str, Any], reply: Reply) -> dict[str, Any]:
        """The body of an ack that says a sentence in the form: what was typed stays there."""
        inputs = _inputs(view)
        if inputs:
            return self._errors({inputs[0]: self._line(reply)})
        return _updated(self.views.page(Message(reply), name=view.get("external_id", "")))

    async def _redraw(self, payload: Payload, sheet: Sheet, said: Reply | None = None) -> None:
        """Show an open form anew, as it is filled in by now."""
        view = _view(payload)
        drawn = self.views.view(self._form(view), sheet, said, form_origin(view, payload.who))
        await self.opening.fill(view, drawn)

    def _form(self, view: Mapping[str, Any]) -> Form:
        return form(self._command(view))

    def _command(self, view: Mapping[str, Any]) -> type[Command]:
        """What an open view is a form of; UserError where the release that drew it knew it, and we do not."""
        command = self.road.registry.commands.get(about(view).get("words", ""))
        if command is None:
            raise _unknown()
        return command

    async def _offered(self, payload: Payload) -> dict[str, str]:
        """What people call each thing, by what the input holds when it is chosen."""
        command = self._command(_view(payload))
        actor = await self.people.actor(payload.who)
        ctx = context(self.road, actor, payload.origin)
        rights, names = await ctx.rights(), ctx.names.needing(command.level)
        if not rights(command.level, ANYWHERE).allowed:
            return {}
        try:
            place = await self._place(payload, command, rights, names)
            template = known(form(command), _view(payload)).values.get("template")
            names = names.within(template) if template else names
            typed = str(payload.body.get("value", ""))
            return await offered(command, payload.body["block_id"], names, place, typed)
        except HmsError as error:
            log.warning("nothing to offer", operation=error.operation, status=error.status)
            return _as_typed(payload)

    async def _place(
        self, payload: Payload, command: type[Command], rights: Rights, names: Names
    ) -> RoomRef | None:
        """The room that the form is about, or that of the channel, for whoever may know who is in it."""
        said = known(form(command), payload.body["view"]).values.get("room")
        place = await (names.room_called(said) if said else names.room_here())
        if place is None:
            return None
        return place if rights(command.level, place.id).allowed else None

    async def _ask(self, command: Command, payload: Payload, ack: OneAck) -> None:
        """Take a form whose fields fit, unless the command itself finds something wrong with them."""
        found = await tried(self.road, command, payload.who, payload.origin)
        if isinstance(found, UserError):
            await ack.body(self._wrong(payload, {found.field: wrong_at(found)}))
            return
        seen = command.previews and not _inputs(payload.body["view"])
        over = await self._preview(payload, found) if found and not seen else None
        if over:
            await ack.body({"response_action": "push", "view": over})
            return
        invocation = self.road.registry.invocation(command)
        late = partial(self.lateness.given_up, payload.sent)
        origin, acked = self._closing(payload, ack, seen=seen)
        await intake.submit(self.road, invocation, payload.who, origin, acked, late, sure=seen)

    async def _preview(self, payload: Payload, asked: Reply) -> dict[str, Any] | None:
        """What the form would do, in its reader's zone; None where it cannot be kept until their yes."""
        view = payload.body["view"]
        whole = self._form(view)
        zone = (await self.people.actor(payload.who)).zone
        return self.views.preview(whole, known(whole, view), asked, form_origin(view, payload.who), zone)

    def _closing(self, payload: Payload, ack: OneAck, *, seen: bool) -> tuple[Origin, taking.Ack]:
        """A form closes, with what lies beneath; one that was opened from Home says what came of it first."""
        view, origin = payload.body["view"], payload.origin
        if origin.channel:
            return origin, _ending(ack, {"response_action": "clear"}) if seen else ack
        waiting = self.views.waiting(name=view.get("external_id", ""), last=seen)
        named = name_of(waiting | {"id": view["id"]})
        return replace(origin, view=named), _ending(ack, _updated(waiting))

    def _wrong(self, payload: Payload, wrong: Mapping[str, Reply]) -> dict[str, Any]:
        """Say at each field what is wrong with it; one that is not shown yet is shown from now on."""
        view = payload.body["view"]
        whole = self._form(view)
        sheet = known(whole, view)
        if not sheet.shown:
            return self.keeping(view, next(iter(wrong.values())))
        fields = {field.name for field in whole.fields}
        at = {name if name in fields else sheet.shown[0]: reply for name, reply in wrong.items()}
        if at.keys() <= set(sheet.shown):
            blocks = {field_of(block): block for block in reversed(_inputs(view))}
            return self._errors({blocks[name]: self._line(reply) for name, reply in at.items()})
        shown = tuple(field.name for field in whole.fields if field.name in {*sheet.shown, *at})
        # Slack shows errors at inputs that are there; at those that come now they are hints.
        wider = replace(sheet, shown=shown, wrong=at)
        return _updated(self.views.view(whole, wider, None, form_origin(view, payload.who)))

    def _errors(self, errors: Mapping[str, str]) -> dict[str, Any]:
        return {"response_action": "errors", "errors": dict(errors)}

    def _line(self, reply: Reply) -> str:
        return shorten(self.views.renderer.line(reply), limits.LABEL)


def _unknown() -> UserError:
    return UserError("This form is of another release, and nothing was done. Ask for it again: `/hms help`.")


def _view(payload: Payload) -> Mapping[str, Any]:
    """The form in which something was done; UserError where it was done in none."""
    view: Mapping[str, Any] | None = payload.body.get("view")
    if view is None:
        raise _unknown()
    return view


def _kept(held: str) -> Mapping[str, Any]:
    """What a button of ours holds; nothing where it is none of them."""
    try:
        kept = json.loads(held)
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _with_signs(value: Any) -> Any:
    """What was written into an input, which Slack hands over with the codes of its emoji."""
    if isinstance(value, list):
        return [_with_signs(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _with_signs(one) for name, one in value.items()}
    return signs(value) if isinstance(value, str) else value


def _ending(ack: OneAck, body: dict[str, Any]) -> taking.Ack:
    """An ack that says with this body what becomes of the form, unless there is a sentence to be said."""

    async def acked(reply: Reply | None = None) -> taking.Delivered:
        return await (ack(reply) if reply else ack.body(body))

    return acked


def _inputs(view: Mapping[str, Any]) -> list[str]:
    """What an open view asks for; a preview asks for nothing."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def _updated(view: dict[str, Any]) -> dict[str, Any]:
    """The body of an ack that shows something else in the form that was handed in."""
    return {"response_action": "update", "view": view}


def _as_typed(payload: Payload) -> dict[str, str]:
    """What is typed, to be looked up when the form is handed in: nobody can say now what there is."""
    typed = " ".join(str(payload.body.get("value", "")).split())
    return {typed: typed} if typed else {}


def _option(value: str, called: str) -> dict[str, Any]:
    return {"text": plain_text(called, limits.OPTION_TEXT), "value": value}
