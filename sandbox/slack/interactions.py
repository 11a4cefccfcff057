"""Clicks and choices: what a person does to a message, a form or the app's Home."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack import choices
from sandbox.slack.blocks import checked_options
from sandbox.slack.choices import Json, Values
from sandbox.slack.messages import Message
from sandbox.slack.people import Person
from sandbox.slack.refusal import Refusal
from sandbox.slack.state import Outcome, State
from sandbox.slack.views import View

Source = Message | View


@dataclass(frozen=True)
class Touch:
    """One touch of one element; ``raw`` is what was chosen, ``values`` what else is filled in around it."""

    person: Person
    source: Source
    action_id: str
    block_id: str | None = None
    raw: object = None
    values: Values = field(default_factory=dict)
    suggested: Sequence[Json] = ()


def blocks_of(source: Source) -> Sequence[Json]:
    """Give the blocks a message or a view shows."""
    if isinstance(source, Message):
        return source.blocks
    blocks: Sequence[Json] = source.body["blocks"]
    return blocks


def filled_in(source: Source, values: Values, suggested: Sequence[Json] = ()) -> dict[str, dict[str, Any]]:
    """Report everything that is filled in: ``values`` by block and action, else what the app began with."""
    before = source.values if isinstance(source, View) else {}
    state: dict[str, dict[str, Any]] = {}
    for block, element in choices.elements_of(blocks_of(source)):
        block_id, action_id = block["block_id"], element["action_id"]
        report = before.get(block_id, {}).get(action_id) or choices.initially(element)
        if action_id in values.get(block_id, {}):
            report = choices.chosen(element, values[block_id][action_id], suggested)
        if report is not None:
            state.setdefault(block_id, {})[action_id] = {"type": element["type"], **report}
    return state


async def act(state: State, touch: Touch) -> Outcome:
    """Tell the app of a click or a choice; an input in a form tells it nothing unless it dispatches."""
    block, element = choices.find_element(blocks_of(touch.source), touch.action_id, touch.block_id)
    is_button = element["type"] == "button"
    report = {} if is_button else choices.chosen(element, touch.raw, touch.suggested)
    values = _with_touch(touch, block)
    source = _remember(state, touch, values)
    if block["type"] == "input" and not block.get("dispatch_action", False):
        return Outcome()
    payload = {
        **_origin(state, "block_actions", touch.person, source),
        "trigger_id": state.triggers.issue(touch.person.id, source.id if isinstance(source, View) else None),
        "state": {"values": filled_in(source, values, touch.suggested)},
        "actions": [state.payloads.action(block, element, report, state.messages.next_ts())],
    }
    if isinstance(source, Message):
        payload["response_url"] = _response_url(state, touch.person, source)
    return await _deliver(state, touch.person, source, payload)


async def suggest(state: State, touch: Touch) -> Outcome:
    """Ask the app which options an ``external_select`` offers for what was typed (``raw``)."""
    block, element = choices.find_element(blocks_of(touch.source), touch.action_id, touch.block_id)
    typed = str(touch.raw or "")
    if element["type"] not in choices.SEARCHED:
        raise Refusal("no_such_element", messages=[f"{touch.action_id!r} is no external_select"])
    if len(typed) < element.get("min_query_length", 3):
        return Outcome()
    payload = {
        **_origin(state, "block_suggestion", touch.person, touch.source),
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": typed,
    }
    ack = await state.deliver_interaction(payload)
    if ack.error is not None:
        return Outcome(error=ack.error)
    try:
        return Outcome(options=checked_options(ack.body))
    except Refusal as refusal:  # the app's fault, not the person's
        return Outcome(error=f"invalid_response ({refusal})")


async def shortcut(state: State, person: Person, callback_id: str, message: Message | None = None) -> Outcome:
    """Run one of the app's shortcuts: from the menu of a message, or from anywhere."""
    kind = "shortcut" if message is None else "message_action"
    payload = {
        **state.payloads.interaction(kind, person),
        "callback_id": callback_id,
        "action_ts": state.messages.next_ts(),
        "trigger_id": state.triggers.issue(person.id),
    }
    if message is not None:
        channel = state.directory.channel(message.channel)
        payload |= {
            "message_ts": message.ts,
            "channel": {"id": channel.id, "name": channel.called},
            "message": state.payloads.message(message),
            "response_url": _response_url(state, person, message),
        }
    ack = await state.deliver_interaction(payload)
    return Outcome(error=ack.error)


def _with_touch(touch: Touch, block: Json) -> Values:
    if touch.raw is None:
        return touch.values
    here = {**touch.values.get(block["block_id"], {}), touch.action_id: touch.raw}
    return {**touch.values, block["block_id"]: here}


def _remember(state: State, touch: Touch, values: Values) -> Source:
    """Keep what is filled in a view with the view, as Slack does between two of its interactions."""
    if isinstance(touch.source, Message):
        return touch.source
    return state.views.fill(touch.source, filled_in(touch.source, values, touch.suggested))


def _origin(state: State, kind: str, person: Person, source: Source) -> dict[str, Any]:
    begun = state.payloads.interaction(kind, person)
    if isinstance(source, View):
        return begun | state.payloads.on_view(source)
    return begun | state.payloads.on_message(source, state.directory.channel(source.channel))


def _response_url(state: State, person: Person, message: Message) -> str:
    token = state.response_urls.issue(
        person.id, message.channel, message=message, thread_ts=message.thread_ts
    )
    return state.respond_at(token)


async def _deliver(state: State, person: Person, source: Source, payload: Json) -> Outcome:
    ack = await state.deliver_interaction(payload)
    if ack.error is not None and isinstance(source, Message):
        channel = state.directory.channel(source.channel)
        state.slackbot_tells(person, channel, f'The app did not answer: "{ack.error}"', source.thread_ts)
    return Outcome(error=ack.error)
