"""What happens besides what people say: channels close, people leave, the app is thrown out."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sandbox.slack.conversations import Channel
from sandbox.slack.delivery import Ack
from sandbox.slack.people import Person
from sandbox.slack.state import State


def arrive(state: State, person: Person, channels: Iterable[str] = ()) -> Person:
    """Give somebody an account, or change the one with this id, and make them a member of channels."""
    state.directory.put(person)
    for channel in channels:
        state.directory.invite(channel, person.id)
        state.changes.tell("members", channel=channel)
    return person


def gather(state: State, members: Iterable[str]) -> Channel:
    """Open the group messages of some people and the bot; the bot needs another scope to look at it."""
    everybody = frozenset(members) | {state.installation.bot_user}
    names = sorted(state.directory.person(member).name for member in everybody)
    group = Channel(f"G0{''.join(names).upper()}", f"mpdm-{'--'.join(names)}-1", everybody, is_mpim=True)
    state.changes.tell("members", channel=group.id)
    return state.directory.open(group)


async def leave(state: State, person: str, channel_id: str) -> Ack:
    """Let somebody, or the bot, leave a channel; the bot hears of it where it was in there."""
    before = state.directory.joined(channel_id, person)
    state.directory.leave(channel_id, person)
    state.changes.tell("members", channel=channel_id)
    team = state.organisation.team_of(state.directory.person(person))
    event = {"user": person, "channel": before.id, "channel_type": _letter(before), "team": team}
    if state.installation.bot_user not in before.members:
        return Ack()
    return await state.deliver_event(_stamped(state, "member_left_channel", event), before)


async def archive(state: State, channel_id: str, by: str) -> Ack:
    """Close a channel: nobody says anything in there any more."""
    channel = state.directory.open(replace(state.directory.channel(channel_id), is_archived=True))
    state.changes.tell("members", channel=channel.id)
    return await _tell(state, f"{_kind(channel)}_archive", channel, {"channel": channel.id, "user": by})


async def unarchive(state: State, channel_id: str, by: str) -> Ack:
    """Open a closed channel again."""
    channel = state.directory.open(replace(state.directory.channel(channel_id), is_archived=False))
    state.changes.tell("members", channel=channel.id)
    return await _tell(state, f"{_kind(channel)}_unarchive", channel, {"channel": channel.id, "user": by})


async def renumber(state: State, channel_id: str, new_id: str) -> Ack:
    """Give a channel another id, as when it is shared with another company."""
    channel = state.directory.renumber(channel_id, new_id)
    state.messages.move(channel_id, new_id)
    event = {"old_channel_id": channel_id, "new_channel_id": new_id}
    return await _tell(state, "channel_id_changed", channel, event)


async def revoke(state: State) -> Ack:
    """Take the bot's token away from it: every call is refused, and the app is told."""
    state.switches.bot_token = "token_revoked"  # noqa: S105 - Slack's word, no secret
    tokens: dict[str, Any] = {"oauth": [], "bot": [state.installation.bot_user]}
    return await state.deliver_event(_stamped(state, "tokens_revoked", {"tokens": tokens}))


async def uninstall(state: State) -> Ack:
    """Throw the app out of the workspace: its token is told of first."""
    ack = await revoke(state)
    state.switches.bot_token = "account_inactive"  # noqa: S105 - Slack's word, no secret
    await state.deliver_event(_stamped(state, "app_uninstalled", {}))
    return ack


async def limit_events(state: State) -> Ack:
    """Tell the app that it is sent too many events."""
    return await state.deliver_outer(state.payloads.app_rate_limited(int(state.clock().timestamp())))


async def _tell(state: State, kind: str, channel: Channel, event: dict[str, Any]) -> Ack:
    """Tell the app of what happened to a channel that it is in, or that everybody may see."""
    if not (channel.is_open or state.installation.bot_user in channel.members):
        return Ack()
    return await state.deliver_event(_stamped(state, kind, event), channel)


def _stamped(state: State, kind: str, event: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, **event, "event_ts": state.messages.next_ts()}


def _kind(channel: Channel) -> str:
    return "channel" if channel.is_open else "group"


def _letter(channel: Channel) -> str:
    return "C" if channel.is_open else "G"
