"""Forms coming in: handed in, asking for options, or wanted from a button."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from bot.access import ANYWHERE
from bot.command import Command
from bot.command.forms import BadFields, form, from_form, offered
from bot.dispatch import intake
from bot.dispatch.considering import objection
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import UserError
from bot.hms import HmsError
from bot.reply import Reply
from bot.slack.drawing import limits
from bot.slack.drawing.blocks import plain_text
from bot.slack.drawing.form_views import FORM, FormViews, filled
from bot.slack.drawing.limits import shorten
from bot.slack.inbound.acks import OneAck
from bot.slack.inbound.lateness import Lateness
from bot.slack.inbound.payloads import Payload, about
from bot.slack.inbound.typed import signs
from bot.slack.outbound.form_opening import FormOpening
from bot.slack.people import People

log = structlog.get_logger()


@dataclass(frozen=True)
class FormDoor:
    """Takes what forms say to the dispatcher; the lists they offer ask for the rights of their command."""

    road: Dispatcher
    people: People
    opening: FormOpening
    views: FormViews
    lateness: Lateness

    async def submit(self, payload: Payload, ack: OneAck) -> None:
        """Make a command of the form, or say in the form what is wrong with it."""
        view = payload.body["view"]
        words = about(view)["words"]
        read = filled(form(self.road.registry.commands[words]), view["state"])
        values = {field: _with_signs(value) for field, value in read.items()}
        try:
            command = from_form(self.road.registry, words, values)
        except BadFields as wrong:
            await ack.body(self._errors({field: self._line(reply) for field, reply in wrong.fields.items()}))
        except UserError as wrong:
            await ack.body(self._errors({next(iter(values)): self._line(Reply.of(wrong))}))
        else:
            await self._ask(command, values, payload, ack)

    async def suggest(self, payload: Payload, ack: OneAck) -> None:
        """Offer what the input's kind has to choose from to somebody who may run the form's command."""
        fitting = [_option(value, called) for value, called in (await self._offered(payload)).items()]
        await ack.body({"options": fitting[: limits.OPTIONS]})

    def offers(self, pressed: Mapping[str, Any]) -> bool:
        """Whether a button is one that opens a form."""
        return str(pressed["action_id"]).startswith(f"{FORM}:")

    async def reopen(self, payload: Payload, held: str) -> None:
        """Open the form that a button holds; where Slack does not, the button is offered once more."""
        about, origin = json.loads(held), payload.origin
        words, values = about["words"], about["values"]
        await self.road.voice.form(origin, payload.who, origin.trigger, words, values, None)

    def closing(self, reply: Reply) -> dict[str, Any]:
        """The body of an ack that shows a sentence in place of the form."""
        return {"response_action": "update", "view": self.views.saying("hms-bot", reply)}

    async def _offered(self, payload: Payload) -> dict[str, str]:
        """What people call each thing, by what the input holds when it is chosen."""
        command = self.road.registry.commands[about(payload.body["view"])["words"]]
        actor = await self.people.actor(payload.who)
        channel = payload.origin.channel
        verdict = await self.road.access.may(actor, command.level, room=ANYWHERE, channel=channel)
        if not verdict.allowed:
            return {}
        names = self.road.names_for(actor, payload.origin).needing(command.level)
        try:
            typed = str(payload.body.get("value", ""))
            return await offered(command, payload.body["block_id"], names, typed)
        except HmsError as error:
            log.warning("nothing to offer", operation=error.operation, status=error.status)
            return {}

    async def _ask(self, command: Command, values: Mapping[str, Any], payload: Payload, ack: OneAck) -> None:
        """Take a form whose fields fit, unless the command itself finds something wrong with them."""
        wrong = await objection(self.road, command, payload.who, payload.origin)
        if wrong:
            field = wrong.field if wrong.field in values else next(iter(values))
            await ack.body(self._errors({field: self._line(Reply.of(wrong))}))
            return
        invocation = self.road.registry.invocation(command)
        late = partial(self.lateness.given_up, payload.sent)
        await intake.submit(self.road, invocation, payload.who, payload.origin, ack, late)

    def _errors(self, errors: Mapping[str, str]) -> dict[str, Any]:
        return {"response_action": "errors", "errors": dict(errors)}

    def _line(self, reply: Reply) -> str:
        return shorten(self.views.renderer.line(reply), limits.LABEL)


def _with_signs(value: Any) -> Any:
    """What was written into an input, which Slack hands over with the codes of its emoji."""
    if isinstance(value, list):
        return [_with_signs(one) for one in value]
    return signs(value) if isinstance(value, str) else value


def _option(value: str, called: str) -> dict[str, Any]:
    return {"text": plain_text(called, limits.OPTION_TEXT), "value": value}
