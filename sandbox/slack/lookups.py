"""The methods that look people and channels up."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.slack.arguments import Arguments
from sandbox.slack.conversations import Channel
from sandbox.slack.people import Person
from sandbox.slack.refusal import Refusal
from sandbox.slack.state import State

Json = Mapping[str, Any]
KIND_SCOPES = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}


def conversations_info(state: State, arguments: Arguments) -> Json:
    """Describe a channel that the bot can see."""
    channel = _seen(state, arguments.needed("channel"))
    described = channel.described(state.installation.bot_user)
    if not arguments.flag("include_num_members"):
        described.pop("num_members", None)
    return {"channel": described}


def conversations_list(state: State, arguments: Arguments) -> Json:
    """List the channels that the bot can see."""
    wanted = (arguments.text("types") or "public_channel").replace(" ", "").split(",")
    for kind in wanted:
        _needs(state, KIND_SCOPES.get(kind, "im:read"))
    bot, living = state.installation.bot_user, arguments.flag("exclude_archived")
    seen = [channel for channel in state.directory.visible_to(bot) if _kind(channel) in wanted]
    found = [channel for channel in seen if not (living and channel.is_archived)]
    return _page("channels", [channel.described(bot) for channel in found], arguments)


def conversations_members(state: State, arguments: Arguments) -> Json:
    """List who is in a channel."""
    channel = _seen(state, arguments.needed("channel"))
    return _page("members", sorted(channel.members), arguments)


def conversations_open(state: State, arguments: Arguments) -> Json:
    """Open the direct messages with one person."""
    people = arguments.needed("users").split(",")
    if len(people) > 1:
        raise Refusal("invalid_arguments", messages=["[ERROR] not emulated: more than one user"])
    if state.directory.person(people[0]).deleted:
        raise Refusal("user_disabled")
    channel = state.directory.direct(people[0], state.installation.bot_user)
    described = channel.described(state.installation.bot_user)
    return {"channel": described if arguments.flag("return_im") else {"id": channel.id}}


def users_info(state: State, arguments: Arguments) -> Json:
    """Describe a person."""
    return {"user": _described(state, state.directory.person(arguments.needed("user")))}


def users_list(state: State, arguments: Arguments) -> Json:
    """List everybody, the deleted included."""
    return _page("members", [_described(state, each) for each in state.directory.people()], arguments)


def usergroups(state: State, arguments: Arguments) -> Json:  # noqa: ARG001 - every method is called alike
    """Know no groups, and on a free plan not even that there could be any."""
    if not state.switches.paid_plan:
        raise Refusal("plan_upgrade_required")
    return {"usergroups": [], "users": []}


def _described(state: State, person: Person) -> Json:
    """Describe an account; of another company's Slack says whether they are in any channel the bot sees."""
    user = state.organisation.described(person, state.clock())
    if person.workspaces(state.installation.team):
        return user
    seen = state.directory.visible_to(state.installation.bot_user)
    return {**user, "is_stranger": not any(person.id in channel.members for channel in seen)}


def _kind(channel: Channel) -> str:
    if channel.is_im or channel.is_mpim:
        return "im" if channel.is_im else "mpim"
    return "private_channel" if channel.is_private else "public_channel"


def _needs(state: State, scope: str) -> None:
    if scope not in state.installation.scopes:
        provided = ",".join(sorted(state.installation.scopes))
        raise Refusal("missing_scope", needed=scope, provided=provided)


def _seen(state: State, channel_id: str) -> Channel:
    """Find a channel that the bot may ask about: public, or one it is in, with the scope for its kind."""
    channel = state.directory.channel(channel_id)
    if channel not in state.directory.visible_to(state.installation.bot_user):
        raise Refusal("channel_not_found")
    _needs(state, KIND_SCOPES[_kind(channel)])
    return channel


def _page(name: str, items: Sequence[object], arguments: Arguments) -> Json:
    limit, start = arguments.number("limit", 100), _start(arguments.text("cursor"))
    rest = start + limit < len(items)
    cursor = f"from:{start + limit}" if rest else ""
    return {name: list(items[start : start + limit]), "response_metadata": {"next_cursor": cursor}}


def _start(cursor: str) -> int:
    place = cursor.removeprefix("from:")
    if cursor and not place.isdecimal():
        raise Refusal("invalid_cursor")
    return int(place or 0)
