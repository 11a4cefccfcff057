"""What the app hears of its direct messages: what people write there, and what it wrote or changed itself."""

from sandbox.slack.conversations import Channel
from sandbox.slack.delivery import Ack
from sandbox.slack.messages import Message
from sandbox.slack.people import Person
from sandbox.slack.state import State


async def written(state: State, message: Message, person: Person) -> Ack:
    """Tell the app what somebody wrote to it."""
    event = state.payloads.direct_message(message, state.organisation.team_of(person))
    return await state.deliver_event(_in_thread(state, message, event))


async def edited(state: State, before: Message, after: Message) -> Ack:
    """Tell the app that somebody changed what they had written to it."""
    return await state.deliver_event(state.payloads.direct_change(before, after, after.edited_ts or after.ts))


def echo_post(state: State, message: Message) -> None:
    """Tell the app what it wrote itself, where that is a direct message."""
    if is_with_app(state, state.directory.channel(message.channel)):
        event = state.payloads.direct_message(message, state.installation.team)
        state.echo(_in_thread(state, message, event))


def echo_change(state: State, before: Message | None, after: Message | None) -> None:
    """Tell the app of its own edit, or with no ``after`` that it took a message away."""
    if before and is_with_app(state, state.directory.channel(before.channel)):
        state.echo(state.payloads.direct_change(before, after, state.messages.next_ts()))


def is_with_app(state: State, place: Channel) -> bool:
    """Say whether a place is the messages tab of the app for somebody."""
    return place.is_im and state.installation.bot_user in place.members


def _in_thread(state: State, message: Message, event: dict[str, object]) -> dict[str, object]:
    """Say who began the thread that a message stands in."""
    if message.thread_ts is None:
        return event
    return {**event, "parent_user_id": state.messages.find(message.channel, message.thread_ts).user}
